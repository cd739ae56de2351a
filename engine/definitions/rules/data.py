"""Data inputs, outputs and associations (BPMN 2.0.2 section 10.4): documentation for Banjie, yet they must be sound."""

from __future__ import annotations

from engine.definitions.reading.document import local, name_of, text_of
from engine.definitions.rules.graph import Graph

SETS = {"dataInput": ("inputSet", "dataInputRefs", "输入集"), "dataOutput": ("outputSet", "dataOutputRefs", "输出集")}


def check_sets(graph: Graph) -> None:
    """Every data input is in an input set, every data output in an output set (section 10.4.1)."""
    for tag, (holder, reference, word) in SETS.items():
        listed = {
            text_of(item) for each in graph.document.all(holder) for item in graph.document.children(each, reference)
        }
        for item in graph.document.all(tag):
            parent = item.getparent()
            if parent is not None and local(parent) == "ioSpecification" and item.get("id") not in listed:
                message = f"{name_of(item)} 不在任何{word}（{holder}）里，请列入。"
                graph.document.invalid("bpmn.data-set", message, item)


def check_associations(graph: Graph) -> None:
    """A data association without a transformation has one source (section 10.4.2, DataAssociation)."""
    for item in graph.document.all("dataInputAssociation", "dataOutputAssociation"):
        sources = list(graph.document.children(item, "sourceRef"))
        if len(sources) > 1 and graph.document.child(item, "transformation") is None:
            message = f"{local(item)} 有 {len(sources)} 个来源却没有 transformation，只能有一个来源。"
            graph.document.invalid("bpmn.data-association-sources", message, item)
