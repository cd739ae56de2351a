"""The values of FEEL's semantic domain that Python has no type for (DMN 1.5, 10.3.2.1).

number is decimal.Decimal, string str, boolean bool, null None, list list, context dict[str, object], and
date datetime.date — or FarDate for years that Python's date cannot hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from engine.feel.chronology import (
    DAY_NANOS,
    NANOS,
    from_days,
    is_date,
    standard_offset,
    to_days,
    zone_offset,
)

if TYPE_CHECKING:
    from engine.feel.types import FeelType

Value = Any
"""Any FEEL value; which one is known only while an expression runs."""


@dataclass(frozen=True, slots=True, order=True)
class FarDate:
    """A date whose year lies outside 1 to 9999."""

    year: int
    month: int
    day: int


type_of_date = (date, FarDate)


def make_date(year: int, month: int, day: int) -> date | FarDate | None:
    """Return the date, or None if there is no such day or the year is outside ±999,999,999."""
    if not is_date(year, month, day):
        return None
    return date(year, month, day) if 1 <= year <= 9999 else FarDate(year, month, day)


def date_to_days(value: date | FarDate) -> int:
    """Return days since 1970-01-01."""
    if isinstance(value, FarDate):
        return to_days(value.year, value.month, value.day)
    return value.toordinal() - 719_163


def date_from_days(days: int) -> date | FarDate | None:
    """Return the date ``days`` after 1970-01-01, or None outside ±999,999,999 years."""
    if abs(days) > 366 * 10**9:
        return None
    return make_date(*from_days(days))


@dataclass(frozen=True, slots=True)
class FeelTime:
    """A time of day, local, at an offset (``offset``, seconds east of UTC) or in an IANA zone (``zone``)."""

    hour: int
    minute: int
    second: int
    nanosecond: int = 0
    offset: int | None = None
    zone: str | None = None

    @property
    def nanos(self) -> int:
        """Nanoseconds since midnight, as the clock on the wall shows."""
        return ((self.hour * 60 + self.minute) * 60 + self.second) * NANOS + self.nanosecond

    @property
    def is_local(self) -> bool:
        """Whether neither an offset nor a zone is given."""
        return self.offset is None and self.zone is None

    def offset_seconds(self) -> int | None:
        """Return the offset in seconds (a zone's standard offset, for want of a date); None for a local time."""
        if self.zone is not None:
            return standard_offset(self.zone)
        return self.offset

    def with_nanos(self, nanos: int) -> FeelTime:
        """Return the time ``nanos`` after midnight (modulo a day) with the same offset or zone."""
        return time_from_nanos(nanos, self.offset, self.zone)


def time_from_nanos(nanos: int, offset: int | None = None, zone: str | None = None) -> FeelTime:
    """Return the time of day ``nanos`` nanoseconds after midnight, modulo a day."""
    seconds, nanosecond = divmod(nanos % DAY_NANOS, NANOS)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return FeelTime(hour, minute, second, nanosecond, offset, zone)


@dataclass(frozen=True, slots=True)
class FeelDateTime:
    """A date and a time of day; the offset or zone is the time's."""

    date: date | FarDate
    time: FeelTime

    @property
    def is_local(self) -> bool:
        """Whether neither an offset nor a zone is given."""
        return self.time.is_local

    @property
    def local_nanos(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00 on the same wall clock."""
        return date_to_days(self.date) * DAY_NANOS + self.time.nanos

    def offset_seconds(self) -> int | None:
        """Return the offset from UTC in seconds at this very moment; None for a local date and time."""
        if self.time.zone is not None:
            return zone_offset(self.time.zone, date_to_days(self.date), self.time.nanos // NANOS)
        return self.time.offset

    def utc_nanos(self, default_offset: int = 0) -> int:
        """Return nanoseconds since the epoch in UTC; a local value is taken to be at ``default_offset`` seconds."""
        offset = self.offset_seconds()
        return self.local_nanos - (default_offset if offset is None else offset) * NANOS


def date_time_from_nanos(nanos: int, offset: int | None, zone: str | None) -> FeelDateTime | None:
    """Return the date and time ``nanos`` after 1970-01-01 on the wall clock, or None outside the years of FEEL."""
    days, rest = divmod(nanos, DAY_NANOS)
    day = date_from_days(days)
    return None if day is None else FeelDateTime(day, time_from_nanos(rest, offset, zone))


def from_datetime(moment: datetime) -> FeelDateTime:
    """Return Python's datetime as a FEEL date and time, keeping an IANA zone by name."""
    key = getattr(moment.tzinfo, "key", None)
    shift = moment.utcoffset()
    offset = None if shift is None or key else int(shift.total_seconds())
    clock = FeelTime(moment.hour, moment.minute, moment.second, moment.microsecond * 1000, offset, key or None)
    return FeelDateTime(moment.date(), clock)


@dataclass(frozen=True, slots=True)
class YearsMonthsDuration:
    """A duration of whole months, possibly negative."""

    months: int


@dataclass(frozen=True, slots=True)
class DaysTimeDuration:
    """A duration of days, hours, minutes and seconds, in nanoseconds, possibly negative."""

    nanoseconds: int


@dataclass(frozen=True, slots=True)
class Range:
    """An interval. ``operator`` is set when it was written as a comparison (``< 10``): the other end is then open.

    ``=`` and ``!=`` are written with both ends equal (DMN 1.5, 10.3.2.7).
    """

    start: Value
    start_included: bool
    end: Value
    end_included: bool
    operator: str | None = None


@dataclass(eq=False, slots=True)
class Function:
    """A function as a value: built in, defined in FEEL, or wrapped by DMN or by the caller.

    ``call`` takes the arguments in the order of ``parameters``, already coerced to ``parameter_types`` (None: Any),
    and returns a FEEL value; ``return_type`` None means that it is not known. ``required`` counts the parameters that
    must be given by position (None: all); ``variadic`` lets the last parameter repeat. Raising FeelDomainError inside
    ``call`` gives null and a warning.
    """

    parameters: tuple[str, ...]
    call: Callable[[list[Value]], Value]
    parameter_types: tuple[FeelType | None, ...] = ()
    return_type: FeelType | None = None
    name: str = ""
    required: int | None = None
    variadic: bool = False
    identity: object = field(default=None, repr=False)

    def __call__(self, *arguments: Value) -> Value:
        """Call with positional arguments, as any Python callable."""
        return self.call(list(arguments))

    def signature(self) -> str:
        """Return ``name(parameter, …)`` for messages."""
        return f"{self.name or 'function'}({', '.join(self.parameters)})"


def as_sequence(value: Value) -> Sequence[Value]:
    """Return a list as it is and anything else but null as a list of itself; null gives no items."""
    if isinstance(value, list):
        return value
    return () if value is None else (value,)
