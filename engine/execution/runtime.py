"""What the elements of a case share for the length of one command: numbers, records, the queue, incidents."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from engine.clock import LEGAL_ZONE
from engine.execution import conditions, ending, records
from engine.execution.errors import ElementFailed
from engine.execution.feel_functions import FUNCTIONS
from engine.execution.spiff import TaskState

if TYPE_CHECKING:
    from datetime import datetime

    from engine.execution.outside import Outside
    from engine.execution.state import StateKeeper
    from engine.execution.task import ElementTask
    from engine.execution.workflow import Content


class Runtime:
    """One command's run of a case. Elements run in the order in which their tokens arrived."""

    def __init__(self, outside: Outside, base: int, counter: int, max_steps: int) -> None:
        self.outside = outside
        self.base = base
        """The instance key; every other key of the case is this plus a number."""
        self.counter = counter
        self.max_steps = max_steps
        self.steps = 0
        self.records: list[records.Record] = []
        self.queue: deque[ElementTask] = deque()
        self.owners: dict[int, ElementTask] = {}
        """Which task a number belongs to: element instances, timers, jobs, subscriptions, incidents."""
        self.late_joins: dict[int, ElementTask] = {}
        """Inclusive joins with tokens: they may fire when everything else is quiet."""
        self.holders: dict[int, ElementTask] = {}
        """All joins with tokens."""
        self.conditions: dict[int, ElementTask] = {}
        """Open conditional subscriptions by number."""
        self.conditions_stale = False
        self.functions: Mapping[str, Callable[..., object]] = {**FUNCTIONS, **outside.functions}
        self.now: datetime = outside.now.astimezone(LEGAL_ZONE)
        self.completed = False
        self.terminated = False
        self.keeper: StateKeeper
        """Reads what is still in parts of its own."""
        self.watched: dict[int, ElementTask] = {}
        """Large multi-instance bodies whose instances may wait for conditions."""

    def next_number(self) -> int:
        """Return a number never used in this case."""
        self.counter += 1
        return self.counter

    def emit(self, record: records.Record) -> None:
        """Note that something happened."""
        self.records.append(record)

    def run(self) -> None:
        """Run until everything waits for the outside."""
        while True:
            if self.conditions_stale:
                conditions.recheck(self)
            elif self.queue:
                task = self.queue.popleft()
                if task._state == TaskState.READY:
                    task.run()
            elif not self._fire_late_join():
                self._report_stuck()
                return

    def _fire_late_join(self) -> bool:
        for task in sorted(self.late_joins.values(), key=_join_order):
            if task.task_spec.may_fire(task):
                task.task_spec.fire(task)
                return True
        return self._break_deadlock()

    def _break_deadlock(self) -> bool:
        """Fire the first of several inclusive joins that wait for one another, when nothing else is left there.

        The standard's rule would leave such tokens waiting for ever.
        """
        for task in sorted(self.late_joins.values(), key=_join_order):
            if task.workflow.only_joins_left():
                task.task_spec.fire(task)
                return True
        return False

    def _report_stuck(self) -> None:
        """Raise an incident for each join whose missing tokens can't come: nothing but joins is left in its scope."""
        for task in list(self.holders.values()):
            if "incident" in task.internal_data or "rest" in task.internal_data:
                continue
            if task.workflow.only_joins_left():
                name = task.task_spec.bpmn_name or task.task_spec.element_id
                message = f"汇合网关“{name}”等待的分支已不可能到达。请修改流程图，或移动该流程的令牌。"
                self.raise_incident(task, "stuck", "UNKNOWN", message)

    def attempt(self, task: ElementTask, phase: str, step: Callable[[ElementTask], bool | None]) -> bool | None:
        """Return what ``step`` returns, or raise an incident and return None if the element fails."""
        try:
            return step(task)
        except ElementFailed as failure:
            self.raise_incident(task, phase, failure.error_type, failure.message)
            return None

    def raise_incident(
        self, task: ElementTask, phase: str, error_type: str, message: str, job: int | None = None
    ) -> int:
        """Note that ``task`` can't go on; ``phase`` says what to try again. Returns the incident's number."""
        self.clear_incident(task)
        number = self.next_number()
        task.internal_data["incident"] = {"n": number, "phase": phase}
        self.owners[number] = task
        self.emit(
            records.IncidentRaised(
                self.base + number,
                task.key,
                task.task_spec.element_id,
                error_type,
                message,
                task.workflow.process.key,
                None if job is None else self.base + job,
            )
        )
        return number

    def clear_incident(self, task: ElementTask) -> str | None:
        """Note that the incident of ``task``, if any, is over; return its phase."""
        incident: dict[str, Any] | None = task.internal_data.pop("incident", None)
        if incident is None:
            return None
        self.owners.pop(incident["n"], None)
        self.emit(records.IncidentResolved(self.base + incident["n"]))
        return str(incident["phase"])

    def content_ended(self, content: Content) -> None:
        """Let the element that holds ``content`` end, now that no token is left in it."""
        ending.end_content(content)


def _join_order(join: ElementTask) -> tuple[int, int]:
    """Document order, then the older scope first; a scope has one waiting task a join."""
    scope = join.outer
    return join.task_spec.order, 0 if scope is None else scope.id
