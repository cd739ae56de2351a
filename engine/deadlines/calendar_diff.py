"""What changes between two versions of the calendar: shown before a notice is published, recorded after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engine.deadlines.calendar import Calendar
from engine.deadlines.calendar_year import YearStatus


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day whose standing changed; the reasons are Chinese sentences."""

    date: date
    was_working: bool
    is_working: bool
    old_reason: str
    new_reason: str


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A year that became more (or less) reliable, or whose source changed."""

    year: int
    old_status: YearStatus
    new_status: YearStatus
    old_source: str
    new_source: str


@dataclass(frozen=True, slots=True)
class CalendarDifference:
    """All changes from ``old_version`` to ``new_version``, in order of date.

    ``renamed`` are days that stay working or off but for another reason.
    """

    old_version: str
    new_version: str
    statuses: tuple[StatusChange, ...]
    days: tuple[DayChange, ...]
    renamed: tuple[DayChange, ...]

    @property
    def empty(self) -> bool:
        """Return whether nothing changed at all."""
        return not (self.statuses or self.days or self.renamed)


def compare_calendars(old: Calendar, new: Calendar) -> CalendarDifference:
    """Return what ``new`` changes, over every year that either of them knows."""
    years = sorted({year.year for calendar in (old, new) for year in calendar.years})
    changes = [change for year in years for change in _day_changes(old, new, year)]
    return CalendarDifference(
        old.version,
        new.version,
        tuple(change for year in years if (change := _status_change(old, new, year))),
        tuple(change for change in changes if change.was_working != change.is_working),
        tuple(change for change in changes if change.was_working == change.is_working),
    )


def _day_changes(old: Calendar, new: Calendar, year: int) -> list[DayChange]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=shift) for shift in range((date(year, 12, 31) - first).days + 1))
    return [_change(old, new, day) for day in days if old.listed(day) != new.listed(day)]


def _change(old: Calendar, new: Calendar, day: date) -> DayChange:
    before, after = old.explain(day), new.explain(day)
    return DayChange(day, before.working, after.working, before.reason, after.reason)


def _status_change(old: Calendar, new: Calendar, year: int) -> StatusChange | None:
    before, after = (_standing(calendar, year) for calendar in (old, new))
    return None if before == after else StatusChange(year, before[0], after[0], before[1], after[1])


def _standing(calendar: Calendar, year: int) -> tuple[YearStatus, str]:
    known = {entry.year: entry.source for entry in calendar.years}
    return calendar.status(year), known.get(year, "")
