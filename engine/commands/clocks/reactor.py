"""Carries out what the diagram says of clocks, for the records of one command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from engine.clock import LEGAL_ZONE, in_legal_zone
from engine.commands.clocks.book import Clock, ClockBook
from engine.commands.clocks.corrections import corrected_start
from engine.commands.clocks.limits import GivenLength, LimitSource, term_in_force
from engine.commands.clocks.properties import DUE, FOLLOWS, ClockAction, clock_actions
from engine.deadlines import (
    Calendar,
    ClockOperationRefused,
    ClockState,
    ClockStatus,
    Extend,
    Length,
    Operation,
    Recompute,
    Restart,
    Resume,
    Start,
    Stop,
    Suspend,
    apply,
    clock_to_dict,
)
from engine.feel import compile_expression
from engine.history.event import moment_text

Derived = tuple[str, dict[str, Any]]
"""Type and payload of an event that follows from the command."""

_LIVE = (ClockStatus.RUNNING, ClockStatus.SUSPENDED)


class ClockReactor:
    """Turns clock properties into operations on the case's book, and these into events."""

    def __init__(
        self,
        *,
        book: ClockBook,
        root_key: int,
        now: datetime,
        actor_name: Callable[[], str],
        limits: LimitSource,
        calendar: Callable[[], Calendar],
        variables: Callable[[], Mapping[str, Any]],
        functions: Mapping[str, Callable[..., object]],
    ) -> None:
        self._book = book
        self._root_key = root_key
        self._now = now
        self._today = now.astimezone(LEGAL_ZONE).date()
        self._actor_name = actor_name
        self._limits = limits
        self._calendar = calendar
        self._variables = variables
        self._functions = functions
        self._seen: Mapping[str, Any] | None = None
        self._changed: set[str] = set()
        self.events: list[Derived] = []

    def element_completed(
        self, name: str, properties: Mapping[str, str], seen: Mapping[str, Any] | None = None
    ) -> None:
        """Carry out what a completed element asks for; raise ClockOperationRefused where the rules forbid it.

        Expressions see what the element saw when it was left (``seen``), else the variables of the case.
        """
        self._seen = seen
        try:
            for action in clock_actions(properties):
                if self._wanted(action):
                    self._carry_out(action, name)
        finally:
            self._seen = None

    def timer_scheduled(self, key: int, properties: Mapping[str, str]) -> str | None:
        """Note a timer that follows a clock; return the limit's id, or None when it follows none."""
        limit_id = properties.get(FOLLOWS)
        if limit_id:
            self._book.followers[key] = ("timer", limit_id)
        return limit_id

    def user_task_created(self, key: int, properties: Mapping[str, str]) -> str | None:
        """Note a user task that shows a clock's due date; return the limit's id, or None."""
        limit_id = properties.get(DUE)
        if limit_id:
            self._book.followers[key] = ("user_task", limit_id)
        return limit_id

    def enter(self, limit_id: str, day: str, evidence: str) -> None:
        """Start the clock of a case that began on paper, on the day it really began. Raises ClockOperationRefused."""
        self._start(ClockAction("start", limit_id, {"date": day, "evidence": evidence.lstrip("=")}), evidence)

    def gone(self, key: int) -> None:
        """Forget a timer or user task that is over."""
        self._book.followers.pop(key, None)

    def case_ended(self) -> None:
        """Stop what still runs: with the case its time limits end."""
        for limit_id, clock in self._book.clocks.items():
            if clock.state.status in _LIVE:
                self._operate(limit_id, clock, Stop(self._now, "案件终结"))
        self._book.followers.clear()

    @property
    def now(self) -> datetime:
        """The command's moment."""
        return self._now

    def operate(self, limit_id: str, operation: Operation) -> None:
        """Carry out what a person (or a new calendar) asks of a limit's clock; raise ClockOperationRefused."""
        self._operate(limit_id, self._clock(limit_id), operation)

    def replace_start(self, limit_id: str, day: date, evidence: str, reason: str) -> None:
        """Correct the legal day a clock started on (更正); suspensions and extensions stay. Raises as ``operate``."""
        clock = self._clock(limit_id)
        operation = Restart(self._now, reason, evidence, day)
        record, clock.state = corrected_start(clock.state, operation, self._calendar())
        self._note_change(limit_id, clock, record)

    def reckon_again(self, reason: str) -> None:
        """Reckon every running clock anew with the calendar in force; what was reckoned with it already stays."""
        calendar = self._calendar()
        for limit_id, clock in self._book.clocks.items():
            deadline = clock.state.deadline
            running = clock.state.status is ClockStatus.RUNNING
            if running and deadline is not None and deadline.calendar_version != calendar.version:
                self._operate(limit_id, clock, Recompute(reason))

    def _clock(self, limit_id: str) -> Clock:
        clock = self._book.clocks.get(limit_id)
        if clock is None:
            raise ClockOperationRefused(f"案件没有期限 {limit_id}，请刷新后再试。")
        return clock

    def tell_followers(self, fresh: Iterable[int]) -> None:
        """Say to timers and user tasks what their clocks' due moments are now; the caller tells the ``fresh`` ones."""
        known = set(fresh)
        for key, (kind, limit_id) in self._book.followers.items():
            if limit_id not in self._changed or key in known:
                continue
            due = self.due_text(limit_id)
            if kind == "timer":
                self.events.append(("timer_rescheduled", {"key": key, "due_at": due}))
            else:
                self.events.append(("user_task_due_changed", {"key": key, "due_date": due}))

    def due_text(self, limit_id: str) -> str | None:
        """Return the canonical text of a limit's due moment, or None."""
        due = self._book.due_at(limit_id)
        return None if due is None else moment_text(due)

    def _carry_out(self, action: ClockAction, name: str) -> None:
        clock = self._book.clocks.get(action.limit_id)
        live = clock is not None and clock.state.status in _LIVE
        if action.operation == "start" and not live:
            self._start(action, name)
            return
        if clock is None or not live:
            if action.operation == "stop":
                return
            raise ClockOperationRefused(f"“{name}”要操作的时限 {action.limit_id} 没有在计算，请检查流程图的时限属性。")
        if action.operation == "resume" and clock.state.status is not ClockStatus.SUSPENDED:
            return
        self._operate(action.limit_id, clock, self._operation(action, name, clock.state))

    def _start(self, action: ClockAction, name: str) -> None:
        moment = self._moment(action)
        day = self._date(action, "date") or (moment or self._now).astimezone(LEGAL_ZONE).date()
        given = self._given_length(action, day)
        chosen, rule, policy = term_in_force(self._limits, action.limit_id, day, self._calendar(), given)
        state = ClockState(rule.name, chosen.term, policy, rule.id, rule.version)
        evidence = self._text(action, "evidence") or name
        state = apply(state, Start(moment or self._now, evidence, day), self._calendar()).state
        clock = self._book.open(self._root_key, action.limit_id, state)
        self._changed.add(action.limit_id)
        self.events.append(
            ("clock_started", {"limit_id": action.limit_id, "name": rule.name, "basis": rule.basis, **_row(clock)})
        )

    def _given_length(self, action: ClockAction, day: date) -> GivenLength | None:
        """What an element says of a limit that is set case by case: its last day, or so many units."""
        due = self._date(action, "due")
        if due is not None:
            return GivenLength.until(due, day)
        if self._value(action, "amount") is None:
            return None
        return GivenLength(self._whole(action, "amount"), self._text(action, "unit") or None)

    def _operation(self, action: ClockAction, name: str, state: ClockState) -> Operation:
        day = self._date(action, "date") or self._today
        match action.operation:
            case "stop":
                return Stop(self._now, self._text(action, "reason") or name, day)
            case "resume":
                return Resume(day, self._text(action, "paper") or name)
            case "suspend":
                return Suspend(day, self._text(action, "ground") or name, self._text(action, "paper") or name)
            case "extend":
                by = Length(self._whole(action, "by"), state.term.length.unit)
                approver = self._text(action, "approver") or self._actor_name()
                return Extend(day, by, approver, self._text(action, "paper") or name)
            case _:
                evidence = self._text(action, "evidence") or name
                return Restart(self._now, self._text(action, "ground") or name, evidence, day)

    def _operate(self, limit_id: str, clock: Clock, operation: Operation) -> None:
        transition = apply(clock.state, operation, self._calendar())
        clock.state = transition.state
        self._note_change(limit_id, clock, transition.record.to_dict())

    def _note_change(self, limit_id: str, clock: Clock, record: Mapping[str, Any]) -> None:
        self._changed.add(limit_id)
        self.events.append(("clock_changed", {"limit_id": limit_id, "record": dict(record), **_row(clock)}))

    def _wanted(self, action: ClockAction) -> bool:
        condition = action.details.get("if")
        return condition is None or self._evaluate(condition) is True

    def _date(self, action: ClockAction, detail: str) -> date | None:
        value = self._value(action, detail)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        try:
            return date.fromisoformat(str(value)[:10])
        except ValueError:
            raise ClockOperationRefused(f"时限属性 clock.{action.operation}.{detail} 的值 {value} 不是日期") from None

    def _moment(self, action: ClockAction) -> datetime | None:
        """When an event happened that minutes or hours are counted from; without a zone it is the bureau's time."""
        value = self._value(action, "moment")
        if value is None or value == "":
            return None
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            raise ClockOperationRefused(
                f"时限属性 clock.{action.operation}.moment 的值 {value} 不是日期和时刻"
            ) from None
        moment = in_legal_zone(moment).astimezone(UTC)
        if moment > self._now:
            raise ClockOperationRefused(f"起算时刻 {value} 还没有到，请核对后重新填写。")
        return moment

    def _whole(self, action: ClockAction, detail: str) -> int:
        value = self._value(action, detail)
        try:
            number = Decimal(str(value))
        except ArithmeticError:
            number = Decimal("NaN")
        if not number.is_finite() or number != int(number):
            raise ClockOperationRefused(f"时限属性 clock.{action.operation}.{detail} 的值 {value} 不是整数")
        return int(number)

    def _text(self, action: ClockAction, detail: str) -> str:
        value = self._value(action, detail)
        return "" if value is None else str(value)

    def _value(self, action: ClockAction, detail: str) -> Any:
        source = action.details.get(detail)
        if source is None or not source.startswith("="):
            return source
        return self._evaluate(source)

    def _evaluate(self, source: str) -> Any:
        return compile_expression(source.removeprefix("=")).evaluate(
            self._variables() if self._seen is None else self._seen,
            now=self._now.astimezone(LEGAL_ZONE),
            functions=self._functions,
        )


def _row(clock: Clock) -> dict[str, Any]:
    state = clock.state
    deadline = state.deadline
    due = clock.due_at
    return {
        "key": clock.key,
        "status": state.status.value,
        "due_at": None if due is None else moment_text(due),
        "amber_at": None if deadline is None else moment_text(deadline.amber_at),
        "provisional": bool(deadline and deadline.provisional),
        "calendar_version": deadline.calendar_version if deadline else "",
        "state": clock_to_dict(state),
    }
