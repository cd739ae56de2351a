"""Dates, durations and repeating intervals of timers (BPMN 2.0.2 table 10.101) as ISO 8601 writes them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.clock import LEGAL_ZONE
from engine.definitions.model import TimerKind

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_DURATION = re.compile(
    rf"P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_LENGTHS = (
    timedelta(weeks=1), timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1),
)  # fmt: skip
_ZONED = re.compile(r"([^@\[]+)(?:@|\[)([A-Za-z0-9_/+\-]+)\]?")
_REPEATING = re.compile(r"R(-?\d*)/(.+)")
_MIDNIGHT = re.compile(r"(?<=T)24(?=(:?00)*(?:\.0+)?(?:Z|[+-]|$))")
_REDUCED = re.compile(r"\d{4}(-\d{2,3}|\d{3})?")
"""Months, years and days of a year: legal, but no moments."""
_COMPONENTS = re.compile(r"P\d{4}(-\d{2}-\d{2}|-\d{3}|\d{4})T\d{2}(:?\d{2}(:?\d{2})?)?")
"""The alternative form of durations, like ``P0000-00-01T12:00:00``."""

ENDLESS = -1
UNREADABLE = (ValueError, OverflowError, ZoneInfoNotFoundError)
"""What the functions here raise for text that they do not read."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An ISO 8601 duration: calendar months and an exact rest."""

    months: int
    rest: timedelta

    def after(self, moment: datetime) -> datetime:
        """Return the moment this long after ``moment``; months are counted on the legal calendar (Asia/Shanghai)."""
        if self.months:
            local = moment.astimezone(LEGAL_ZONE)
            years, month = divmod(local.year * 12 + local.month - 1 + self.months, 12)
            day = min(local.day, monthrange(years, month + 1)[1])
            moment = local.replace(year=years, month=month + 1, day=day)
        return moment.astimezone(UTC) + self.rest


@dataclass(frozen=True, slots=True)
class Repetition:
    """A repeating interval: how often (-1: endlessly), from when (None: one interval from now), how far apart."""

    times: int
    first: datetime | None
    every: str


def interval(text: str) -> Interval:
    """Read a duration like ``P1Y2M3DT4H5M6S``; only its last number may have a fraction. Raises ValueError."""
    match = _DURATION.fullmatch(text)
    written = [] if match is None else [each for each in match.groups() if each is not None]
    if match is None or not written or any(not each.isdecimal() for each in written[:-1]):
        raise ValueError(f"no ISO 8601 duration: {text}")
    years, months = (int(each or 0) for each in match.groups()[:2])
    rest = timedelta()
    for number, length in zip(match.groups()[2:], _LENGTHS, strict=True):
        rest += length * float((number or "0").replace(",", "."))
    return Interval(years * 12 + months, rest)


def repetition(text: str) -> Repetition:
    """Read ``R3/PT1H``, ``R/start/PT1H``, ``R3/PT1H/end`` or ``R3/start/end``. Raises an error of ``UNREADABLE``."""
    match = _REPEATING.fullmatch(text)
    if match is None:
        raise ValueError(f"no ISO 8601 repeating interval: {text}")
    times = int(match.group(1)) if match.group(1) else ENDLESS
    parts = match.group(2).split("/")
    every = next((part for part in reversed(parts) if part.startswith("P")), None)
    others = [moment(part) for part in parts if part is not every]
    if every is None and len(others) == 2:
        every = f"PT{(others[1] - others[0]).total_seconds():.6f}S"
    if times == 0 or every is None or len(parts) > 2:
        raise ValueError(f"no repeating interval: {text}")
    step = interval(every)
    if step.months == 0 and step.rest <= timedelta(0):
        raise ValueError("a repeating interval needs a length")
    return Repetition(max(times, ENDLESS), others[0] if others else None, every)


def aware(text: str) -> datetime:
    """Read an ISO 8601 date and time, also with a zone id behind it; without either it is meant in Asia/Shanghai.

    Raises ValueError for anything else.
    """
    zone = _ZONED.fullmatch(text)
    plain = datetime.fromisoformat(text if zone is None else zone.group(1))
    if "T" not in text:
        raise ValueError(f"no time of day: {text}")
    if plain.tzinfo is not None:
        return plain
    return plain.replace(tzinfo=LEGAL_ZONE if zone is None else ZoneInfo(zone.group(2)))


def moment(text: str) -> datetime:
    """Read a date (its first moment in Asia/Shanghai) or a date and time. Raises an error of ``UNREADABLE``."""
    if "T" not in text:
        return datetime.combine(date.fromisoformat(text), datetime.min.time(), LEGAL_ZONE).astimezone(UTC)
    return aware(text).astimezone(UTC)


def is_read(kind: TimerKind, text: str) -> bool:
    """Whether a timer of this kind can be set by ``text``."""
    reader = {TimerKind.DATE: moment, TimerKind.DURATION: interval, TimerKind.CYCLE: repetition}[kind]
    try:
        reader(text)
    except UNREADABLE:
        return False
    return True


def is_legal(kind: TimerKind, text: str) -> bool:
    """Whether ISO 8601 has this form for ``kind`` of timer, read here or not."""
    if is_read(kind, text):
        return True
    parts = text.split("/")
    match kind:
        case TimerKind.DATE:
            return _REDUCED.fullmatch(text) is not None or is_read(kind, _MIDNIGHT.sub("00", text))
        case TimerKind.DURATION if len(parts) == 2:
            return _is_stretch(parts)
        case TimerKind.DURATION:
            fractional = re.sub(r"(\d+)[.,]\d+([YM])$", r"\1\2", text)
            return _COMPONENTS.fullmatch(text) is not None or is_read(kind, fractional)
        case TimerKind.CYCLE:
            repeats, stretch = re.fullmatch(r"R-?\d*", parts[0]) is not None, parts[1:]
            return repeats and (is_legal(TimerKind.DURATION, stretch[0]) if len(stretch) == 1 else _is_stretch(stretch))


def _is_stretch(parts: list[str]) -> bool:
    """Whether the parts between slashes are a start and an end, or one of them and a duration."""
    if len(parts) != 2:
        return False
    dates = [is_legal(TimerKind.DATE, part) for part in parts]
    lengths = [is_legal(TimerKind.DURATION, part) for part in parts]
    return all(date or length for date, length in zip(dates, lengths, strict=True)) and any(dates)
