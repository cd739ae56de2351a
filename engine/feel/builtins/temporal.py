"""Date and time functions (DMN 1.5, Tables 77, 79 and 82, and the sort of duration between two days)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from engine.feel.builtins.registry import builtin
from engine.feel.chronology import from_days, to_days
from engine.feel.equality import same
from engine.feel.properties import weekday
from engine.feel.runtime import Root
from engine.feel.values import FarDate, FeelDateTime, Value, YearsMonthsDuration, date_to_days, from_datetime

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_part(value: Value) -> date | FarDate:
    """Return the date of a date or date and time."""
    return value.date if isinstance(value, FeelDateTime) else value


@builtin("is(value1: any, value2: any) -> boolean")
def is_same(value1: Value, value2: Value) -> bool:
    """Return whether both are the same element of the domain; offsets and zones count."""
    return same(value1, value2)


@builtin("years and months duration(from: day, to: day) -> years and months duration")
def years_and_months_duration(start: Value, end: Value) -> YearsMonthsDuration:
    """Return the whole months between two days; times of day do not count."""
    first, last = day_part(start), day_part(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return YearsMonthsDuration(months)


@builtin("day of year(date: day) -> number")
def day_of_year(value: Value) -> Decimal:
    """Return the number of the day in its year."""
    day = day_part(value)
    return Decimal(date_to_days(day) - to_days(day.year, 1, 1) + 1)


@builtin("day of week(date: day) -> string")
def day_of_week(value: Value) -> str:
    """Return the English name of the weekday."""
    return _WEEKDAYS[weekday(day_part(value)) - 1]


@builtin("month of year(date: day) -> string")
def month_of_year(value: Value) -> str:
    """Return the English name of the month."""
    return _MONTHS[day_part(value).month - 1]


@builtin("week of year(date: day) -> number")
def week_of_year(value: Value) -> Decimal:
    """Return the number of the week in its year by ISO 8601."""
    days = date_to_days(day_part(value))
    thursday = days - (days + 3) % 7 + 3
    year = from_days(thursday)[0]
    return Decimal((thursday - to_days(year, 1, 1)) // 7 + 1)


@builtin("now() -> date and time", needs_root=True)
def now(root: Root) -> FeelDateTime:
    """Return the moment given to the evaluation."""
    return from_datetime(root.moment())


@builtin("today() -> date", needs_root=True)
def today(root: Root) -> date:
    """Return the date of the moment given to the evaluation, in that moment's own zone."""
    return root.moment().date()
