"""The content of a process or subprocess: nodes, sequence flows, lanes, and what compensation associations connect."""

from __future__ import annotations

from collections import Counter, defaultdict

from lxml import etree

from engine.definitions.model import FlowNode, Scope, SequenceFlow
from engine.definitions.reading.document import FLOW_NODES, Document, line_of, local, text_of
from engine.definitions.reading.expressions import formal
from engine.definitions.reading.nodes import NodeContext, read_node


def read_scope(document: Document, container: etree._Element, lanes: dict[str, str]) -> Scope:
    """Read what ``container`` holds; ``lanes`` gives the lane name of a node id."""
    flows = read_flows(document, container)
    identifiers = node_ids(document, container)
    handlers = _compensation_handlers(document, container)
    incoming: dict[str, list[str]] = defaultdict(list)
    outgoing: dict[str, list[str]] = defaultdict(list)
    for flow in flows.values():
        incoming[flow.target].append(flow.id)
        outgoing[flow.source].append(flow.id)
    nodes: dict[str, FlowNode] = {}
    for element, identifier in identifiers:
        context = NodeContext(
            identifier=identifier,
            lane=lanes.get(identifier),
            incoming=tuple(incoming[identifier]),
            outgoing=tuple(outgoing[identifier]),
            compensation_handler=handlers.get(identifier),
        )
        body = read_scope(document, element, lanes) if local(element) in _WITH_BODY else None
        nodes[identifier] = read_node(document, element, context, body)
    return Scope(nodes, flows)


_WITH_BODY = ("subProcess", "adHocSubProcess", "transaction")


def node_ids(document: Document, container: etree._Element) -> list[tuple[etree._Element, str]]:
    """Return a scope's nodes with their ids; one without an id (BPMN allows it) gets one from its kind and line."""
    found = []
    for element in document.children(container, *FLOW_NODES):
        found.append((element, element.get("id") or f"{local(element)}_{line_of(element)}"))
    return found


def read_flows(document: Document, container: etree._Element) -> dict[str, SequenceFlow]:
    """Read a scope's sequence flows; one without an id is named ``source->target``, made unique by a number."""
    flows: dict[str, SequenceFlow] = {}
    used: Counter[str] = Counter()
    defaults = {(node.get("default") or "").strip() for node in document.flow_nodes(container)}
    for element in document.children(container, "sequenceFlow"):
        source, target = (element.get("sourceRef") or "").strip(), (element.get("targetRef") or "").strip()
        identifier = element.get("id") or _unique(f"{source}->{target}", flows, used)
        condition = formal(document, document.child(element, "conditionExpression"))
        if identifier in defaults:
            condition = None  # "Any such Expression SHALL be ignored": BPMN 2.0.2 table 10.3, default
        flows[identifier] = SequenceFlow(
            identifier, source, target, element.get("name") or None, condition, line_of(element)
        )
    return flows


def _unique(wanted: str, taken: dict[str, SequenceFlow], used: Counter[str]) -> str:
    """Return ``wanted``, or ``wanted#2`` and so on."""
    while True:
        used[wanted] += 1
        identifier = wanted if used[wanted] == 1 else f"{wanted}#{used[wanted]}"
        if identifier not in taken:
            return identifier


def _compensation_handlers(document: Document, container: etree._Element) -> dict[str, str]:
    """Map a compensation boundary event to the activity its association leads to (BPMN 2.0.2 section 10.7.1)."""
    handlers: dict[str, str] = {}
    for association in document.children(container, "association"):
        source = document.target_of(association.get("sourceRef"))
        target = document.target_of(association.get("targetRef"))
        if source is None or target is None:
            continue
        if local(source) == "boundaryEvent" and document.child(source, "compensateEventDefinition") is not None:
            handlers[source.get("id", "")] = target.get("id", "")
    return handlers


def lane_names(document: Document, process: etree._Element) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the innermost lane's name of each node id, and the innermost lanes' names in document order."""
    holder: dict[str, str] = {}
    names: list[str] = []

    def visit(lane_set: etree._Element) -> None:
        for lane in document.children(lane_set, "lane"):
            name = lane.get("name") or lane.get("id") or ""
            for reference in document.children(lane, "flowNodeRef"):
                holder[text_of(reference) or ""] = name
            inner = document.child(lane, "childLaneSet")
            if inner is None:
                names.append(name)
            else:
                visit(inner)

    for element in process.iter("{*}laneSet"):
        visit(element)
    return holder, tuple(names)
