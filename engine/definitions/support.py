"""What Banjie executes. Everything legal that is not listed here is refused at deployment by name, file and line.

The execution engine and this table change together: a row is added with the test that runs it.
"""

from __future__ import annotations

from enum import StrEnum

from engine.definitions.model import ElementType as T
from engine.definitions.model import EventType as E

ACTIVITIES: frozenset[T] = frozenset(
    {
        T.TASK,
        T.USER_TASK,
        T.MANUAL_TASK,
        T.SCRIPT_TASK,
        T.BUSINESS_RULE_TASK,
        T.SERVICE_TASK,
        T.SEND_TASK,
        T.RECEIVE_TASK,
        T.SUB_PROCESS,
        T.EVENT_SUB_PROCESS,
        T.CALL_ACTIVITY,
        T.TRANSACTION,
        T.AD_HOC_SUB_PROCESS,
    }
)
GATEWAYS: frozenset[T] = frozenset(
    {T.EXCLUSIVE_GATEWAY, T.PARALLEL_GATEWAY, T.INCLUSIVE_GATEWAY, T.EVENT_BASED_GATEWAY, T.COMPLEX_GATEWAY}
)
EVENTS: dict[str, frozenset[E]] = {
    "start": frozenset({E.NONE, E.MESSAGE, E.TIMER, E.SIGNAL}),
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
"""Position (as in ``rules.positions``) to the event types executed there."""


TASK_LISTENER_EVENTS = frozenset({"creating", "completing"})
"""Task listeners that hold a user task up as Camunda 8 says; assigning, updating and canceling would not be held up."""


class Feature(StrEnum):
    """What is not an element of its own but may or may not be executed."""

    STANDARD_LOOP = "标准循环"
    MULTI_INSTANCE = "多实例"
    MULTI_INSTANCE_CARDINALITY = "按次数（loopCardinality）的多实例"
    CONDITIONAL_FLOW_FROM_ACTIVITY = "从任务出发的条件流"
    IMPLICIT_SPLIT = "不经网关的分支"
    IMPLICIT_START = "没有开始事件的流程"
    IMPLICIT_END = "没有结束事件的路径"
    SEVERAL_NONE_STARTS = "同一层的几个无触发开始事件"
    MULTIPLE_EVENT = "带几个触发的事件（multiple）"
    PARALLEL_MULTIPLE_EVENT = "须全部触发的事件（parallel multiple）"
    INSTANTIATING_RECEIVE_TASK = "启动流程的接收任务"
    INSTANTIATING_EVENT_GATEWAY = "启动流程的事件网关"
    EXECUTION_LISTENERS = "执行监听器"
    EVENT_ON_MULTI_INSTANCE = "多实例活动上的边界事件"


FEATURES: frozenset[Feature] = frozenset(
    {
        Feature.MULTI_INSTANCE,
        Feature.MULTI_INSTANCE_CARDINALITY,
        Feature.CONDITIONAL_FLOW_FROM_ACTIVITY,
        Feature.IMPLICIT_SPLIT,
        Feature.IMPLICIT_START,
        Feature.SEVERAL_NONE_STARTS,
        Feature.IMPLICIT_END,
        Feature.STANDARD_LOOP,
        Feature.EXECUTION_LISTENERS,
        Feature.EVENT_ON_MULTI_INSTANCE,
        Feature.INSTANTIATING_RECEIVE_TASK,
        Feature.INSTANTIATING_EVENT_GATEWAY,
    }
)
