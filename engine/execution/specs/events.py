"""Events: none, catching, throwing, boundary; and how an event that has happened reaches its element."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.definitions.model import EventType, Expression, FlowNode
from engine.execution import compensation, ending, signals, subscriptions, throwing
from engine.execution.errors import ElementFailed, NotExecutable, present
from engine.execution.expressions import formula
from engine.execution.records import MessageThrown, SignalThrown
from engine.execution.specs.base import ElementSpec
from engine.execution.spiff import TaskState

if TYPE_CHECKING:
    from engine.execution.program import ScopeSpec
    from engine.execution.specs.gateways import EventGatewaySpec
    from engine.execution.specs.scopes import EventSubProcessSpec
    from engine.execution.subscriptions import Subscription
    from engine.execution.task import ElementTask
    from engine.execution.workflow import Content


def static_code(expression: Expression | None) -> str | None:
    """Return the code that a catching event is limited to; None or empty catches every code."""
    if expression is None or not expression.source.strip():
        return None
    if not expression.is_feel:
        return expression.source
    text = expression.source.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"' and "\\" not in text and '"' not in text[1:-1]:
        return text[1:-1]
    raise NotExecutable(f"捕获事件的代码“{text}”必须是固定文本，不能是表达式。请在流程图中改正。")


class CatchSpec(ElementSpec):
    """An element that waits for an event: intermediate catch event, receive task; base of start and boundary."""

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int, name: str | None = None) -> None:
        super().__init__(scope, node, order, name)
        event = node.event
        self.kind = EventType.NONE if event is None else event.type
        self.interrupting = True
        self.timer_kind = None if event is None else event.timer_kind
        self.timer = formula(None if event is None else event.timer)
        self.follows_clock = "clock.follows" in node.properties
        """Whether a clock of the case says when the timer fires; its own expression is for other tools then."""
        message = None if event is None else event.message
        self.message_name = formula(None if message is None else message.name)
        self.correlation_key = formula(None if message is None else message.correlation_key)
        self.signal_name = formula(None if event is None else event.signal_name)
        self.condition = formula(None if event is None else event.condition)
        self.code: str | None = None
        if event is not None and self.kind in (EventType.ERROR, EventType.ESCALATION):
            self.code = static_code(event.error_code if self.kind is EventType.ERROR else event.escalation_code)
        self.event_subprocess: EventSubProcessSpec | None = None
        self.started_through: EventGatewaySpec | None = None
        """The event-based gateway that starts a process with this event."""

    @property
    def catches(self) -> bool:
        """Whether it waits for something when a token arrives."""
        return self.kind not in (EventType.NONE, EventType.LINK)

    def begin(self, task: ElementTask) -> bool | None:
        """Wait, unless the event has happened already (at an event-based gateway)."""
        if "event" in task.internal_data or not self.catches:
            subscriptions.open_all(task, self.boundaries)
            ending.deliver(task, task.internal_data.pop("event", {}))
            return task.runtime.attempt(task, "complete", self.leave)
        subscriptions.open_all(task, (*self.boundaries, self))
        return None

    def start_process(self, content: Content) -> None:
        """Put the first token where this event, which has happened, starts a process (section 13.2).

        Its variables are the process instance's already.
        """
        if self.started_through is not None:
            token = content.add_token(self.started_through)
            token.internal_data |= {"chosen": self.element_id, "passed": {}}
        else:
            content.add_token(self).internal_data["event"] = {}

    def occurred(self, owner: ElementTask, sub: Subscription | None, variables: Mapping[str, Any]) -> None:
        """Hear that the event has happened; ``owner`` waits for it here or at an event-based gateway."""
        if sub is not None:
            subscriptions.remove(owner, sub)
        if owner.task_spec is self:
            ending.complete(owner, variables)
        else:
            owner.task_spec.chosen(owner, self, variables)

    def stays_open(self, owner: ElementTask, sub: Subscription | None) -> None:
        """Keep a non-interrupting subscription open; a timer is scheduled again or over."""
        if sub is not None and self.kind is EventType.TIMER:
            subscriptions.repeat_timer(owner, sub, self)


class StartSpec(CatchSpec):
    """A start event; of an event subprocess if ``event_subprocess`` is set."""

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int) -> None:
        super().__init__(scope, node, order)
        self.interrupting = node.interrupting

    def start_process(self, content: Content) -> None:
        """Put the first token here."""
        content.add_token(self)

    @property
    def catches(self) -> bool:
        """A start event never waits with a token."""
        return False

    def occurred(self, owner: ElementTask, sub: Subscription | None, variables: Mapping[str, Any]) -> None:
        """Start the event subprocess in the scope ``owner``, and cut the scope's other work short if interrupting."""
        content = present(owner.workflow if owner is owner.workflow.task_tree else owner.content)
        task = content.task_tree._add_child(self.event_subprocess, TaskState.FUTURE)
        task.internal_data["event"] = {"e": self.element_id, "v": dict(variables)}
        if self.interrupting:
            owner.internal_data["interrupted"] = True
            for other in content.live():
                if other is not task:
                    ending.terminate(other)
            if sub is not None:
                subscriptions.remove(owner, sub)
            subscriptions.close(owner, keep=owner.task_spec.boundary_ids)
        else:
            self.stays_open(owner, sub)
        task._ready()


