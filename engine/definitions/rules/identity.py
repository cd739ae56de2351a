"""Ids are unique in a file (BPMN 2.0.2 table 8.5, BaseElement; ``xsd:ID``)."""

from __future__ import annotations

from lxml import etree

from engine.definitions.reading.document import BPMN, line_of
from engine.definitions.rules.graph import Graph

NAMESPACES = (BPMN, "http://www.omg.org/spec/BPMN/20100524/DI", "http://www.omg.org/spec/DD/20100524/DI")


def check_unique_ids(graph: Graph) -> None:
    """No two elements of the model or the picture share an id; extension elements have ids of their own."""
    seen: dict[str, etree._Element] = {}
    for element in graph.document.root.iter(*(f"{{{namespace}}}*" for namespace in NAMESPACES)):
        identifier = element.get("id")
        if identifier is None:
            continue
        first = seen.setdefault(identifier, element)
        if first is not element:
            message = f"id“{identifier}”重复，第 {line_of(first)} 行已经用过，请换一个。"
            graph.document.invalid("bpmn.id-duplicate", message, element)
