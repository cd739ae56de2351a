"""When timers fall due (BPMN 2.0.2 table 10.101): dates, durations and repeating intervals in ISO 8601 or FEEL."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.clock import LEGAL_ZONE
from engine.definitions.model import TimerKind
from engine.execution.errors import ElementFailed, TimerUnfit
from engine.feel.text import to_feel_string

_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_ZONED = re.compile(r"([^@\[]+)(?:@|\[)([A-Za-z0-9_/+\-]+)\]?")
_REPEATING = re.compile(r"R(-?\d*)/(.+)")

ENDLESS = -1


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
class Schedule:
    """When a timer is due first, how often it fires in all (-1: endlessly), and after which interval again.

    Without ``due`` it fires when the caller says so: the clock it follows is the caller's.
    """

    due: datetime | None
    repetitions: int = 1
    every: str | None = None


def schedule(kind: TimerKind, value: Any, now: datetime) -> Schedule:
    """Return the schedule for the evaluated timer expression ``value``.

    Raises ElementFailed (EXTRACT_VALUE_ERROR) when it is not what ``kind`` needs.
    """
    text = value if isinstance(value, str) else None if value is None else to_feel_string(value)
    if text is None:
        raise _unfit(kind, "null")
    text = text.strip()
    try:
        if kind is TimerKind.DATE:
            return Schedule(_moment(text))
        if kind is TimerKind.DURATION:
            return Schedule(interval(text).after(now))
        return _cycle(text, now)
    except (ValueError, OverflowError, ZoneInfoNotFoundError) as error:
        raise _unfit(kind, text) from error


def start_timer(kind: TimerKind, value: Any, now: datetime) -> tuple[datetime, int, str | None]:
    """Return when a timer start event first starts a case, how often in all (-1: endlessly), and at which interval.

    Raises TimerUnfit when the evaluated expression is not what ``kind`` needs.
    """
    try:
        found = schedule(kind, value, now)
    except ElementFailed as error:
        raise TimerUnfit(error.message) from error
    if found.due is None:
        raise TimerUnfit("定时开始事件没有时间。")
    return found.due, found.repetitions, found.every


def next_due(previous: datetime, every: str) -> datetime:
    """Return when a repeating timer that was due at ``previous`` is due again."""
    return interval(every).after(previous)


def interval(text: str) -> Interval:
    """Read an ISO 8601 duration; ValueError when it is none or empty."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        raise ValueError(f"no ISO 8601 duration: {text}")
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in match.groups()[:6])
    seconds = float(match.group(7) or 0)
    rest = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return Interval(years * 12 + months, rest)


def _cycle(text: str, now: datetime) -> Schedule:
    match = _REPEATING.fullmatch(text)
    if match is None:
        raise ValueError(f"no ISO 8601 repeating interval: {text}")
    count = int(match.group(1)) if match.group(1) else ENDLESS
    parts = match.group(2).split("/")
    every = parts[-1] if len(parts) == 1 or parts[-1].startswith("P") else parts[0]
    step = interval(every)
    if step.months == 0 and step.rest <= timedelta(0):
        raise ValueError("a repeating interval needs a length")
    first = step.after(now) if len(parts) == 1 else _moment(parts[0] if every is parts[-1] else parts[1])
    if count == 0 or len(parts) > 2:
        raise ValueError(f"no repeating interval: {text}")
    return Schedule(first, max(count, ENDLESS), every)


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


def _moment(text: str) -> datetime:
    """Read a date (its first moment in Asia/Shanghai) or a date and time."""
    if "T" not in text:
        return datetime.combine(date.fromisoformat(text), datetime.min.time(), LEGAL_ZONE).astimezone(UTC)
    return aware(text).astimezone(UTC)


_WANTED = {
    TimerKind.DATE: "日期时间（如 2026-09-01T09:00:00+08:00）",
    TimerKind.DURATION: "时长（如 P5D 或 PT1H）",
    TimerKind.CYCLE: "循环间隔（如 R3/PT10H）",
}


def _unfit(kind: TimerKind, shown: str) -> ElementFailed:
    return ElementFailed(
        "EXTRACT_VALUE_ERROR", f"定时器应得到{_WANTED[kind]}，却得到 {shown}。请改正变量或流程图，然后重试。"
    )
