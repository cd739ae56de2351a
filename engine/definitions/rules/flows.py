"""Where sequence flows may begin and end (BPMN 2.0.2 sections 7.6.1, 8.4.13, 10.5 and 10.6)."""

from __future__ import annotations

from lxml import etree

from engine.definitions.model import EventType
from engine.definitions.reading.document import (
    ACTIVITIES,
    EVENTS,
    Document,
    is_event_sub_process,
    is_true,
    local,
    name_of,
)
from engine.definitions.rules.graph import Graph, is_compensation_activity, is_executable, process_of, scope_of


def check_borders(graph: Graph) -> None:
    """A sequence flow stays in one process and on one level of it (tables 7.3 and 10.20)."""
    for flow, source, target in graph.flows:
        if process_of(source) is not process_of(target):
            message = f"{name_of(flow)} 跨越了池或流程的边界，请改用消息流。"
            graph.document.invalid("bpmn.flow-crosses-pool", message, flow)
        elif scope_of(source) is not scope_of(target):
            message = f"{name_of(flow)} 跨越了子流程的边界，请接到子流程本身或其边界事件。"
            graph.document.invalid("bpmn.flow-crosses-subprocess", message, flow)
        elif scope_of(flow) is not scope_of(source):
            message = f"{name_of(flow)} 没有写在它两端所在的流程层级里，请移到同一层级。"
            graph.document.unsupported("bpmn.flow-misplaced", message, flow)


def check_ends(graph: Graph) -> None:
    """No flow leads into a start or boundary event, or out of an end event (sections 10.5.2 to 10.5.4)."""
    for flow, source, target in graph.flows:
        if local(target) in ("startEvent", "boundaryEvent"):
            message = f"{name_of(target)} 不能有进入的顺序流，请删除 {name_of(flow)}。"
            graph.document.invalid(f"bpmn.{_word(target)}-incoming", message, flow)
        if local(source) == "endEvent":
            message = f"{name_of(source)} 不能有离开的顺序流，请删除 {name_of(flow)}。"
            graph.document.invalid("bpmn.end-event-outgoing", message, flow)
        for end in (source, target):
            if is_event_sub_process(end):
                message = f"事件子流程 {name_of(end)} 不能连接顺序流，请删除 {name_of(flow)}。"
                graph.document.invalid("bpmn.event-subprocess-flow", message, flow)
            elif local(end) in ACTIVITIES and is_compensation_activity(end):
                message = f"补偿活动 {name_of(end)} 不能连接顺序流，请删除 {name_of(flow)}，用关联连接补偿事件。"
                graph.document.invalid("bpmn.compensation-flow", message, flow)


def _word(event: etree._Element) -> str:
    return "start-event" if local(event) == "startEvent" else "boundary-event"


def check_intermediate_events(graph: Graph) -> None:
    """An intermediate event is entered and left, except at its link or compensation side (section 10.5.4)."""
    for event in graph.document.all("intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"):
        types = graph.event_types(event)
        kind, link = local(event), EventType.LINK in types
        may_lack_incoming = kind == "boundaryEvent" or (kind == "intermediateCatchEvent" and link)
        if not may_lack_incoming and not graph.incoming(event) and not _in_ad_hoc(event):
            graph.document.invalid("bpmn.event-incoming-missing", f"{name_of(event)} 没有进入的顺序流，请连接。", event)
        must_not_leave = (kind == "intermediateThrowEvent" and link) or (
            kind == "boundaryEvent" and EventType.COMPENSATION in types
        )
        if not must_not_leave and not graph.outgoing(event) and not _in_ad_hoc(event):
            graph.document.invalid("bpmn.event-outgoing-missing", f"{name_of(event)} 没有离开的顺序流，请连接。", event)
        _check_one_sided(graph, event, must_not_leave, link)


def _in_ad_hoc(event: etree._Element) -> bool:
    """Inside an ad-hoc subprocess flows are optional (section 10.3.5)."""
    scope = scope_of(event)
    return scope is not None and local(scope) == "adHocSubProcess"


