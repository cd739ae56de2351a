"""When timers fall due (BPMN 2.0.2 table 10.101): dates, durations and repeating intervals in ISO 8601 or FEEL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.definitions.iso8601 import UNREADABLE, interval, moment, repetition
from engine.definitions.model import TimerKind
from engine.execution.errors import ElementFailed, TimerUnfit
from engine.feel.text import to_feel_string


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
            return Schedule(moment(text))
        if kind is TimerKind.DURATION:
            return Schedule(interval(text).after(now))
        return _cycle(text, now)
    except UNREADABLE as error:
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


def _cycle(text: str, now: datetime) -> Schedule:
    found = repetition(text)
    first = found.first if found.first is not None else interval(found.every).after(now)
    return Schedule(first, found.times, found.every)


_WANTED = {
    TimerKind.DATE: "日期时间（如 2026-09-01T09:00:00+08:00）",
    TimerKind.DURATION: "时长（如 P5D 或 PT1H）",
    TimerKind.CYCLE: "循环间隔（如 R3/PT10H）",
}


def _unfit(kind: TimerKind, shown: str) -> ElementFailed:
    return ElementFailed(
        "EXTRACT_VALUE_ERROR", f"定时器应得到{_WANTED[kind]}，却得到 {shown}。请改正变量或流程图，然后重试。"
    )
