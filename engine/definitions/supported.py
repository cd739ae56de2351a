"""Comparing a file with what Banjie executes (``support``): legal but unknown things are refused by name and line."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.definitions import support
from engine.definitions.model import EventType
from engine.definitions.reading.document import (
    ACTIVITIES,
    EVENTS,
    Document,
    is_bpmn,
    is_event_sub_process,
    is_true,
    local,
    name_of,
    zeebe,
)
from engine.definitions.reading.nodes import element_type
from engine.definitions.rules.graph import Graph, is_compensation_activity, position_of
from engine.definitions.rules.positions import ALLOWED, POSITION_NAMES, TYPE_NAMES
from engine.definitions.support import Feature

GLOBAL_TASKS = (
    "globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask",
)  # fmt: skip
LOOPS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
BPMN_IMPORT = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def check_supported(document: Document) -> None:
    """Note whatever the executable processes of a file use that is not executed."""
    graph = Graph(document)
    for process in document.processes_to_run:
        for element in process.iter("*"):
            if is_bpmn(element):
                _check_element(graph, element)
        _check_starts(graph, process)
    for item in document.all("import"):
        if item.get("importType") == BPMN_IMPORT:
            document.unsupported("bpmn.import-unsupported", "不支持引入其他流程图文件，请合并，或改用调用活动。", item)


def _check_element(graph: Graph, element: etree._Element) -> None:
    kind = local(element)
    if kind in EVENTS:
        _check_event(graph, element)
    elif kind in ACTIVITIES:
        _check_activity(graph, element)
    elif kind.endswith("Gateway") and element_type(element) not in support.GATEWAYS:
        _refuse(graph.document, element)
    if kind.endswith("Gateway") and is_true(element.get("instantiate")):
        _need(graph.document, Feature.INSTANTIATING_EVENT_GATEWAY, element)
    if kind in EVENTS or kind in ACTIVITIES or kind == "process":
        _check_listeners(graph.document, element)


def _refuse(document: Document, element: etree._Element) -> None:
    message = f"{name_of(element)} 是合法的 BPMN，但本平台不执行 {local(element)}，请改画。"
    document.unsupported("bpmn.element-unsupported", message, element)


def _need(document: Document, feature: Feature, element: etree._Element) -> None:
    if feature not in support.FEATURES:
        message = f"{name_of(element)}：本平台不执行{feature}，请改画。"
        document.unsupported("bpmn.feature-unsupported", message, element)


def _check_event(graph: Graph, event: etree._Element) -> None:
    types, position = graph.event_types(event), position_of(graph, event)
    if len(types) > 1:
        parallel = is_true(event.get("parallelMultiple"))
        _need(graph.document, Feature.PARALLEL_MULTIPLE_EVENT if parallel else Feature.MULTIPLE_EVENT, event)
    for kind in types or [EventType.NONE]:
        if kind in ALLOWED[position] and kind not in support.EVENTS[position]:
            words = f"{POSITION_NAMES[position]}“{TYPE_NAMES[kind]}”"
            message = f"{name_of(event)}：本平台不执行{words}，请改画。"
            graph.document.unsupported("bpmn.event-unsupported", message, event)


def _check_activity(graph: Graph, activity: etree._Element) -> None:
    document = graph.document
    if element_type(activity) not in support.ACTIVITIES:
        _refuse(document, activity)
    if document.child(activity, "standardLoopCharacteristics") is not None:
        _need(document, Feature.STANDARD_LOOP, activity)
    multi = document.child(activity, "multiInstanceLoopCharacteristics")
    if multi is not None:
        counted = document.child(multi, "loopCardinality") is not None
        _need(document, Feature.MULTI_INSTANCE_CARDINALITY if counted else Feature.MULTI_INSTANCE, activity)
        if graph.boundary_events(activity):
            _need(document, Feature.EVENT_ON_MULTI_INSTANCE, activity)
    for feature in _flow_features(graph, activity):
        _need(document, feature, activity)
    _check_loop_place(graph, activity)
    if local(activity) == "receiveTask" and is_true(activity.get("instantiate")):
        _need(document, Feature.INSTANTIATING_RECEIVE_TASK, activity)
    if local(activity) == "adHocSubProcess":
        _check_ad_hoc_output(document, activity)
    if local(activity) == "callActivity":
        called = document.target_of(activity.get("calledElement"))
        if called is not None and local(called) in GLOBAL_TASKS:
            _refuse(document, called)


def _check_loop_place(graph: Graph, activity: etree._Element) -> None:
    """An event subprocess, and what an event-based gateway waits for, happens once each time."""
    if not any(True for _ in graph.document.children(activity, *LOOPS)):
        return
    sources = [graph.end(flow, "sourceRef") for flow in graph.incoming(activity)]
    if is_event_sub_process(activity) or any(local(source) == "eventBasedGateway" for source in sources):
        message = f"{name_of(activity)} 由事件触发，本平台不执行它的循环或多实例，请改画。"
        graph.document.unsupported("bpmn.loop-unsupported", message, activity)


def _check_ad_hoc_output(document: Document, activity: etree._Element) -> None:
    """Output is collected from single elements; those in a row would share a scope that Camunda 8 gives each row."""
    extension = document.extension(activity, "adHoc")
    if extension is None or not extension.get("outputCollection"):
        return
    for flow in document.children(activity, "sequenceFlow"):
        message = f"{name_of(activity)} 有 outputCollection，其中的元素不能再用 {name_of(flow)} 连接，请改画为子流程。"
        document.unsupported("bpmn.ad-hoc-output-unsupported", message, flow)


def _flow_features(graph: Graph, activity: etree._Element) -> Iterator[Feature]:
    flows = graph.outgoing(activity)
    if any(graph.document.child(flow, "conditionExpression") is not None for flow in flows):
        yield Feature.CONDITIONAL_FLOW_FROM_ACTIVITY
    elif len(flows) > 1:
        yield Feature.IMPLICIT_SPLIT
    scope = activity.getparent()
    in_ad_hoc = scope is not None and local(scope) == "adHocSubProcess"
    apart = in_ad_hoc or is_compensation_activity(activity) or is_event_sub_process(activity)
    if not flows and not apart:
        yield Feature.IMPLICIT_END


def _check_starts(graph: Graph, process: etree._Element) -> None:
    for scope in (process, *(e for e in process.iter("*") if is_bpmn(e) and local(e) in ("subProcess", "transaction"))):
        starts = list(graph.document.children(scope, "startEvent"))
        none_starts = [start for start in starts if not graph.event_types(start)]
        instantiating = [n for n in graph.document.flow_nodes(scope) if is_true(n.get("instantiate"))]
        if not starts and not instantiating:
            _need(graph.document, Feature.IMPLICIT_START, scope)
        if len(none_starts) > 1:
            _need(graph.document, Feature.SEVERAL_NONE_STARTS, scope)
        for node in instantiating if scope is not process else ():
            message = f"{name_of(node)} 在子流程里，不能启动流程（instantiate），请删除该属性。"
            graph.document.unsupported("bpmn.instantiate-in-subprocess", message, node)


def _check_listeners(document: Document, element: etree._Element) -> None:
    if document.extension(element, "executionListeners") is not None:
        _need(document, Feature.EXECUTION_LISTENERS, element)
    holder = document.extension(element, "taskListeners")
    for listener in () if holder is None else holder.iterchildren(zeebe("taskListener")):
        event = listener.get("eventType")
        if local(element) != "userTask":
            message = f"{name_of(element)} 不是用户任务，不能有任务监听器，请改用执行监听器。"
            document.unsupported("bpmn.task-listener-unsupported", message, listener)
        elif event and event not in support.TASK_LISTENER_EVENTS:
            allowed = "、".join(sorted(support.TASK_LISTENER_EVENTS))
            message = f"{name_of(element)}：本平台不执行 {event} 任务监听器，只执行 {allowed}，请改画。"
            document.unsupported("bpmn.task-listener-unsupported", message, listener)
