"""The proleptic Gregorian calendar over the years −999,999,999 to 999,999,999, and offsets of IANA zones."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MAX_YEAR = 999_999_999
NANOS = 1_000_000_000
DAY_SECONDS = 86_400
DAY_NANOS = DAY_SECONDS * NANOS
MAX_OFFSET = 14 * 3600
"""Seconds; XML Schema Part 2 keeps offsets between −14:00 and +14:00."""

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ZONE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+)*")


def is_leap(year: int) -> bool:
    """Return whether ``year`` (0 and negative years included) has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_days(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return 29 if month == 2 and is_leap(year) else _MONTH_DAYS[month - 1]


def is_date(year: int, month: int, day: int) -> bool:
    """Return whether the three numbers name a day that FEEL can hold."""
    return -MAX_YEAR <= year <= MAX_YEAR and 1 <= month <= 12 and 1 <= day <= month_days(year, month)


def to_days(year: int, month: int, day: int) -> int:
    """Return days since 1970-01-01."""
    cycles, rest = divmod(year - 2000, 400)
    return date(2000 + rest, month, day).toordinal() - 719_163 + cycles * 146_097


def from_days(days: int) -> tuple[int, int, int]:
    """Return (year, month, day) of a number of days since 1970-01-01."""
    cycles, rest = divmod(days - 10_957, 146_097)
    inside = date.fromordinal(719_163 + 10_957 + rest)
    return inside.year + 400 * cycles, inside.month, inside.day


def add_months(year: int, month: int, day: int, months: int) -> tuple[int, int, int]:
    """Return the date ``months`` later; a day that the month does not have becomes its last day (XML Schema, E)."""
    years, index = divmod(month - 1 + months, 12)
    year, month = year + years, index + 1
    return year, month, min(day, month_days(year, month))


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo | None:
    """Return the IANA zone called ``name``, or None if there is none."""
    if len(name) > 60 or not _ZONE_NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_offset(name: str, days: int, seconds: int) -> int:
    """Return the zone's offset from UTC in seconds at a local moment (days since 1970, seconds of that day)."""
    info = zone(name)
    if info is None:
        return 0
    return _seconds(_moment(days, seconds, info).utcoffset())


def zone_offset_at(name: str, instant: int) -> int:
    """Return the zone's offset from UTC in seconds at an instant (seconds since 1970 in UTC)."""
    info = zone(name)
    if info is None:
        return 0
    return _seconds(_moment(*divmod(instant, DAY_SECONDS), UTC).astimezone(info).utcoffset())


def _moment(days: int, seconds: int, info: tzinfo) -> datetime:
    """Return Python's datetime; years that it cannot hold count as the nearest one that it can."""
    year, month, day = from_days(days)
    if not 2 <= year <= 9998:
        year, day = (2 if year < 2 else 9998), min(day, 28)
    return datetime(year, month, day, tzinfo=info) + timedelta(seconds=seconds)


def _seconds(offset: timedelta | None) -> int:
    return int(offset.total_seconds()) if offset is not None else 0


def standard_offset(name: str) -> int:
    """Return the zone's standard offset in seconds, for a time of day that belongs to no date."""
    info = zone(name)
    if info is None:
        return 0
    moment = datetime(2000, 1, 1, tzinfo=info)
    offset, saving = moment.utcoffset() or timedelta(0), moment.dst() or timedelta(0)
    return int((offset - saving).total_seconds())
