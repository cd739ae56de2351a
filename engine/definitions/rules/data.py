"""Data inputs, outputs and associations (BPMN 2.0.2 section 10.4): documentation for Banjie, yet they must be sound."""

from __future__ import annotations

from lxml import etree

from engine.definitions.reading.document import local, name_of, text_of
from engine.definitions.rules.graph import Graph

SETS = {"dataInput": ("inputSet", "dataInputRefs", "输入集"), "dataOutput": ("outputSet", "dataOutputRefs", "输出集")}

MEMBERS = (
    ("inputSet", "dataInputRefs", ("optionalInputRefs", "whileExecutingInputRefs")),
    ("outputSet", "dataOutputRefs", ("optionalOutputRefs", "whileExecutingOutputRefs")),
)


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


def check_set_members(graph: Graph) -> None:
    """Optional and streaming members of a set belong to the set; sets name one another both ways (section 10.4.1)."""
    for holder, plain, kinds in MEMBERS:
        for each in graph.document.all(holder):
            listed = {text_of(item) for item in graph.document.children(each, plain)}
            for item in graph.document.children(each, *kinds):
                if text_of(item) not in listed:
                    message = f"{name_of(each)} 的 {local(item)}“{text_of(item)}”不在它的 {plain} 里，请列入。"
                    graph.document.invalid("bpmn.data-set-member", message, item)
    for item in graph.document.all("outputSetRefs", "inputSetRefs"):
        back = "inputSetRefs" if local(item) == "outputSetRefs" else "outputSetRefs"
        other, owner = graph.document.target_of(text_of(item)), item.getparent()
        if other is None or owner is None:
            continue
        if owner.get("id") not in {text_of(ref) for ref in graph.document.children(other, back)}:
            message = f"{name_of(owner)} 引用了 {name_of(other)}，后者却没有用 {back} 引用它，请补上。"
            graph.document.invalid("bpmn.data-set-pair", message, item)


def check_association_ends(graph: Graph) -> None:
    """An association of an activity or event ends at its own data input, or begins at its own output (10.4.2).

    Without a transformation or an assignment both ends hold the same kind of item.
    """
    for item in graph.document.all("dataInputAssociation", "dataOutputAssociation"):
        inward = local(item) == "dataInputAssociation"
        own = graph.document.target_of(text_of(graph.document.child(item, "targetRef" if inward else "sourceRef")))
        owner = item.getparent()
        if own is not None and owner is not None and owner not in own.iterancestors():
            word = "终点应是它自己的数据输入" if inward else "起点应是它自己的数据输出"
            message = f"{name_of(owner)} 的 {local(item)} 的{word}，不能是 {name_of(own)}，请改正。"
            graph.document.invalid("bpmn.data-association-end", message, item)
        _check_items(graph, item)


def _check_items(graph: Graph, item: etree._Element) -> None:
    document = graph.document
    if any(document.child(item, each) is not None for each in ("transformation", "assignment")):
        return
    ends = [document.target_of(text_of(each)) for each in document.children(item, "sourceRef", "targetRef")]
    subjects = {subject for end in ends if end is not None and (subject := _subject(graph, end)) is not None}
    if len(subjects) > 1:
        message = f"{local(item)} 两端的数据类型不同（{'、'.join(sorted(subjects))}），须写明 transformation。"
        document.invalid("bpmn.data-association-items", message, item)


def _subject(graph: Graph, data: etree._Element) -> str | None:
    """Return what tells kinds of items apart: the structure behind ``itemSubjectRef``, or that reference itself."""
    behind = graph.document.target_of(data.get("dataObjectRef") or data.get("dataStoreRef"))
    reference = data.get("itemSubjectRef") or (None if behind is None else behind.get("itemSubjectRef"))
    definition = graph.document.target_of(reference)
    return None if definition is None else definition.get("structureRef") or definition.get("id")


def check_associations(graph: Graph) -> None:
    """A data association without a transformation has one source (section 10.4.2, DataAssociation)."""
    for item in graph.document.all("dataInputAssociation", "dataOutputAssociation"):
        sources = list(graph.document.children(item, "sourceRef"))
        if len(sources) > 1 and graph.document.child(item, "transformation") is None:
            message = f"{local(item)} 有 {len(sources)} 个来源却没有 transformation，只能有一个来源。"
            graph.document.invalid("bpmn.data-association-sources", message, item)
