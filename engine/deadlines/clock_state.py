"""The state of one legal clock: immutable, plain, and able to say its light without a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from engine.deadlines.calendar import Calendar
from engine.deadlines.due import compute_due
from engine.deadlines.errors import ClockOperationRefused
from engine.deadlines.policy import ClockPolicy, Running, warning_moment
from engine.deadlines.schedule import Schedule
from engine.deadlines.suspension import Suspension
from engine.deadlines.term import Direction, Length, Term


class ClockStatus(StrEnum):
    """Where a clock is in its life."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    SUSPENDED = "suspended"
    STOPPED = "stopped"


class Light(StrEnum):
    """What is shown to people. ``satisfied``: a minimum period has run, the next step may be taken."""

    NOT_STARTED = "not_started"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    OVERDUE = "overdue"
    SATISFIED = "satisfied"
    SUSPENDED = "suspended"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Extension:
    """A granted extension: how long, decided when, by whom, with which paper."""

    by: Length
    decided_on: date
    approver: str
    paper: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The computed dates. ``due`` is the legal last day; the moments are UTC, ``due_at`` the first one too late."""

    due: date
    due_at: datetime
    amber_at: datetime
    red_at: datetime
    provisional: bool
    calendar_version: str


@dataclass(frozen=True, slots=True)
class ClockState:
    """A clock for ``term``. ``deadline`` is None before the start and while suspended.

    ``rule_id`` and ``rule_version`` tell which row of the time limits was in force. Raises TermInvalid when the policy
    does not fit the term.
    """

    name: str
    term: Term
    policy: ClockPolicy
    rule_id: str = ""
    rule_version: str = ""
    status: ClockStatus = ClockStatus.NOT_STARTED
    started_at: datetime | None = None
    effective_date: date | None = None
    evidence: str = ""
    suspensions: tuple[Suspension, ...] = ()
    extensions: tuple[Extension, ...] = ()
    restarts: int = 0
    stopped_at: datetime | None = None
    stopped_on: date | None = None
    deadline: Deadline | None = None

    def __post_init__(self) -> None:
        self.policy.check(self.term)

    def light(self, now: datetime) -> Light:
        """Return the light at the moment ``now`` (with a zone)."""
        if self.status is not ClockStatus.RUNNING or self.deadline is None:
            return Light(self.status.value)
        minimum = self._leaves_time
        if now >= self.deadline.due_at:
            return Light.SATISFIED if minimum else Light.OVERDUE
        if minimum or now < self.deadline.amber_at:
            return Light.GREEN
        return Light.RED if now >= self.deadline.red_at else Light.AMBER

    @property
    def _leaves_time(self) -> bool:
        """A forward minimum has to run out; a backward one (会前三天) is a last day like any other."""
        return self.term.direction is Direction.MINIMUM and not self.term.backward

    @property
    def kept(self) -> bool | None:
        """Return whether a stopped clock was stopped in time (a minimum: not before its end); None if undecidable."""
        if self.stopped_at is None or self.stopped_on is None or self.deadline is None:
            return None
        if self.term.length.unit.by_moment:
            in_period = self.stopped_at < self.deadline.due_at
        else:
            in_period = self.stopped_on <= self.deadline.due
        return not in_period if self._leaves_time else in_period


def schedule_of(state: ClockState, calendar: Calendar) -> Schedule:
    """Return the day-by-day proof of the clock as it stands. Raises ClockOperationRefused before the start."""
    if state.started_at is None or state.effective_date is None:
        raise ClockOperationRefused("期限尚未起算，没有可供核对的日期；请先登记起算")
    start = state.started_at if state.term.length.unit.by_moment else state.effective_date
    lengths = tuple(extension.by for extension in state.extensions)
    return compute_due(state.term, start, calendar, suspensions=state.suspensions, extensions=lengths)


def deadline_of(state: ClockState, calendar: Calendar) -> Deadline | None:
    """Return the clock's dates under ``calendar``, or None while a suspension is open or before the start."""
    if state.started_at is None:
        return None
    schedule = schedule_of(state, calendar)
    if schedule.due is None or schedule.due_at is None:
        return None
    lengths = tuple(extension.by for extension in state.extensions)
    running = Running(state.term, schedule, state.started_at, lengths, state.suspensions, calendar)
    red_at = warning_moment(state.policy.red, running)
    amber_at = min(red_at, warning_moment(state.policy.amber, running))
    return Deadline(schedule.due, schedule.due_at, amber_at, red_at, schedule.provisional, schedule.calendar_version)
