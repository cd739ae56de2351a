"""From one state of a clock to the next, with a record of the old and the new due date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from engine.deadlines.calendar import Calendar
from engine.deadlines.clock_state import ClockState, ClockStatus, Deadline, Extension, deadline_of
from engine.deadlines.errors import ClockOperationRefused, ExtensionRefused
from engine.deadlines.operations import (
    Extend,
    Operation,
    Recompute,
    Restart,
    Resume,
    Start,
    Stop,
    Suspend,
    operation_to_dict,
)
from engine.deadlines.schedule import legal_day
from engine.deadlines.suspension import Suspension

_MAXIMUM_OPERATIONS = 200
_STATUS_NAMES = {
    ClockStatus.NOT_STARTED: "尚未起算",
    ClockStatus.RUNNING: "正在计算",
    ClockStatus.SUSPENDED: "处于中止",
    ClockStatus.STOPPED: "已经停止",
}


@dataclass(frozen=True, slots=True)
class ClockRecord:
    """What history keeps of an operation: what was done, and the due dates before and after (None: undetermined)."""

    operation: Operation
    old: Deadline | None
    new: Deadline | None
    calendar_version: str

    @property
    def moved(self) -> bool:
        """Return whether the due date changed."""
        return (self.old.due_at if self.old else None) != (self.new.due_at if self.new else None)

    def to_dict(self) -> dict[str, object]:
        """Return the record as plain JSON values, moments in UTC."""
        return {
            **operation_to_dict(self.operation),
            "old_due": _iso(self.old.due if self.old else None),
            "new_due": _iso(self.new.due if self.new else None),
            "old_due_at": _iso(self.old.due_at if self.old else None),
            "new_due_at": _iso(self.new.due_at if self.new else None),
            "provisional": bool(self.new and self.new.provisional),
            "calendar_version": self.calendar_version,
        }


@dataclass(frozen=True, slots=True)
class Transition:
    """The state after an operation, and its record."""

    state: ClockState
    record: ClockRecord


def apply(state: ClockState, operation: Operation, calendar: Calendar) -> Transition:
    """Return ``state`` after ``operation``.

    Raises ClockOperationRefused (or ExtensionRefused) when the order, the dates or missing papers forbid it.
    """
    changed = _changed(state, operation)
    # A stopped clock keeps the date it was judged by; everything else is reckoned anew.
    deadline = state.deadline if changed.status is ClockStatus.STOPPED else deadline_of(changed, calendar)
    after = replace(changed, deadline=deadline)
    return Transition(after, ClockRecord(operation, state.deadline, deadline, calendar.version))


def what_if(state: ClockState, operations: Iterable[Operation], calendar: Calendar) -> tuple[Transition, ...]:
    """Return what would follow from ``operations`` in turn; nothing is changed. Raises what ``apply`` raises."""
    transitions: list[Transition] = []
    for operation in operations:
        if len(transitions) >= _MAXIMUM_OPERATIONS:
            raise ClockOperationRefused(f"一次最多试算 {_MAXIMUM_OPERATIONS} 步，请减少操作")
        state = transitions[-1].state if transitions else state
        transitions.append(apply(state, operation, calendar))
    return tuple(transitions)


def _changed(state: ClockState, operation: Operation) -> ClockState:
    match operation:
        case Start():
            return _start(state, operation)
        case Suspend():
            return _suspend(state, operation)
        case Resume():
            return _resume(state, operation)
        case Extend():
            return _extend(state, operation)
        case Restart():
            return _restart(state, operation)
        case Stop():
            return _stop(state, operation)
        case Recompute():
            return state


def _start(state: ClockState, operation: Start) -> ClockState:
    _expect(state, "起算", ClockStatus.NOT_STARTED)
    _require("起算", 依据=operation.evidence)
    return _begun(state, operation.at, operation.effective_date, operation.evidence)


def _begun(state: ClockState, at: datetime, effective_date: date | None, evidence: str) -> ClockState:
    day = legal_day(at)
    if state.term.length.unit.by_moment and effective_date not in (None, day):
        raise ClockOperationRefused("按小时计算的期限以时刻起算，生效日期须与起算时刻为同一天")
    return replace(
        state,
        status=ClockStatus.RUNNING,
        started_at=at.astimezone(UTC),
        effective_date=effective_date or day,
        evidence=evidence,
    )


def _suspend(state: ClockState, operation: Suspend) -> ClockState:
    _expect(state, "中止", ClockStatus.RUNNING)
    _forward_only(state, "中止")
    _require("中止", 事由=operation.ground, 文书=operation.paper)
    first = operation.first_day
    if state.effective_date is not None and first < state.effective_date:
        raise ClockOperationRefused(f"中止不能早于起算日 {state.effective_date}，请核对日期")
    if state.deadline is not None and first > state.deadline.due:
        raise ClockOperationRefused(f"期限已于 {state.deadline.due} 届满，此后不能中止，请核对日期")
    last = state.suspensions[-1].last if state.suspensions else None
    if last is not None and first <= last:
        raise ClockOperationRefused(f"与此前的中止期间（至 {last}）重叠，请核对日期")
    suspension = Suspension(first, None, operation.ground, operation.paper)
    return replace(state, status=ClockStatus.SUSPENDED, suspensions=(*state.suspensions, suspension))


def _resume(state: ClockState, operation: Resume) -> ClockState:
    _expect(state, "恢复", ClockStatus.SUSPENDED)
    _require("恢复", 文书=operation.paper)
    *earlier, current = state.suspensions
    if operation.last_day < current.first:
        raise ClockOperationRefused(f"恢复不能早于中止首日 {current.first}，请核对日期")
    closed = replace(current, last=operation.last_day)
    return replace(state, status=ClockStatus.RUNNING, suspensions=(*earlier, closed))


def _extend(state: ClockState, operation: Extend) -> ClockState:
    _expect(state, "延长", ClockStatus.RUNNING, ClockStatus.SUSPENDED)
    _forward_only(state, "延长")
    _require("延长", 批准人=operation.approver, 文书=operation.paper)
    _check_extension(state, operation)
    extension = Extension(operation.by, operation.decided_on, operation.approver, operation.paper)
    return replace(state, extensions=(*state.extensions, extension))


def _check_extension(state: ClockState, operation: Extend) -> None:
    policy, limit = state.policy, state.policy.max_extension
    if policy.max_extensions == 0:
        raise ExtensionRefused("该期限没有可以延长的规定，请按期办结")
    if len(state.extensions) >= policy.max_extensions:
        raise ExtensionRefused(f"该期限最多延长 {policy.max_extensions} 次，已经用完")
    if operation.by.amount == 0 or operation.by.unit.by_moment != state.term.length.unit.by_moment:
        raise ExtensionRefused(f"延长 {operation.by} 与期限 {state.term.length} 的计算单位不符，请改正")
    if limit is not None and operation.by.unit is not limit.unit:
        raise ExtensionRefused(f"延长须以与规定相同的单位计算（最长 {limit}），请改正")
    if limit is not None and operation.by.amount > limit.amount:
        raise ExtensionRefused(f"延长最长不得超过 {limit}，现为 {operation.by}，请改正")
    if state.deadline is not None and operation.decided_on > state.deadline.due:
        raise ExtensionRefused(f"期限已于 {state.deadline.due} 届满，延长须在届满前决定并告知")
    if state.effective_date is not None and operation.decided_on < state.effective_date:
        raise ExtensionRefused(f"延长决定不能早于起算日 {state.effective_date}，请核对日期")


def _restart(state: ClockState, operation: Restart) -> ClockState:
    _expect(state, "重新起算", ClockStatus.RUNNING, ClockStatus.SUSPENDED)
    _require("重新起算", 事由=operation.ground, 依据=operation.evidence)
    fresh = replace(state, suspensions=(), extensions=(), restarts=state.restarts + 1)
    begun = _begun(fresh, operation.at, operation.effective_date, operation.evidence)
    old, new = state.effective_date, begun.effective_date
    if not state.term.backward and old is not None and new is not None and new < old:
        raise ClockOperationRefused(f"重新起算不能早于原起算日 {old}，请核对日期")
    return begun


def _stop(state: ClockState, operation: Stop) -> ClockState:
    _expect(state, "停止", ClockStatus.RUNNING, ClockStatus.SUSPENDED)
    _require("停止", 事由=operation.reason)
    day = operation.effective_date or legal_day(operation.at)
    if not state.term.backward and state.effective_date is not None and day < state.effective_date:
        raise ClockOperationRefused(f"停止不能早于起算日 {state.effective_date}，请核对日期")
    return replace(state, status=ClockStatus.STOPPED, stopped_at=operation.at.astimezone(UTC), stopped_on=day)


def _expect(state: ClockState, action: str, *allowed: ClockStatus) -> None:
    if state.status not in allowed:
        names = "或".join(_STATUS_NAMES[status] for status in allowed)
        message = f"“{state.name}”{_STATUS_NAMES[state.status]}，不能{action}；只有{names}的期限可以{action}"
        raise ClockOperationRefused(message, details={"status": state.status.value})


def _forward_only(state: ClockState, action: str) -> None:
    if state.term.backward:
        raise ClockOperationRefused(f"倒推期限不能{action}；基准日变动的，请重新起算")


def _require(action: str, **texts: str) -> None:
    missing = [name for name, text in texts.items() if not text.strip()]
    if missing:
        raise ClockOperationRefused(f"{action}须写明{'、'.join(missing)}，请补填")


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
