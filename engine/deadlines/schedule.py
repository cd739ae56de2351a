"""The day-by-day proof of a due date, and what can be read off it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from engine.clock import LEGAL_ZONE
from engine.deadlines.calendar import ONE_DAY


@dataclass(frozen=True, slots=True)
class ProofDay:
    """One day of the proof: whether it counts, as which day of the period, and why (Chinese)."""

    date: date
    counted: bool
    number: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """A computed period.

    ``raw`` is the last day before rolling, ``due`` the legal last day (None while a suspension is open). ``due_at`` is
    the first moment too late, in UTC: the midnight that ends the last day in Asia/Shanghai (24:00, 民法典 §203②), or
    the exact moment for periods in hours. ``provisional`` tells that a day without notice decided something (暂算).
    """

    start: date
    raw: date | None
    due: date | None
    due_at: datetime | None
    provisional: bool
    calendar_version: str
    proof: tuple[ProofDay, ...]

    @property
    def counted_days(self) -> tuple[date, ...]:
        """Return the days that count, in the order of counting."""
        return tuple(row.date for row in self.proof if row.counted)

    def counted_until(self, day: date) -> int:
        """Return how many days of the period have counted up to and including ``day``."""
        return sum(1 for counted in self.counted_days if counted <= day)

    def remaining_after(self, day: date) -> int:
        """Return how many days of the period are still to count after ``day``."""
        return sum(1 for counted in self.counted_days if counted > day)


def day_begins(day: date) -> datetime:
    """Return the moment ``day`` begins in Asia/Shanghai, in UTC."""
    return datetime.combine(day, time(), LEGAL_ZONE).astimezone(UTC)


def day_ends(day: date) -> datetime:
    """Return the midnight that ends ``day`` in Asia/Shanghai, in UTC: the first moment no longer in it."""
    return day_begins(day + ONE_DAY)


def legal_day(moment: datetime) -> date:
    """Return the date of ``moment`` in Asia/Shanghai. Raises ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(LEGAL_ZONE).date()


def last_day_before(moment: datetime) -> date:
    """Return the legal day of the instant before ``moment``: midnight belongs to the day it ends."""
    return legal_day(moment - timedelta(microseconds=1))
