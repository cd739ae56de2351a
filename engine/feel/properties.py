"""Properties of dates, times, durations and ranges, and selection from lists (DMN 1.5, Tables 64 to 67)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from engine.feel.chronology import DAY_NANOS, NANOS
from engine.feel.values import (
    DaysTimeDuration,
    FarDate,
    FeelDateTime,
    FeelTime,
    Range,
    Value,
    YearsMonthsDuration,
    date_to_days,
)

_ABSENT = object()


def member(value: Value, name: str, missing: Callable[[], None]) -> Value:
    """Return ``value.name``; for a list the list of its items' members; null, with a call to ``missing``, if none."""
    if type(value) is dict:
        found = value.get(name, _ABSENT)
    elif type(value) is list:
        return [None if item is None else member(item, name, missing) for item in value]
    else:
        found = _property(value, name)
    if found is _ABSENT:
        missing()
        return None
    return found


def weekday(value: date | FarDate) -> int:
    """Return 1 for Monday to 7 for Sunday."""
    return (date_to_days(value) + 3) % 7 + 1


def _property(value: Value, name: str) -> Value:
    if isinstance(value, date | FarDate):
        return _date_property(value, name)
    if isinstance(value, FeelDateTime):
        found = _date_property(value.date, name)
        return _time_property(value, value.time, name) if found is _ABSENT else found
    if isinstance(value, FeelTime):
        return _time_property(value, value, name)
    if isinstance(value, Range):
        return _range_property(value, name)
    return _duration_property(value, name)


def _date_property(value: date | FarDate, name: str) -> Value:
    if name in ("year", "month", "day"):
        return Decimal(getattr(value, name))
    return Decimal(weekday(value)) if name == "weekday" else _ABSENT


def _time_property(value: FeelDateTime | FeelTime, time: FeelTime, name: str) -> Value:
    if name in ("hour", "minute"):
        return Decimal(getattr(time, name))
    if name == "second":
        return _with_fraction(time.second, time.nanosecond)
    if name == "time offset":
        offset = value.offset_seconds()
        return None if offset is None else DaysTimeDuration(offset * NANOS)
    return time.zone if name == "timezone" else _ABSENT


def _with_fraction(seconds: int, nanos: int) -> Decimal:
    return Decimal(seconds) if not nanos else Decimal(seconds * NANOS + nanos).scaleb(-9).normalize()


def _range_property(value: Range, name: str) -> Value:
    if name == "start included":
        return value.start_included
    if name == "end included":
        return value.end_included
    return {"start": value.start, "end": value.end}.get(name, _ABSENT)


def _duration_property(value: Value, name: str) -> Value:
    if isinstance(value, YearsMonthsDuration):
        sign, months = (-1 if value.months < 0 else 1), abs(value.months)
        return {"years": Decimal(sign * (months // 12)), "months": Decimal(sign * (months % 12))}.get(name, _ABSENT)
    if not isinstance(value, DaysTimeDuration):
        return _ABSENT
    sign, nanos = (-1 if value.nanoseconds < 0 else 1), abs(value.nanoseconds)
    parts = {
        "days": Decimal(nanos // DAY_NANOS),
        "hours": Decimal(nanos // (3600 * NANOS) % 24),
        "minutes": Decimal(nanos // (60 * NANOS) % 60),
        "seconds": _with_fraction(nanos // NANOS % 60, nanos % NANOS),
    }
    found = parts.get(name, _ABSENT)
    return found * sign if isinstance(found, Decimal) and found else found