class BoundarySpec(CatchSpec):
    """A boundary event; its subscription belongs to the activity it is attached to."""

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int) -> None:
        super().__init__(scope, node, order)
        self.interrupting = node.interrupting or self.kind in (EventType.ERROR, EventType.CANCEL)

    @property
    def catches(self) -> bool:
        """A token arrives here only when the event has happened."""
        return False

    def occurred(self, owner: ElementTask, sub: Subscription | None, variables: Mapping[str, Any]) -> None:
        """Send a token this way, and cut the activity short if interrupting."""
        task = owner.workflow.task_tree._add_child(self, TaskState.FUTURE)
        task.internal_data["event"] = dict(variables)
        if self.interrupting:
            if sub is not None:
                subscriptions.remove(owner, sub)
            ending.terminate(owner)
        else:
            self.stays_open(owner, sub)
        task._ready()


class ThrowSpec(ElementSpec):
    """A throwing intermediate event, an end event, or a send task with a message."""

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int, name: str | None = None) -> None:
        super().__init__(scope, node, order, name)
        event = node.event
        self.kind = EventType.NONE if event is None else event.type
        message = None if event is None else event.message
        self.message_name = formula(None if message is None else message.name)
        self.correlation_key = formula(None if message is None else message.correlation_key)
        self.signal_name = formula(None if event is None else event.signal_name)
        code = None if event is None else event.error_code or event.escalation_code
        self.code = formula(code)
        self.activity = None if event is None else event.compensation_activity
        self.waits_for_handlers = event is None or event.wait_for_completion

    def behave(self, task: ElementTask) -> bool:
        """Throw; False when that has ended this element too."""
        if self.kind is EventType.MESSAGE:
            self._throw_message(task)
        elif self.kind is EventType.SIGNAL:
            name = present(self.signal_name).text(task)
            task.runtime.emit(SignalThrown(task.key, self.element_id, name, dict(task.variables)))
            task.internal_data["thrown"] = [name, dict(task.variables)]
        elif self.kind is EventType.ERROR:
            self._throw_error(task)
        elif self.kind is EventType.ESCALATION:
            code = "" if self.code is None else self.code.text(task)
            throwing.throw(task, EventType.ESCALATION, code, dict(task.variables))
        elif self.kind is EventType.COMPENSATION:
            return not compensation.throw(task, self.activity, wait=self.waits_for_handlers)
        elif self.kind is EventType.TERMINATE:
            for other in task.workflow.live():
                if other is not task:
                    ending.terminate(other)
        elif self.kind is EventType.CANCEL:
            compensation.cancel(task)
            return False
        return task.alive

    def leave(self, task: ElementTask) -> bool | None:
        """Complete; a signal then reaches what waits for it in the case, before the scope of an end event is over."""
        left = super().leave(task)
        if left and "thrown" in task.internal_data:
            task.activated = False  # it has ended: that the signal cuts its scope short is no news about it
            signals.broadcast(task.runtime, *task.internal_data.pop("thrown"))
        return left if task.alive else None

    def compensated(self, task: ElementTask) -> None:
        """Go on, or leave the transaction."""
        if self.kind is EventType.CANCEL:
            compensation.cancel_transaction(task)
        else:
            super().compensated(task)

    def _throw_message(self, task: ElementTask) -> None:
        name = present(self.message_name).text(task)
        key = "" if self.correlation_key is None else self.correlation_key.text(task)
        task.runtime.emit(MessageThrown(task.key, self.element_id, name, key, dict(task.variables)))

    def _throw_error(self, task: ElementTask) -> None:
        code = "" if self.code is None else self.code.text(task)
        if throwing.throw(task, EventType.ERROR, code, dict(task.variables)) is None:
            raise ElementFailed(
                "UNHANDLED_ERROR_EVENT",
                f"错误“{code}”没有被任何边界事件或事件子流程捕获。请修改流程图或撤销该流程后重新办理。",
            )
