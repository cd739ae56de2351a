"""Texts (正文) as lists of paragraphs: taken from what people typed or from a .docx, digested, compared."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from lxml import etree

from engine.errors import InvalidInput, NotFound
from engine.history.chain import sm3
from engine.store.types import canonical_json

LARGEST_DOCX = 20_000_000
LARGEST_XML = 40_000_000
"""Bytes of text in a .docx once it is unpacked: a small file can hold an enormous one."""
LONGEST_TEXT = 200_000
"""Characters of a text."""
MOST_PARAGRAPHS = 5_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_MACROS = ("word/vbaProject.bin", "word/vbaData.xml")
_SIMILAR = 0.5
"""From which share of equal characters on a paragraph counts as changed and not as replaced."""
_PIECES = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


class TextUnreadable(InvalidInput):
    """The text is too long, or the file is no .docx that can be read."""

    code = "documents.text-unreadable"


class TextUnknown(NotFound):
    """The user task has no such text, or the text no such version."""

    code = "issuing.text-unknown"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph: ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in a comparison: ``same``, ``changed``, ``added`` or ``removed``; numbers count from 1."""

    kind: str
    old: int | None
    new: int | None
    pieces: Sequence[Piece]


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a typed text, without blank ones at both ends. Raises TextUnreadable if too long."""
    return _checked([line.rstrip() for line in text.splitlines()])


def paragraphs_of_docx(content: bytes) -> list[str]:
    """Return the paragraphs of a .docx, those in tables in reading order. Raises TextUnreadable."""
    if len(content) > LARGEST_DOCX:
        raise TextUnreadable(f"文件超过 {LARGEST_DOCX // 1_000_000} MB，请压缩其中的图片后再上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if names.intersection(_MACROS):
                raise TextUnreadable("文件带有宏，请另存为不带宏的 .docx 后再上传。")
            if archive.getinfo(_BODY).file_size > LARGEST_XML:
                raise TextUnreadable("文件展开后过大，请检查是否损坏。")
            root = _parse(archive.read(_BODY))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise TextUnreadable("文件不是 .docx，或已损坏；请用 Word 或 WPS 另存为 .docx 后再上传。") from error
    return _checked([_text(paragraph).rstrip() for paragraph in root.iter(f"{_W}p")])


def digest_of(content: Sequence[str], document_digest: str | None = None) -> str:
    """Return the SM3 of a version: of its paragraphs, and of the file it came as."""
    return sm3(canonical_json({"content": list(content), "document": document_digest}).encode())


def compare(old: Sequence[str], new: Sequence[str]) -> list[Line]:
    """Return the paragraphs of both texts in order, those that were changed with their words in pieces."""
    lines: list[Line] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs = zip(range(i, j), range(k, m), strict=True)
            lines += [Line("same", a + 1, b + 1, (Piece("same", old[a]),)) for a, b in pairs]
        else:
            lines += _replaced(old, range(i, j), new, range(k, m))
    return lines


def _replaced(old: Sequence[str], gone: range, new: Sequence[str], come: range) -> Iterator[Line]:
    """Pair paragraphs that resemble each other, in order; the others were removed or added."""
    waiting = list(come)
    for index in gone:
        found = next((each for each in waiting if _resembles(old[index], new[each])), None)
        if found is None:
            yield Line("removed", index + 1, None, (Piece("removed", old[index]),))
            continue
        while waiting[0] != found:
            yield _added(new, waiting.pop(0))
        waiting.pop(0)
        yield Line("changed", index + 1, found + 1, tuple(_pieces(old[index], new[found])))
    for index in waiting:
        yield _added(new, index)


def _added(new: Sequence[str], index: int) -> Line:
    return Line("added", None, index + 1, (Piece("added", new[index]),))


def _resembles(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _SIMILAR and matcher.quick_ratio() >= _SIMILAR


def _pieces(old: str, new: str) -> Iterator[Piece]:
    """A Chinese character is a word of its own; letters and digits that stand together are one."""
    one, other = _PIECES.findall(old), _PIECES.findall(new)
    for kind, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(one[i:j]))
            continue
        if i < j:
            yield Piece("removed", "".join(one[i:j]))
        if k < m:
            yield Piece("added", "".join(other[k:m]))


def _checked(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    if len(lines) > MOST_PARAGRAPHS or sum(map(len, lines)) > LONGEST_TEXT:
        raise TextUnreadable(f"正文过长：最多 {MOST_PARAGRAPHS} 段、{LONGEST_TEXT} 字。请把附件、附表另行上传。")
    return lines


def _parse(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TextUnreadable("文件内容不是有效的 .docx，请另存后再上传。") from error
    tree: Any = root.getroottree()
    if tree.docinfo.doctype:
        raise TextUnreadable("文件带有 DOCTYPE，不予读取。")
    return root


def _text(paragraph: Any) -> str:
    words: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}p"):
        if node.tag == f"{_W}p":
            if node is not paragraph:
                break  # a text box inside: its paragraphs are counted by themselves
        else:
            words.append((node.text or "") if node.tag == f"{_W}t" else " ")
    return "".join(words)


def as_mapping(line: Line) -> Mapping[str, Any]:
    """Return a paragraph of a comparison as plain values."""
    pieces = [{"kind": piece.kind, "text": piece.text} for piece in line.pieces]
    return {"kind": line.kind, "old": line.old, "new": line.new, "pieces": pieces}
