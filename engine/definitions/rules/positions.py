"""Which event may stand where (BPMN 2.0.2 table 10.93, "Types of Events", with tables 10.84 to 10.92)."""

from __future__ import annotations

from engine.definitions.model import EventType as E
from engine.definitions.reading.document import EVENTS, name_of
from engine.definitions.rules.graph import Graph, position_of

ALLOWED: dict[str, frozenset[E]] = {
    "start": frozenset({E.NONE, E.MESSAGE, E.TIMER, E.CONDITIONAL, E.SIGNAL}),
    "start of subprocess": frozenset({E.NONE}),
    "event subprocess": frozenset({E.MESSAGE, E.TIMER, E.ESCALATION, E.ERROR, E.COMPENSATION, E.CONDITIONAL, E.SIGNAL}),
    "event subprocess non-interrupting": frozenset({E.MESSAGE, E.TIMER, E.ESCALATION, E.CONDITIONAL, E.SIGNAL}),
    "catch": frozenset({E.MESSAGE, E.TIMER, E.CONDITIONAL, E.LINK, E.SIGNAL}),
    "throw": frozenset({E.NONE, E.MESSAGE, E.ESCALATION, E.COMPENSATION, E.LINK, E.SIGNAL}),
    "boundary": frozenset(
        {E.MESSAGE, E.TIMER, E.ESCALATION, E.ERROR, E.CANCEL, E.COMPENSATION, E.CONDITIONAL, E.SIGNAL}
    ),
    "boundary non-interrupting": frozenset({E.MESSAGE, E.TIMER, E.ESCALATION, E.CONDITIONAL, E.SIGNAL}),
    "end": frozenset({E.NONE, E.MESSAGE, E.ESCALATION, E.ERROR, E.CANCEL, E.COMPENSATION, E.SIGNAL, E.TERMINATE}),
}
"""Position to the event types it allows; "multiple" is made of the allowed ones."""

POSITION_NAMES = {
    "start": "流程开始事件",
    "start of subprocess": "嵌入子流程的开始事件",
    "event subprocess": "事件子流程的开始事件",
    "event subprocess non-interrupting": "事件子流程的非中断开始事件",
    "catch": "中间捕获事件",
    "throw": "中间抛出事件",
    "boundary": "边界事件",
    "boundary non-interrupting": "非中断边界事件",
    "end": "结束事件",
}
TYPE_NAMES = {
    E.NONE: "无触发",
    E.MESSAGE: "消息",
    E.TIMER: "定时器",
    E.SIGNAL: "信号",
    E.ERROR: "错误",
    E.ESCALATION: "升级",
    E.CONDITIONAL: "条件",
    E.LINK: "链接",
    E.COMPENSATION: "补偿",
    E.TERMINATE: "终止",
    E.CANCEL: "取消",
}


def check_positions(graph: Graph) -> None:
    """An event's trigger or result must be allowed at its position."""
    for event in graph.document.all(*EVENTS):
        position = position_of(graph, event)
        for kind in graph.event_types(event) or [E.NONE]:
            if kind not in ALLOWED[position]:
                allowed = "、".join(TYPE_NAMES[each] for each in E if each in ALLOWED[position])
                message = (
                    f"{POSITION_NAMES[position]}不能是“{TYPE_NAMES[kind]}”：{name_of(event)}；可用的有：{allowed}。"
                )
                graph.document.invalid("bpmn.event-not-allowed", message, event)
