"""Arithmetic on numbers, dates, times, durations and strings (DMN 1.5, Tables 56 to 62). Null where undefined."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, DecimalException

from engine.feel.chronology import DAY_NANOS, NANOS, add_months, zone_offset_at
from engine.feel.limits import check_string
from engine.feel.numbers import CONTEXT, WIDE
from engine.feel.values import (
    DaysTimeDuration,
    FarDate,
    FeelDateTime,
    FeelTime,
    Value,
    YearsMonthsDuration,
    date_from_days,
    date_time_from_nanos,
    date_to_days,
    make_date,
)

_MAX_NANOS = 10**34
_MAX_MONTHS = 10**30
"""Far beyond the years of FEEL; only keeps products of durations from growing without end."""


def days_duration(nanos: int) -> DaysTimeDuration | None:
    """Return the duration, or None when it is absurdly long."""
    return DaysTimeDuration(nanos) if abs(nanos) <= _MAX_NANOS else None


def months_duration(months: int) -> YearsMonthsDuration | None:
    """Return the duration, or None when it is absurdly long."""
    return YearsMonthsDuration(months) if abs(months) <= _MAX_MONTHS else None


def add(left: Value, right: Value) -> Value:
    """Return ``left + right`` (Table 57)."""
    if type(left) is Decimal and type(right) is Decimal:
        return _number(CONTEXT.add, left, right)
    if type(left) is str and type(right) is str:
        return check_string(left + right)
    if isinstance(left, DaysTimeDuration | YearsMonthsDuration) and not _is_duration(right):
        return _shift(right, left, 1)
    return _shift(left, right, 1)


def subtract(left: Value, right: Value) -> Value:
    """Return ``left - right`` (Table 57)."""
    if type(left) is Decimal and type(right) is Decimal:
        return _number(CONTEXT.subtract, left, right)
    if _is_duration(right):
        return _shift(left, right, -1)
    if type(left) is FeelTime and type(right) is FeelTime:
        return _time_difference(left, right)
    return _difference(left, right)


def _is_duration(value: Value) -> bool:
    return isinstance(value, DaysTimeDuration | YearsMonthsDuration)


def _number(operation: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal) -> Decimal | None:
    try:
        return operation(left, right)
    except DecimalException:
        return None


def _shift(value: Value, duration: Value, sign: int) -> Value:
    """Return ``value`` moved by a duration, or the sum of two durations."""
    if type(duration) is YearsMonthsDuration:
        return _shift_months(value, duration.months * sign)
    if type(duration) is not DaysTimeDuration:
        return None
    nanos = duration.nanoseconds * sign
    if type(value) is DaysTimeDuration:
        return days_duration(value.nanoseconds + nanos)
    if type(value) is FeelTime:
        return value.with_nanos(value.nanos + nanos)
    if type(value) is FeelDateTime:
        return _shift_moment(value, nanos)
    if isinstance(value, date | FarDate):
        return date_from_days(date_to_days(value) + nanos // DAY_NANOS)
    return None


def _shift_moment(value: FeelDateTime, nanos: int) -> FeelDateTime | None:
    """Move a moment; in a zone the elapsed time counts, so that the wall clock follows the zone's changes."""
    zone = value.time.zone
    if zone is None:
        return date_time_from_nanos(value.local_nanos + nanos, value.time.offset, None)
    instant = value.utc_nanos() + nanos
    return date_time_from_nanos(instant + zone_offset_at(zone, instant // NANOS) * NANOS, None, zone)


def _shift_months(value: Value, months: int) -> Value:
    if type(value) is YearsMonthsDuration:
        return months_duration(value.months + months)
    if type(value) is FeelDateTime:
        day = make_date(*add_months(value.date.year, value.date.month, value.date.day, months))
        return None if day is None else FeelDateTime(day, value.time)
    if isinstance(value, date | FarDate):
        return make_date(*add_months(value.year, value.month, value.day, months))
    return None


def _time_difference(left: FeelTime, right: FeelTime) -> DaysTimeDuration | None:
    if left.is_local != right.is_local:
        return None
    shift = ((left.offset_seconds() or 0) - (right.offset_seconds() or 0)) * NANOS
    return days_duration(left.nanos - right.nanos - shift)


def _difference(left: Value, right: Value) -> DaysTimeDuration | None:
    """Return the time between two dates or date and times; a date counts as midnight UTC (Table 57)."""
    if isinstance(left, date | FarDate) and isinstance(right, date | FarDate):
        return days_duration((date_to_days(left) - date_to_days(right)) * DAY_NANOS)
    first, second = _at_midnight(left), _at_midnight(right)
    if first is None or second is None or first.is_local != second.is_local:
        return None
    return days_duration(first.utc_nanos() - second.utc_nanos())


def _at_midnight(value: Value) -> FeelDateTime | None:
    if type(value) is FeelDateTime:
        return value
    return FeelDateTime(value, FeelTime(0, 0, 0, 0, 0)) if isinstance(value, date | FarDate) else None


def multiply(left: Value, right: Value) -> Value:
    """Return ``left * right`` (Table 59)."""
    if type(left) is Decimal and type(right) is Decimal:
        return _number(CONTEXT.multiply, left, right)
    if type(left) is Decimal:
        left, right = right, left
    if type(right) is not Decimal:
        return None
    return _scale(left, lambda parts: WIDE.multiply(parts, right))


def divide(left: Value, right: Value) -> Value:
    """Return ``left / right`` (Table 59); null for a zero divisor."""
    if type(right) is Decimal:
        if not right:
            return None
        if type(left) is Decimal:
            return _number(CONTEXT.divide, left, right)
        return _scale(left, lambda parts: WIDE.divide(parts, right))
    if type(left) is YearsMonthsDuration and type(right) is YearsMonthsDuration:
        return _ratio(left.months, right.months)
    if type(left) is DaysTimeDuration and type(right) is DaysTimeDuration:
        return _ratio(left.nanoseconds, right.nanoseconds)
    return None


def _ratio(left: int, right: int) -> Decimal | None:
    return _number(CONTEXT.divide, Decimal(left), Decimal(right)) if right else None


def _scale(value: Value, operation: Callable[[Decimal], Decimal]) -> Value:
    """Return a duration whose parts went through ``operation``, cut to whole months or nanoseconds."""
    try:
        if type(value) is YearsMonthsDuration:
            result = operation(Decimal(value.months))
            return months_duration(int(result)) if result.adjusted() < 31 else None
        if type(value) is DaysTimeDuration:
            result = operation(Decimal(value.nanoseconds))
            return days_duration(int(result)) if result.adjusted() < 35 else None
    except DecimalException:
        return None
    return None


def power(left: Value, right: Value) -> Value:
    """Return ``left ** right`` (Table 60): the exponent lies within ±999,999,999."""
    if type(left) is not Decimal or type(right) is not Decimal or abs(right) > 999_999_999:
        return None
    if not right:
        return Decimal(1)
    result = _number(CONTEXT.power, left, right)
    # Zero to a negative power is infinite without any signal.
    return result if result is not None and result.is_finite() else None


def negate(value: Value) -> Value:
    """Return ``-value`` for a number or a duration."""
    if type(value) is Decimal:
        return -value if value else value
    if type(value) is DaysTimeDuration:
        return DaysTimeDuration(-value.nanoseconds)
    if type(value) is YearsMonthsDuration:
        return YearsMonthsDuration(-value.months)
    return None


OPERATIONS: dict[str, Callable[[Value, Value], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}