def _check_one_sided(graph: Graph, event: etree._Element, must_not_leave: bool, link: bool) -> None:
    if must_not_leave and graph.outgoing(event):
        reason = (
            "补偿边界事件只能用关联连接补偿活动"
            if local(event) == "boundaryEvent"
            else "抛出链接后流程转到同名的捕获链接"
        )
        message = f"{name_of(event)} 不能有离开的顺序流：{reason}。"
        graph.document.invalid("bpmn.event-outgoing", message, event)
    if link and local(event) == "intermediateCatchEvent" and graph.incoming(event):
        message = f"捕获链接 {name_of(event)} 不能有进入的顺序流，请用同名的抛出链接。"
        graph.document.invalid("bpmn.event-incoming", message, event)


def check_conditions(graph: Graph) -> None:
    """Conditions belong on flows from decisions and activities (table 8.60 and section 10.5.2)."""
    for flow, source, _ in graph.flows:
        if graph.document.child(flow, "conditionExpression") is None:
            continue
        kind = local(source)
        if kind in ("parallelGateway", "eventBasedGateway") or kind in EVENTS:
            message = f"从 {name_of(source)} 出发的流不能有条件，请删除条件或改用排他、包容网关。"
            graph.document.invalid("bpmn.condition-not-allowed", message, flow)
        elif kind in ACTIVITIES and len(graph.outgoing(source)) == 1:
            message = f"{name_of(source)} 只有一条离开的流，不能带条件：请再画一条（可设为默认流），或删除条件。"
            graph.document.invalid("bpmn.condition-alone", message, flow)
        elif flow.get("id") and source.get("default") == flow.get("id"):
            message = f"默认流 {name_of(flow)} 上的条件不起作用，请删除。"
            graph.document.convention("bpmn.condition-on-default", message, flow)


def check_immediate(graph: Graph) -> None:
    """In an executable process nothing happens between the ends of a flow: no ``isImmediate="false"`` (table 8.60)."""
    for flow in graph.document.all("sequenceFlow"):
        written = flow.get("isImmediate")
        if written is not None and not is_true(written) and is_executable(flow):
            message = f'可执行流程的 {name_of(flow)} 不能写 isImmediate="false"，请删除。'
            graph.document.invalid("bpmn.flow-not-immediate", message, flow)


def check_levels(graph: Graph) -> None:
    """Start and end events on one level go together, and then everything else there is entered and left.

    Sections 10.5.2 ("If there is an End Event, then there MUST be at least one Start Event", "there MUST NOT be other
    flow elements that do not have incoming Sequence Flow") and 10.5.3, which says the same of ends. A level with
    neither start nor end events has implicit ones and is left alone.
    """
    document = graph.document
    for scope in graph.scopes():
        if local(scope) == "adHocSubProcess":
            continue
        starts, ends = list(document.children(scope, "startEvent")), list(document.children(scope, "endEvent"))
        if starts and not ends:
            message = f"{name_of(scope)} 有开始事件却没有结束事件，请补一个结束事件。"
            document.invalid("bpmn.end-event-missing", message, scope)
        if ends and not starts and not _has_instantiating_node(document, scope):
            message = f"{name_of(scope)} 有结束事件却没有开始事件，请补一个开始事件。"
            document.invalid("bpmn.start-event-missing", message, scope)
        for node in document.flow_nodes(scope):
            _check_connected(graph, node, bool(starts), bool(ends))


def _has_instantiating_node(document: Document, scope: etree._Element) -> bool:
    nodes = document.children(scope, "eventBasedGateway", "receiveTask")
    return any(is_true(node.get("instantiate")) for node in nodes)


def _check_connected(graph: Graph, node: etree._Element, has_start: bool, has_end: bool) -> None:
    if local(node) in ("intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"):
        return
    if is_event_sub_process(node) or is_compensation_activity(node):
        return
    instantiates = local(node) == "startEvent" or is_true(node.get("instantiate"))
    if has_start and not instantiates and not graph.incoming(node):
        message = f"{name_of(node)} 没有进入的顺序流，永远走不到，请连接或删除。"
        graph.document.invalid("bpmn.incoming-missing", message, node)
    if has_end and local(node) != "endEvent" and not graph.outgoing(node):
        message = f"{name_of(node)} 没有离开的顺序流，请连到后续步骤或结束事件。"
        graph.document.invalid("bpmn.outgoing-missing", message, node)
