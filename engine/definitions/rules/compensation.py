"""Compensation: what is undone by what, and from where (BPMN 2.0.2 sections 10.5.6 and 10.7)."""

from __future__ import annotations

from lxml import etree

from engine.definitions.model import EventType
from engine.definitions.reading.document import ACTIVITIES, EVENTS, is_event_sub_process, is_true, local, name_of
from engine.definitions.reading.events import definitions_of
from engine.definitions.rules.graph import Graph, scope_of


def check_handlers(graph: Graph) -> None:
    """A compensation boundary event is associated with an activity marked for compensation (section 10.7.1)."""
    associated = {(item.get("sourceRef") or "").strip() for item in graph.document.all("association")}
    for event in graph.document.all("boundaryEvent"):
        if EventType.COMPENSATION in graph.event_types(event) and event.get("id") not in associated:
            message = f"补偿边界事件 {name_of(event)} 没有关联补偿活动，请用关联连接。"
            graph.document.unsupported("bpmn.compensation-handler-missing", message, event)
    for association in graph.document.all("association"):
        source = graph.document.target_of(association.get("sourceRef"))
        target = graph.document.target_of(association.get("targetRef"))
        if source is None or target is None or local(source) != "boundaryEvent":
            continue
        if EventType.COMPENSATION not in graph.event_types(source) or local(target) == "textAnnotation":
            continue
        if not is_true(target.get("isForCompensation")):
            message = f"{name_of(source)} 关联的 {name_of(target)} 没有标记为补偿活动（isForCompensation），请标记。"
            graph.document.invalid("bpmn.compensation-handler", message, association)
        elif scope_of(target) is not scope_of(source):
            message = f"{name_of(source)} 关联的补偿活动 {name_of(target)} 不在同一流程层级，请移到同一层级。"
            graph.document.invalid("bpmn.compensation-handler", message, association)


def check_one_handler(graph: Graph) -> None:
    """A compensation boundary event leads to one activity; what takes several is put into a subprocess (10.7.1)."""
    found: dict[etree._Element, etree._Element] = {}
    for association in graph.document.all("association"):
        source = graph.document.target_of(association.get("sourceRef"))
        target = graph.document.target_of(association.get("targetRef"))
        if source is None or target is None or local(source) != "boundaryEvent" or local(target) not in ACTIVITIES:
            continue
        if EventType.COMPENSATION in graph.event_types(source) and found.setdefault(source, target) is not target:
            message = f"{name_of(source)} 关联了不止一个补偿活动，只能有一个，请放进一个子流程。"
            graph.document.invalid("bpmn.compensation-handler", message, association)


def check_visible(graph: Graph) -> None:
    """What a compensation event names lies on its own level, or on that around its event subprocess.

    Section 10.5.6, Compensation ("The Activity MUST be visible from the Compensation Event"); any event subprocess
    counts here, for an error handler that undoes what has been done is as usual as a compensation handler.
    """
    for event in graph.document.all(*EVENTS):
        for definition in definitions_of(graph.document, event):
            activity = graph.document.target_of(definition.get("activityRef"))
            if activity is None or local(activity) not in ACTIVITIES or _sees(event, activity):
                continue
            message = f"{name_of(event)} 要补偿的 {name_of(activity)} 不在它的流程层级里，请改选同一层级的活动。"
            graph.document.invalid("bpmn.compensation-not-visible", message, definition)


def _sees(event: etree._Element, activity: etree._Element) -> bool:
    level = scope_of(event)
    while level is not None and level is not scope_of(activity):
        level = scope_of(level) if is_event_sub_process(level) else None
    return level is not None
