"""Message flows and participants (BPMN 2.0.2 sections 7.6.2 and 9.3)."""

from __future__ import annotations

from lxml import etree

from engine.definitions.model import EventType
from engine.definitions.reading.document import EVENTS, local, name_of
from engine.definitions.rules.graph import Graph, process_of

NEVER_SOURCE = ("startEvent", "intermediateCatchEvent", "boundaryEvent")
NEVER_TARGET = ("endEvent", "intermediateThrowEvent")


def check_message_flows(graph: Graph) -> None:
    """A message flow connects two pools, from what sends to what receives (tables 7.4 and 9.1, section 10.5)."""
    for flow in graph.document.all("messageFlow"):
        source = graph.document.target_of(flow.get("sourceRef"))
        target = graph.document.target_of(flow.get("targetRef"))
        if source is None or target is None:
            continue
        if _pool_process(graph, source) is _pool_process(graph, target):
            message = f"消息流 {name_of(flow)} 的两端在同一个池里，请改用顺序流。"
            graph.document.invalid("bpmn.message-flow-same-pool", message, flow)
        if local(source) in NEVER_SOURCE:
            message = f"消息流 {name_of(flow)} 不能从 {name_of(source)} 发出。"
            graph.document.invalid("bpmn.message-flow-source", message, flow)
        if local(target) in NEVER_TARGET:
            message = f"消息流 {name_of(flow)} 不能到达 {name_of(target)}。"
            graph.document.invalid("bpmn.message-flow-target", message, flow)
        for end in (source, target):
            _check_event(graph, flow, end)


def _check_event(graph: Graph, flow: etree._Element, end: etree._Element) -> None:
    """An event at the end of a message flow is a message event (sections 10.5.2 to 10.5.4)."""
    if local(end) in EVENTS and EventType.MESSAGE not in graph.event_types(end):
        message = f"消息流 {name_of(flow)} 连接的 {name_of(end)} 不是消息事件，请改为消息事件。"
        graph.document.invalid("bpmn.message-flow-event", message, flow)


def _pool_process(graph: Graph, end: etree._Element) -> etree._Element:
    """Return what tells pools apart: the process, or the participant itself where it has none."""
    if local(end) != "participant":
        process = process_of(end)
        return end if process is None else process
    process = graph.document.target_of(end.get("processRef"))
    return end if process is None else process


def check_multiplicity(graph: Graph) -> None:
    """A participant's multiplicity is a range: 0 ≤ minimum ≤ maximum, 1 ≤ maximum (table 9.4)."""
    for item in graph.document.all("participantMultiplicity"):
        minimum, maximum = _number(item, "minimum", 0), _number(item, "maximum", None)
        if minimum is not None and (minimum < 0 or (maximum is not None and (maximum < 1 or maximum < minimum))):
            message = "参与者的多重性应满足 0 ≤ minimum ≤ maximum 且 maximum ≥ 1，请改正。"
            graph.document.invalid("bpmn.multiplicity", message, item)


def _number(item: etree._Element, attribute: str, default: int | None) -> int | None:
    written = (item.get(attribute) or "").strip()
    return int(written) if written.lstrip("+-").isdecimal() else default
