"""The .docx file as a package of parts: opened with limits, without macros or links outside, written reproducibly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

from engine.errors import InvalidInput

LARGEST = 5_000_000
"""Bytes of a template."""
LARGEST_UNPACKED = 40_000_000
MOST_PARTS = 500
DOCUMENT = "word/document.xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
_FIXED = (1980, 1, 1, 0, 0, 0)
_MACROS = ("vbaproject", "vbadata", "activex", "/embeddings/", "/controls/", "/ink/")
_LINKS = ("attachedTemplate", "externalLink", "oleObject", "subDocument", "frame", "image", "video", "audio")
"""Relationships that fetch something when the file is opened; a hyperlink only waits to be clicked."""
_FIELDS = ("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "MACROBUTTON", "DATABASE", "IMPORT")


class PaperFileInvalid(InvalidInput):
    """The file is no .docx, is too large, or holds macros or links that a paper must not have."""

    code = "documents.paper-file-invalid"


def open_package(data: bytes) -> dict[str, bytes]:
    """Return the parts of a .docx by name. Raises PaperFileInvalid, naming the first thing that is wrong."""
    if len(data) > LARGEST:
        raise PaperFileInvalid(f"文件超过 {LARGEST // 1_000_000} MB，请压缩其中的图片。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_PARTS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
                raise PaperFileInvalid("文件展开后过大，请检查是否损坏。")
            parts = {member.filename: archive.read(member) for member in members if not member.is_dir()}
            if len(parts) != len([member for member in members if not member.is_dir()]):
                raise PaperFileInvalid("文件中有同名的部件，请用 Word 或 WPS 重新保存。")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise PaperFileInvalid("不是有效的 .docx 文件，请用 Word 或 WPS 另存为“Word 文档（.docx）”。") from error
    if DOCUMENT not in parts or "[Content_Types].xml" not in parts:
        raise PaperFileInvalid("不是 Word 文档，请用 Word 或 WPS 另存为“Word 文档（.docx）”。")
    _refuse_active_content(parts)
    return parts


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Return a .docx whose bytes depend on its parts only: fixed order, times and attributes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def parse_part(name: str, data: bytes) -> etree._Element:
    """Return the XML of a part, read without entities, network or DTD. Raises PaperFileInvalid."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PaperFileInvalid(f"部件 {name} 不是有效的 XML，请用 Word 或 WPS 重新保存。") from error
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise PaperFileInvalid(f"部件 {name} 含有 DOCTYPE，不能使用。")
    return root


def story_parts(parts: Mapping[str, bytes]) -> list[str]:
    """Return the names of the parts that hold text: the document, then headers and footers."""
    others = sorted(name for name in parts if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"))
    return [DOCUMENT, *others]


def _refuse_active_content(parts: Mapping[str, bytes]) -> None:
    for name in parts:
        if any(word in name.lower() for word in _MACROS):
            raise PaperFileInvalid("文件含有宏、控件或嵌入的对象，请删除后另存为 .docx。")
        if name.endswith(".rels"):
            _refuse_links(name, parts[name])
    if b"macroEnabled" in parts["[Content_Types].xml"]:
        raise PaperFileInvalid("文件是启用宏的文档，请另存为 .docx。")
    for name in story_parts(parts):
        _refuse_fields(name, parts[name])


def _refuse_links(name: str, data: bytes) -> None:
    for relationship in parse_part(name, data):
        external = relationship.get("TargetMode", "").lower() == "external"
        kind = relationship.get("Type", "").rsplit("/", 1)[-1]
        if external and (kind in _LINKS or kind != "hyperlink"):
            raise PaperFileInvalid("文件链接到外部的模板、图片或文件，请断开链接后再保存。")


def _refuse_fields(name: str, data: bytes) -> None:
    root = parse_part(name, data)
    for element in root.iter(f"{W}instrText", f"{W}fldSimple"):
        code = (element.get(f"{W}instr") or element.text or "").split()
        if code and code[0].upper() in _FIELDS:
            raise PaperFileInvalid(f"文件含有域 {code[0]}，它会从外部取内容，请删除。")
    if next(root.iter(f"{W}altChunk"), None) is not None:
        raise PaperFileInvalid("文件含有外来的内容块，请用 Word 或 WPS 重新保存。")
