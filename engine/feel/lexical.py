"""The lexical forms of dates, times and durations (XML Schema Part 2, ISO 8601; DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

import re
from datetime import date

from engine.feel.arithmetic import days_duration, months_duration
from engine.feel.chronology import MAX_OFFSET, NANOS, zone
from engine.feel.values import (
    DaysTimeDuration,
    FarDate,
    FeelDateTime,
    FeelTime,
    Value,
    YearsMonthsDuration,
    date_from_days,
    date_to_days,
    make_date,
)

_YEAR = r"(?P<year>-?(?:[1-9][0-9]{4,8}|[0-9]{4}))"
_OFFSET = r"(?P<offset>[Zz]|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)"
_DATE = re.compile(_YEAR + r"-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})" + f"(?:{_OFFSET})?")
_TIME = re.compile(
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
    rf"(?:{_OFFSET}|@(?P<zone>.+))?"
)
_DAYS = re.compile(
    r"(?P<sign>-)?P(?=[0-9T])(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+)(?:\.(?P<fraction>[0-9]+))?S)?)?"
)
_MONTHS = re.compile(r"(?P<sign>-)?P(?=[0-9])(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?")
_MAX_TEXT = 100
"""No temporal form is longer."""


def parse_date(text: str) -> date | FarDate | None:
    """Return the date that ``text`` spells; an offset after it is allowed by XML Schema and says nothing here."""
    match = _DATE.fullmatch(text) if len(text) <= _MAX_TEXT else None
    if match is None or (match["offset"] and _offset(match["offset"]) is None):
        return None
    return make_date(int(match["year"]), int(match["month"]), int(match["day"]))


def parse_time(text: str) -> FeelTime | None:
    """Return the time of day that ``text`` spells; 24:00:00 is midnight."""
    found = _time(text)
    return None if found is None else found[0]


def _time(text: str) -> tuple[FeelTime, bool] | None:
    """Return (time, whether it was written 24:00:00)."""
    match = _TIME.fullmatch(text) if len(text) <= _MAX_TEXT else None
    if match is None:
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    nanos = int((match["fraction"] or "0")[:9].ljust(9, "0"))
    ends_day = hour == 24 and not minute and not second and not nanos
    if (hour > 23 and not ends_day) or minute > 59 or second > 59:
        return None
    offset = _offset(match["offset"]) if match["offset"] else None
    if (match["offset"] and offset is None) or (match["zone"] and zone(match["zone"]) is None):
        return None
    return FeelTime(0 if ends_day else hour, minute, second, nanos, offset, match["zone"]), ends_day


def _offset(text: str) -> int | None:
    """Return seconds east of UTC, or None outside ±14:00."""
    if text in ("Z", "z"):
        return 0
    hours, minutes, *rest = (int(part) for part in text[1:].split(":"))
    seconds = rest[0] if rest else 0
    total = (hours * 60 + minutes) * 60 + seconds
    if minutes > 59 or seconds > 59 or total > MAX_OFFSET:
        return None
    return -total if text[0] == "-" else total


def parse_date_time(text: str) -> FeelDateTime | None:
    """Return the date and time that ``text`` spells; a date alone is its midnight."""
    if len(text) > _MAX_TEXT:
        return None
    day_text, mark, time_text = text.partition("T")
    match = _DATE.fullmatch(day_text)
    day = parse_date(day_text)
    if match is None or day is None or (mark and match["offset"]):
        return None
    if not mark:
        return FeelDateTime(day, FeelTime(0, 0, 0, 0, _offset(match["offset"]) if match["offset"] else None))
    found = _time(time_text)
    if found is None:
        return None
    clock, ends_day = found
    if ends_day:
        following = date_from_days(date_to_days(day) + 1)
        return None if following is None else FeelDateTime(following, clock)
    return FeelDateTime(day, clock)


def parse_duration(text: str) -> DaysTimeDuration | YearsMonthsDuration | None:
    """Return the duration that ``text`` spells: xs:dayTimeDuration or xs:yearMonthDuration."""
    if len(text) > _MAX_TEXT:
        return None
    match = _MONTHS.fullmatch(text)
    if match is not None:
        months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
        return months_duration(-months if match["sign"] else months)
    match = _DAYS.fullmatch(text)
    if match is None:
        return None
    seconds = int(match["days"] or 0) * 86_400 + int(match["hours"] or 0) * 3600
    seconds += int(match["minutes"] or 0) * 60 + int(match["seconds"] or 0)
    nanos = seconds * NANOS + int((match["fraction"] or "0")[:9].ljust(9, "0"))
    return days_duration(-nanos if match["sign"] else nanos)


def parse_at_literal(text: str) -> Value:
    """Return the date, time, date and time or duration that ``@"text"`` stands for, or None (rule 65)."""
    if text[:1] == "P" or text[:2] == "-P":
        return parse_duration(text)
    if "T" in text.partition("@")[0]:
        return parse_date_time(text)
    found = parse_date(text)
    return parse_time(text) if found is None else found
