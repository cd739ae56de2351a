"""Subprocesses of every kind (BPMN 2.0.2 section 10.3.5) and called processes."""

from __future__ import annotations

from lxml import etree

from engine.definitions.reading.document import (
    ACTIVITIES,
    CHOREOGRAPHY_ACTIVITIES,
    SUB_PROCESSES,
    is_event_sub_process,
    local,
    name_of,
)
from engine.definitions.reading.events import definitions_of
from engine.definitions.rules.graph import Graph, position_of

DECLARATIONS = {
    "messageEventDefinition": "messageRef",
    "signalEventDefinition": "signalRef",
    "errorEventDefinition": "errorRef",
    "escalationEventDefinition": "escalationRef",
}
"""Event definitions that refer to a declared event, with the attribute that does."""


def check_event_sub_processes(graph: Graph) -> None:
    """An event subprocess has exactly one start event; that it has a trigger is a matter of ``positions``."""
    for scope in graph.document.all(*SUB_PROCESSES):
        if not is_event_sub_process(scope):
            continue
        starts = list(graph.document.children(scope, "startEvent"))
        if len(starts) != 1:
            message = f"事件子流程 {name_of(scope)} 必须恰好有一个开始事件，现在有 {len(starts)} 个。"
            graph.document.invalid("bpmn.event-subprocess-start", message, scope)
        for event in graph.boundary_events(scope):
            message = f"事件子流程 {name_of(scope)} 上不能有边界事件 {name_of(event)}。"
            graph.document.invalid("bpmn.event-subprocess-boundary", message, event)


def check_embedded_starts(graph: Graph) -> None:
    """An embedded subprocess has "a unique empty Start Event" or none (section 13.3.4)."""
    for scope in graph.document.all("subProcess", "transaction"):
        starts = list(graph.document.children(scope, "startEvent"))
        if len(starts) > 1 and not is_event_sub_process(scope):
            message = f"子流程 {name_of(scope)} 最多有一个开始事件，现在有 {len(starts)} 个。"
            graph.document.invalid("bpmn.subprocess-start", message, scope)


def check_event_declarations(graph: Graph) -> None:
    """Two interrupting event subprocesses of one level do not wait for the same declared event (section 10.5.6)."""
    for scope in graph.scopes():
        seen: dict[tuple[str, str | None], etree._Element] = {}
        for child in graph.document.children(scope, *SUB_PROCESSES):
            for declared in _interrupting_declarations(graph, child):
                first = seen.setdefault(declared, child)
                if first is not child:
                    message = f"{name_of(child)} 与 {name_of(first)} 等待同一个中断事件，只能保留一个。"
                    graph.document.invalid("bpmn.event-subprocess-twice", message, child)


def _interrupting_declarations(graph: Graph, sub_process: etree._Element) -> list[tuple[str, str | None]]:
    """Return kind and reference of what starts an event subprocess that interrupts; times and conditions aside."""
    if not is_event_sub_process(sub_process):
        return []
    return [
        (local(definition), (definition.get(DECLARATIONS[local(definition)]) or "").strip() or None)
        for start in graph.document.children(sub_process, "startEvent")
        if position_of(graph, start) == "event subprocess"
        for definition in definitions_of(graph.document, start)
        if local(definition) in DECLARATIONS
    ]


def check_ad_hoc(graph: Graph) -> None:
    """An ad-hoc subprocess holds activities, and neither start nor end events."""
    for scope in graph.document.all("adHocSubProcess"):
        if not any(True for _ in graph.document.children(scope, *ACTIVITIES)):
            message = f"特设子流程 {name_of(scope)} 至少要有一个活动。"
            graph.document.invalid("bpmn.ad-hoc-empty", message, scope)
        for event in graph.document.children(scope, "startEvent", "endEvent"):
            message = f"特设子流程里不能有 {name_of(event)}，请删除。"
            graph.document.invalid("bpmn.ad-hoc-event", message, event)


def check_content(graph: Graph) -> None:
    """No choreography in a process; data inputs and outputs of a subprocess only through its multi-instance marker."""
    for scope in graph.scopes():
        for item in graph.document.children(scope, *CHOREOGRAPHY_ACTIVITIES):
            message = f"流程里不能有编排活动 {name_of(item)}，请移到编排图。"
            graph.document.invalid("bpmn.choreography-in-process", message, item)
        if local(scope) in SUB_PROCESSES:
            _check_data_of(graph, scope)


def _check_data_of(graph: Graph, scope: etree._Element) -> None:
    specification = graph.document.child(scope, "ioSpecification")
    if specification is not None and graph.document.child(scope, "multiInstanceLoopCharacteristics") is None:
        message = f"子流程 {name_of(scope)} 不能有输入输出规格（ioSpecification），请用数据对象。"
        graph.document.invalid("bpmn.subprocess-io", message, specification)


def check_called_processes(graph: Graph) -> None:
    """A process called from this file can be started without a trigger (section 10.5.2, Start Events of callables)."""
    calls: dict[etree._Element, etree._Element] = {}
    for call in graph.document.all("callActivity"):
        called = graph.document.target_of(call.get("calledElement"))
        if called is not None and local(called) == "process":
            calls.setdefault(called, call)
    for called, call in calls.items():
        starts = list(graph.document.children(called, "startEvent"))
        if starts and all(graph.event_types(start) for start in starts):
            message = f"被 {name_of(call)} 调用的 {name_of(called)} 没有无触发的开始事件，请补一个。"
            graph.document.invalid("bpmn.called-process-start", message, called)
