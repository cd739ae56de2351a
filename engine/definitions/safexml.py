"""Parsing of XML that strangers may have written: no entities, no DTD, no network, bounded in size and depth."""

from __future__ import annotations

from typing import Any

from lxml import etree

from engine.errors import BanjieError, Place

MAX_BYTES = 5_000_000
MAX_ELEMENTS = 50_000
MAX_DEPTH = 100


class XmlRefused(BanjieError):
    """The bytes are not XML that Banjie reads; ``code`` says why."""

    code = "xml.malformed"

    def __init__(self, code: str, message: str, place: Place) -> None:
        super().__init__(message, place=place)
        self.code = code


def parser() -> etree.XMLParser:
    """Return a new parser with every way to the outside closed."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_pis=True
    )


def parse(xml: bytes, file: str) -> etree._Element:
    """Return the root of ``xml``.

    Raises XmlRefused with code ``xml.too-large``, ``xml.malformed``, ``xml.doctype``, ``xml.too-many-elements`` or
    ``xml.too-deep``.
    """
    if len(xml) > MAX_BYTES:
        raise XmlRefused("xml.too-large", f"文件超过 {MAX_BYTES // 1_000_000} MB，请拆分后再提交。", Place(file))
    try:
        root = etree.fromstring(xml, parser())
    except etree.XMLSyntaxError as error:
        raise _syntax_error(error, xml, file) from error
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise _doctype(file, 1)
    _check_bounds(root, file)
    return root


def _syntax_error(error: etree.XMLSyntaxError, xml: bytes, file: str) -> XmlRefused:
    line = error.lineno or 1
    # A document type may be what made parsing fail (an entity bomb, an undefined entity): name the cause.
    if b"<!DOCTYPE" in xml.replace(b"\0", b""):
        return _doctype(file, line)
    return XmlRefused("xml.malformed", f"不是合格的 XML，请在该行修正：{error.msg}", Place(file, line))


def _doctype(file: str, line: int) -> XmlRefused:
    return XmlRefused("xml.doctype", "文件含有 DOCTYPE 声明，出于安全不予读取，请删除该声明。", Place(file, line))


def _check_bounds(root: etree._Element, file: str) -> None:
    depth = count = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH:
            message = f"元素嵌套超过 {MAX_DEPTH} 层，请简化。"
            raise XmlRefused("xml.too-deep", message, Place(file, element.sourceline))
        if count > MAX_ELEMENTS:
            message = f"元素超过 {MAX_ELEMENTS} 个，请拆分成几个文件。"
            raise XmlRefused("xml.too-many-elements", message, Place(file, element.sourceline))
