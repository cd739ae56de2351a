"""What can be done to a clock, as plain frozen data: the same objects serve commands, history and what-if."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from engine.deadlines.errors import ClockFormatUnknown
from engine.deadlines.term import Length


@dataclass(frozen=True, slots=True)
class Start:
    """The starting event happened at the moment ``at``; ``effective_date`` is its legal date where that differs.

    ``evidence`` names the paper that proves the date (receipt, postmark, minutes). For a backward clock the event is
    the one to come, e.g. the meeting.
    """

    at: datetime
    evidence: str
    effective_date: date | None = None


@dataclass(frozen=True, slots=True)
class Suspend:
    """From ``first_day`` on, itself included, days do not count."""

    first_day: date
    ground: str
    paper: str


@dataclass(frozen=True, slots=True)
class Resume:
    """``last_day`` is the last that does not count; counting goes on with the day after."""

    last_day: date
    paper: str


@dataclass(frozen=True, slots=True)
class Extend:
    """The period is lengthened ``by``; decided and notified on ``decided_on``, within the period."""

    decided_on: date
    by: Length
    approver: str
    paper: str


@dataclass(frozen=True, slots=True)
class Restart:
    """A new period begins (补正 received, event moved); suspensions and extensions of the old one are over."""

    at: datetime
    ground: str
    evidence: str
    effective_date: date | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """What the period was for has been done (or has fallen away) at the moment ``at``."""

    at: datetime
    reason: str
    effective_date: date | None = None


@dataclass(frozen=True, slots=True)
class Recompute:
    """The calendar changed (a notice was published, a day overridden)."""

    reason: str


Operation = Start | Suspend | Resume | Extend | Restart | Stop | Recompute

_CLASSES: dict[str, type[Operation]] = {
    "start": Start,
    "suspend": Suspend,
    "resume": Resume,
    "extend": Extend,
    "restart": Restart,
    "stop": Stop,
    "recompute": Recompute,
}
_NAMES = {operation: name for name, operation in _CLASSES.items()}


def operation_to_dict(operation: Operation) -> dict[str, object]:
    """Return ``operation`` as plain JSON values, its name under ``operation``."""
    values = {field.name: getattr(operation, field.name) for field in fields(operation)}
    return {"operation": _NAMES[type(operation)], **{name: _plain(value) for name, value in values.items()}}


def operation_from_dict(data: Mapping[str, object]) -> Operation:
    """Read what ``operation_to_dict`` writes. Raises ClockFormatUnknown, or TermInvalid for a length beyond bounds."""
    try:
        operation = _CLASSES[str(data["operation"])]
        values: dict[str, Any] = {
            field.name: _READERS[str(field.type)](data.get(field.name)) for field in fields(operation)
        }
        return operation(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise ClockFormatUnknown(f"时钟操作的内容不完整或不认识（{error}），请检查后重试") from error


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.to_dict() if isinstance(value, Length) else value


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} 不是文字")
    return value


def _read_moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_read_text(value))
    if moment.tzinfo is None:
        raise ValueError(f"{value} 缺少时区")
    return moment


def _read_date(value: object) -> date:
    return date.fromisoformat(_read_text(value))


def _read_length(value: object) -> Length:
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r} 不是期限")
    return Length.from_dict(value)


_READERS: dict[str, Callable[[object], object]] = {
    "str": _read_text,
    "date": _read_date,
    "datetime": _read_moment,
    "Length": _read_length,
    "date | None": lambda value: None if value is None else _read_date(value),
}
