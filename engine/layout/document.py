"""Reading and writing BPMN XML safely."""

from __future__ import annotations

from lxml import etree

from engine.layout.errors import UnreadableDiagram

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"


def parse(xml: bytes) -> etree._Element:
    """The ``definitions`` element of a BPMN file.

    Entities, DTDs and the network are never touched. Raises UnreadableDiagram.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
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
    """The document's bytes, with the XML declaration and final newline that it had."""
    declared = original.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml")
    data = bytes(etree.tostring(root.getroottree(), xml_declaration=declared, encoding="UTF-8"))
    if declared:
        head, _, rest = original.partition(b"?>")
        if b"encoding" in head and b"utf-8" in head.lower():
            data = head.lstrip(b"\xef\xbb\xbf") + b"?>" + data.partition(b"?>")[2]
        newline = rest[: len(rest) - len(rest.lstrip())]
        body = data.partition(b"?>")
        data = body[0] + b"?>" + newline + body[2].lstrip()
    return data.rstrip() + (b"\n" if original.endswith(b"\n") else b"")


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
