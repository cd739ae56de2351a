"""When a clock turns amber and red, and how often and how far it may be extended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.deadlines import hours
from engine.deadlines.calendar import Calendar, move
from engine.deadlines.errors import TermInvalid
from engine.deadlines.schedule import Schedule, day_begins
from engine.deadlines.suspension import Suspension
from engine.deadlines.term import Length, Term, Unit


@dataclass(frozen=True, slots=True)
class Threshold:
    """A warning point: when ``percent`` of the period has run, or when ``days_before`` days of it remain.

    Exactly one is given; days are those the term counts (working days for working days). Raises TermInvalid otherwise.
    """

    percent: int | None = None
    days_before: int | None = None

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.days_before is None):
            raise TermInvalid("预警点须在“比例”和“提前天数”中选一个")
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise TermInvalid(f"预警比例须在 0 到 100 之间，现为 {self.percent}")
        if self.days_before is not None and not 0 <= self.days_before <= 1000:
            raise TermInvalid(f"预警提前天数须在 0 到 1000 之间，现为 {self.days_before}")

    def to_dict(self) -> dict[str, int | None]:
        """Return the threshold as plain JSON values."""
        return {"percent": self.percent, "days_before": self.days_before}

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Threshold:
        """Read what ``to_dict`` writes. Raises KeyError, TypeError or TermInvalid."""
        return cls(_optional_int(data["percent"]), _optional_int(data["days_before"]))


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """Warning points and limits of extension. Without a rule that allows it, a period cannot be extended.

    ``max_extension`` bounds each single extension and must be of the same unit.
    """

    amber: Threshold
    red: Threshold
    max_extensions: int = 0
    max_extension: Length | None = None

    @classmethod
    def usual(cls, term: Term, *, max_extensions: int = 0, max_extension: Length | None = None) -> ClockPolicy:
        """Return the bureau's usual warnings for ``term``: amber at 70 %, red one day before the end.

        Backward periods warn three days and one day before; periods in hours at half and at four fifths.
        """
        if term.backward:
            amber, red = Threshold(days_before=3), Threshold(days_before=1)
        elif term.length.unit.by_moment:
            amber, red = Threshold(percent=50), Threshold(percent=80)
        else:
            amber, red = Threshold(percent=70), Threshold(days_before=1)
        return cls(amber, red, max_extensions, max_extension)

    def check(self, term: Term) -> None:
        """Raise TermInvalid when the policy does not fit: a backward period has no start to take a share of."""
        if term.backward and (self.amber.percent is not None or self.red.percent is not None):
            raise TermInvalid("倒推期限的预警只能用“提前天数”")

    def to_dict(self) -> dict[str, object]:
        """Return the policy as plain JSON values."""
        return {
            "amber": self.amber.to_dict(),
            "red": self.red.to_dict(),
            "max_extensions": self.max_extensions,
            "max_extension": self.max_extension.to_dict() if self.max_extension else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> ClockPolicy:
        """Read what ``to_dict`` writes. Raises KeyError, TypeError, ValueError or TermInvalid."""
        limit = data["max_extension"]
        return cls(
            Threshold.from_dict(_mapping(data["amber"])),
            Threshold.from_dict(_mapping(data["red"])),
            _optional_int(data["max_extensions"]) or 0,
            None if limit is None else Length.from_dict(_mapping(limit)),
        )


@dataclass(frozen=True, slots=True)
class Running:
    """What a running clock's warning points are reckoned from."""

    term: Term
    schedule: Schedule
    started_at: datetime
    extensions: tuple[Length, ...]
    suspensions: tuple[Suspension, ...]
    calendar: Calendar


def warning_moment(threshold: Threshold, running: Running) -> datetime:
    """Return the moment (UTC) at which ``threshold`` is reached; never after the due moment."""
    due_at = running.schedule.due_at
    if due_at is None:
        raise ValueError("a suspended period has no warning point")
    if running.term.backward:
        moment = _before_event(threshold, running, due_at)
    elif running.term.length.unit.by_moment:
        moment = _within_hours(threshold, running, due_at)
    else:
        moment = _within_days(threshold, running, due_at)
    return min(moment, due_at)


def _before_event(threshold: Threshold, running: Running, due_at: datetime) -> datetime:
    days = threshold.days_before or 0
    due = running.schedule.due
    if due is None or running.term.length.unit.by_moment:
        return due_at - timedelta(days=days)
    if running.term.length.unit is Unit.WORKING_DAY:
        return day_begins(running.calendar.add_working_days(due, -days).date)
    return day_begins(move(due, timedelta(days=-days)))


def _within_hours(threshold: Threshold, running: Running, due_at: datetime) -> datetime:
    if threshold.days_before is not None:
        return max(running.started_at, due_at - timedelta(days=threshold.days_before))
    share = hours.length_of(running.term, running.extensions) * (threshold.percent or 0) / 100
    moment, _ = hours.run(running.started_at, share, running.suspensions)
    return moment or due_at


def _within_days(threshold: Threshold, running: Running, due_at: datetime) -> datetime:
    counted = running.schedule.counted_days
    if threshold.days_before is not None:
        position = len(counted) - threshold.days_before
    else:
        # Rounded up: the day on which the share is reached.
        position = -(-len(counted) * (threshold.percent or 0) // 100)
    if position <= 0:
        return running.started_at
    return day_begins(counted[position - 1])


def _optional_int(value: object) -> int | None:
    if value is not None and type(value) is not int:
        raise TypeError(f"{value!r} 不是整数")
    return value


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r} 不是键值表")
    return value
