"""A clock as plain JSON values and back, with a format number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.deadlines.clock_state import ClockState, ClockStatus, Deadline, Extension
from engine.deadlines.errors import ClockFormatUnknown, DeadlineError
from engine.deadlines.policy import ClockPolicy
from engine.deadlines.suspension import Suspension
from engine.deadlines.term import Length, Term

FORMAT = 1


def clock_to_dict(state: ClockState) -> dict[str, object]:
    """Return ``state`` as plain JSON values: dates and moments (UTC) as ISO text."""
    return {
        "format": FORMAT,
        "name": state.name,
        "term": state.term.to_dict(),
        "policy": state.policy.to_dict(),
        "rule_id": state.rule_id,
        "rule_version": state.rule_version,
        "status": state.status.value,
        "started_at": _iso(state.started_at),
        "effective_date": _iso(state.effective_date),
        "evidence": state.evidence,
        "suspensions": [suspension.to_dict() for suspension in state.suspensions],
        "extensions": [_extension_to_dict(extension) for extension in state.extensions],
        "restarts": state.restarts,
        "stopped_at": _iso(state.stopped_at),
        "stopped_on": _iso(state.stopped_on),
        "deadline": _deadline_to_dict(state.deadline) if state.deadline else None,
    }


def clock_from_dict(data: Mapping[str, Any]) -> ClockState:
    """Read what ``clock_to_dict`` writes. Raises ClockFormatUnknown for another format or a damaged content."""
    if data.get("format") != FORMAT:
        raise ClockFormatUnknown(f"期限时钟的存储格式 {data.get('format')} 不认识，请先升级系统")
    try:
        return _read(data)
    except (KeyError, TypeError, ValueError, AttributeError, DeadlineError) as error:
        raise ClockFormatUnknown(f"期限时钟的存储内容有损（{error}），请核对历史记录") from error


def _read(data: Mapping[str, Any]) -> ClockState:
    return ClockState(
        name=str(data["name"]),
        term=Term.from_dict(data["term"]),
        policy=ClockPolicy.from_dict(data["policy"]),
        rule_id=str(data["rule_id"]),
        rule_version=str(data["rule_version"]),
        status=ClockStatus(data["status"]),
        started_at=_moment(data["started_at"]),
        effective_date=_date(data["effective_date"]),
        evidence=str(data["evidence"]),
        suspensions=tuple(Suspension.from_dict(entry) for entry in data["suspensions"]),
        extensions=tuple(_extension_from_dict(entry) for entry in data["extensions"]),
        restarts=int(data["restarts"]),
        stopped_at=_moment(data["stopped_at"]),
        stopped_on=_date(data["stopped_on"]),
        deadline=None if data["deadline"] is None else _deadline_from_dict(data["deadline"]),
    )


def _extension_to_dict(extension: Extension) -> dict[str, object]:
    return {
        "by": extension.by.to_dict(),
        "decided_on": extension.decided_on.isoformat(),
        "approver": extension.approver,
        "paper": extension.paper,
    }


def _extension_from_dict(data: Mapping[str, Any]) -> Extension:
    decided_on = date.fromisoformat(data["decided_on"])
    return Extension(Length.from_dict(data["by"]), decided_on, str(data["approver"]), str(data["paper"]))


def _deadline_to_dict(deadline: Deadline) -> dict[str, object]:
    return {
        "due": deadline.due.isoformat(),
        "due_at": deadline.due_at.isoformat(),
        "amber_at": deadline.amber_at.isoformat(),
        "red_at": deadline.red_at.isoformat(),
        "provisional": deadline.provisional,
        "calendar_version": deadline.calendar_version,
    }


def _deadline_from_dict(data: Mapping[str, Any]) -> Deadline:
    return Deadline(
        date.fromisoformat(data["due"]),
        datetime.fromisoformat(data["due_at"]),
        datetime.fromisoformat(data["amber_at"]),
        datetime.fromisoformat(data["red_at"]),
        data["provisional"] is True,
        str(data["calendar_version"]),
    )


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
