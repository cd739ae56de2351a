"""Documents that are containers: what kind they are, and that no macro, program or remote template is inside."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from lxml import etree

from engine.attachments.errors import MacroFound, TypeRefused

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 20_000_000
"""Bytes of one part that is read: the lists of parts and relations, never the content itself."""
LARGEST_RATIO = 200
LARGEST_WHOLE = 2_000_000_000
"""Bytes all parts may have unpacked, so that nobody's reader is drowned by a small file."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PIECE = 1 << 20
_CONTENT_TYPES = "[Content_Types].xml"
_MACRO_TYPE = re.compile(r"macroEnabled|vbaProject|activeX", re.IGNORECASE)
_MACRO_PART = re.compile(r"(^|/)(vbaProject\.bin|activeX/|vbaData\.xml)|\.(exe|dll|js|vbs|bat|cmd|scr)$", re.IGNORECASE)
_MAIN = {
    "wordprocessingml": "wordprocessingml.document.main+xml",
    "spreadsheetml": "spreadsheetml.sheet.main+xml",
    "presentationml": "presentationml.presentation.main+xml",
}
_FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/externalLinkPath", "/subDocument")
"""Relations whose outside target a reader would fetch or run by itself; links that people click are none."""
_OLE_MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros\0"))
"""Names of streams that hold macros, as a compound file's directory writes them."""


def look_into_ooxml(stream: BinaryIO, media_type: str) -> bool:
    """Return whether it is an Office Open XML file of this type. Raises MacroFound, TypeRefused."""
    with _opened(stream) as archive:
        if archive is None or _CONTENT_TYPES not in archive.namelist():
            return False
        types = [str(value) for node in _xml(archive, _CONTENT_TYPES) for value in node.attrib.values()]
        names = archive.namelist()
        if any(map(_MACRO_TYPE.search, types)) or any(map(_MACRO_PART.search, names)):
            raise MacroFound("文件中有宏或控件，不能上传。请另存为不含宏的文件后重新上传。")
        for name in names:
            if name.endswith(".rels"):
                _require_no_fetching(archive, name)
        wanted = next(main for part, main in _MAIN.items() if part in media_type)
        return any(type_.endswith(wanted) for type_ in types)


def look_into_ofd(stream: BinaryIO) -> bool:
    """Return whether it is an OFD file. Raises MacroFound, TypeRefused."""
    with _opened(stream) as archive:
        if archive is None or "OFD.xml" not in archive.namelist():
            return False
        if any(map(_MACRO_PART.search, archive.namelist())):
            raise MacroFound("文件中有程序，不能上传。")
        return True


def look_into_ole(stream: BinaryIO) -> bool:
    """Return whether it is a compound file. Raises MacroFound.

    The names in its directory are written as they are, so macros are found without reading its sectors in order.
    """
    stream.seek(0)
    if stream.read(len(_OLE)) != _OLE:
        return False
    longest, kept = max(map(len, _OLE_MACROS)), b""
    while piece := stream.read(_PIECE):
        kept = kept[-longest:] + piece
        if any(name in kept for name in _OLE_MACROS):
            raise MacroFound("文件中有宏，不能上传。请另存为不含宏的文件后重新上传。")
    return True


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[zipfile.ZipFile | None]:
    stream.seek(0)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError):
        yield None
        return
    with archive:
        _require_bounded(archive)
        yield archive


def _require_bounded(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    whole = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS or whole > LARGEST_WHOLE or whole > LARGEST_RATIO * max(packed, 10_000):
        raise TypeRefused("文件展开后过大，可能是恶意文件，不能上传。")
    if any(member.flag_bits & 1 for member in members):
        raise TypeRefused("文件已加密，无法检查，请去除密码后上传。")


def _require_no_fetching(archive: zipfile.ZipFile, name: str) -> None:
    for node in _xml(archive, name):
        outside = node.get("TargetMode") == "External"
        if outside and str(node.get("Type")).endswith(_FETCHED):
            raise MacroFound("文件引用了外部模板或对象，打开时会自动联网，不能上传。请断开链接后重新上传。")


def _xml(archive: zipfile.ZipFile, name: str) -> list[etree._Element]:
    if archive.getinfo(name).file_size > LARGEST_MEMBER:
        raise TypeRefused("文件结构异常，不能上传。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        data = archive.read(name)
        if b"<!DOCTYPE" in data:
            raise TypeRefused("文件结构异常，不能上传。")
        return list(etree.fromstring(data, parser))
    except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise TypeRefused("文件已损坏，请重新生成后上传。") from error
