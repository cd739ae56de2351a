"""Reading and writing BPMN XML safely."""

from __future__ import annotations

import re

from lxml import etree

from engine.layout.errors import UnreadableDiagram

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"

# Byte order mark, declaration, comments and processing instructions before the root element.
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENCODING = re.compile(rb"""(<\?xml[^>]*?encoding\s*=\s*["'])[^"']*(["'])""")


def parse(xml: bytes) -> etree._Element:
    """The ``definitions`` element of a BPMN file.

    Entities, DTDs and the network are never touched. Raises UnreadableDiagram.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=False
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as problem:
        raise UnreadableDiagram(f"不是格式正确的 XML，请用建模工具重新保存：{problem}") from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDiagram("文件含有 DOCTYPE 声明，不予读取；请删去该声明后重试。")
    if root.tag != f"{{{BPMN}}}definitions":
        raise UnreadableDiagram("根元素不是 BPMN 2.0 的 definitions，请确认选对了文件。")
    return root


def serialise(root: etree._Element, original: bytes) -> bytes:
    """The document's bytes, with everything before the root element, the kind of line ends and the end as they were."""
    data = bytes(etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False))
    prolog, own_prolog = _PROLOG.match(original), _PROLOG.match(data)
    if prolog and own_prolog:
        data = _in_utf8(prolog[0]) + data[own_prolog.end() :]
    data = data.rstrip() + (b"\n" if original.endswith(b"\n") else b"")
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") if b"\r\n" in original else data


def _in_utf8(prolog: bytes) -> bytes:
    """The prolog, declaring UTF-8 if it declared another encoding: that is what is written."""
    return _ENCODING.sub(rb"\g<1>UTF-8\g<2>", prolog) if b"utf-8" not in prolog.lower() else prolog


def local(element: etree._Element) -> str:
    """The tag without its namespace; empty for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def is_bpmn(element: etree._Element) -> bool:
    """Whether the element belongs to the BPMN model namespace."""
    return isinstance(element.tag, str) and etree.QName(element).namespace == BPMN


def local_name(reference: str) -> str:
    """The id in a QName reference: ``tns:Task_1`` means ``Task_1``."""
    return reference.strip().rpartition(":")[2]


def source_line(element: etree._Element) -> int | None:
    """The line of the file on which an element begins, from 1."""
    line: object = element.sourceline
    return line if isinstance(line, int) else None
