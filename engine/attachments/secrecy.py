"""Markers of state secrets in names and at the beginning of documents.

Papers with a classification are registered in the paper register and read in the office; this platform holds none of
them (保守国家秘密法 2024 §31(3); duty list L409, L458, L461). A marker is the classification as papers print it,
``机密★10年``, or as names carry it, ``【秘密】…``; the same words in prose (商业秘密, 保密审查, 非涉密) are none.
"""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from engine.attachments.errors import SecretMarked
from engine.attachments.kinds import Family, FileType

_LEVEL = "(?:绝密|机密|秘密)"
_PRINTED = re.compile(rf"{_LEVEL}\s*[★☆]|[【〔\[（(]\s*{_LEVEL}\s*(?:[级件]\s*)?[】〕\]）)]")
_NAMED = re.compile(rf"(?:^|[\s_\-—.·])(?:{_LEVEL}(?:[级件])?)(?=$|[\s_\-—.·★☆])|(?<![非不])涉密(?:文件|件|材料)")
_ALONE = re.compile(rf"^\s*{_LEVEL}\s*$", re.MULTILINE)
"""A line with nothing but the classification, as at the top of a paper."""
_BEGINNING = 4_000
"""Bytes of text, and characters of a document, in which a marker at the top would stand."""
_TAGS = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"</w:p>|</a:p>|</si>")
_FIRST_PARTS = ("word/header", "word/document.xml", "xl/sharedStrings.xml", "ppt/slides/slide1.xml")
_MESSAGE = "{where}有国家秘密标志（{marker}）。本平台不存储、不处理涉密内容：请在纸质登记册登记，到办公室阅办。"


def require_unmarked_name(name: str) -> None:
    """Raise SecretMarked where a file's name carries a classification."""
    stem = name.rpartition(".")[0] or name
    found = _PRINTED.search(name) or _NAMED.search(stem)
    if found is not None:
        raise SecretMarked(_MESSAGE.format(where="文件名中", marker=found[0].strip()))


def require_unmarked_content(stream: BinaryIO, type_: FileType) -> None:
    """Raise SecretMarked where a text or Office document begins with a classification."""
    for text in _beginnings(stream, type_):
        found = _PRINTED.search(text) or _ALONE.search(text)
        if found is not None:
            raise SecretMarked(_MESSAGE.format(where="文件内容中", marker=found[0].strip()))


def _beginnings(stream: BinaryIO, type_: FileType) -> list[str]:
    stream.seek(0)
    if type_.family is Family.TEXT:
        head = stream.read(_BEGINNING)
        return [head.decode(encoding, "ignore") for encoding in ("utf-8", "gb18030")]
    if type_.family is not Family.OOXML:
        return []
    texts = []
    with zipfile.ZipFile(stream) as archive:
        for name in archive.namelist():
            if name.startswith(_FIRST_PARTS):
                with archive.open(name) as part:
                    markup = part.read(50 * _BEGINNING).decode("utf-8", "ignore")
                texts.append(_TAGS.sub("", _PARAGRAPH.sub("\n", markup))[:_BEGINNING])
    return texts
