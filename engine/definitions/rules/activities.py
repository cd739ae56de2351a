"""Activities and their loops (BPMN 2.0.2 sections 10.3 and 10.3.8)."""

from __future__ import annotations

import re

from lxml import etree

from engine.definitions.reading.document import ACTIVITIES, is_true, local, name_of, text_of
from engine.definitions.rules.graph import Graph, breach

NO_COUNT = re.compile(r"-\s*\d.*|\d+\.\d*[1-9]\d*|\"[^\"]*\"|true|false|null")
"""Constants that are no number of instances."""
QUANTITIES = ("startQuantity", "completionQuantity")


def check_quantities(graph: Graph) -> None:
    """Token quantities are 1 or more (table 10.3); more than 1 is not executed."""
    for activity in graph.document.all(*ACTIVITIES):
        for attribute in QUANTITIES:
            written = (activity.get(attribute) or "1").strip()
            if written.lstrip("+-").isdecimal() and int(written) < 1:
                message = f"{name_of(activity)} 的 {attribute} 必须不小于 1。"
                graph.document.invalid("bpmn.quantity", message, activity)
            elif written.isdecimal() and int(written) > 1:
                message = f"{name_of(activity)} 的 {attribute} 大于 1，不受支持，请改用并行网关表达。"
                graph.document.unsupported("bpmn.quantity-unsupported", message, activity)


def check_receive_tasks(graph: Graph) -> None:
    """A receive task that starts an instance is not entered (section 10.3.3, Receive Task)."""
    for task in graph.document.all("receiveTask"):
        if is_true(task.get("instantiate")) and graph.incoming(task):
            message = f"{name_of(task)} 用来启动流程（instantiate），不能有进入的流。"
            graph.document.invalid("bpmn.instantiate-incoming", message, task)


def check_loops(graph: Graph) -> None:
    """A multi-instance activity says how many instances there are (section 10.3.8.2); a loop's maximum is positive."""
    for loop in graph.document.all("multiInstanceLoopCharacteristics"):
        extension = graph.document.extension(loop, "loopCharacteristics")
        from_zeebe = extension is not None and bool((extension.get("inputCollection") or "").strip())
        counted = any(True for _ in graph.document.children(loop, "loopCardinality", "loopDataInputRef"))
        if not from_zeebe and not counted:
            message = f"{name_of(_owner(loop))} 的多实例没有写明集合（inputCollection）或次数（loopCardinality）。"
            breach(graph.document, "bpmn.multi-instance-count", message, loop)
        if counted_twice(graph, loop, from_zeebe):
            message = f"{name_of(_owner(loop))} 的多实例既有集合又有次数，不知以哪个为准，请只写一个。"
            graph.document.unsupported("bpmn.multi-instance-count-twice", message, loop)
        _check_behavior(graph, loop)
        if (loop.get("behavior") or "All") != "All":
            message = f"{name_of(_owner(loop))} 的多实例 behavior={loop.get('behavior')} 不受支持，只支持 All。"
            graph.document.unsupported("bpmn.multi-instance-behavior-unsupported", message, loop)
    for loop in graph.document.all("standardLoopCharacteristics"):
        maximum = (loop.get("loopMaximum") or "").strip()
        if maximum.lstrip("+-").isdecimal() and int(maximum) < 1:
            graph.document.invalid("bpmn.loop-maximum", f"{name_of(_owner(loop))} 的 loopMaximum 必须不小于 1。", loop)


def counted_twice(graph: Graph, loop: etree._Element, from_zeebe: bool) -> bool:
    """Whether both a collection and a number say how many instances there are; the standard wants either."""
    by_number = graph.document.child(loop, "loopCardinality") is not None
    return by_number and (from_zeebe or graph.document.child(loop, "loopDataInputRef") is not None)


def _check_behavior(graph: Graph, loop: etree._Element) -> None:
    """What ``behavior`` throws when instances end must be there (table 10.29)."""
    behavior = loop.get("behavior") or "All"
    there = {
        "One": bool(loop.get("oneBehaviorEventRef")),
        "None": bool(loop.get("noneBehaviorEventRef")),
        "Complex": graph.document.child(loop, "complexBehaviorDefinition") is not None,
    }.get(behavior, True)
    if not there:
        message = f"{name_of(_owner(loop))} 的多实例 behavior={behavior}，却没有写明抛出的事件，请补上。"
        graph.document.invalid("bpmn.multi-instance-behavior", message, loop)


def _owner(loop: etree._Element) -> etree._Element:
    parent = loop.getparent()
    return loop if parent is None else parent


def check_one_loop(graph: Graph) -> None:
    """An activity loops in one way only (table 10.3: ``loopCharacteristics`` is single)."""
    for activity in graph.document.all(*ACTIVITIES):
        loops = list(
            graph.document.children(activity, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
        )
        if len(loops) > 1:
            message = (
                f"{name_of(activity)} 写了两种循环方式，只能有一种（{'、'.join(local(each) for each in loops)}）。"
            )
            graph.document.invalid("bpmn.loop-twice", message, activity)


def check_cardinality(graph: Graph) -> None:
    """A number of instances is an integer and not negative (table 10.29, ``loopCardinality``)."""
    for loop in graph.document.all("multiInstanceLoopCharacteristics"):
        cardinality = graph.document.child(loop, "loopCardinality")
        written = (text_of(cardinality) or "").removeprefix("=").strip()
        if cardinality is not None and (not written or NO_COUNT.fullmatch(written)):
            message = f"{name_of(_owner(loop))} 的多实例次数“{written}”不是非负整数，请改正。"
            breach(graph.document, "bpmn.multi-instance-count", message, cardinality)
