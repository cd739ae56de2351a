"""Correcting the day on which a clock started (更正), with everything that was done to it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.deadlines import (
    Calendar,
    ClockOperationRefused,
    ClockState,
    ClockStatus,
    Restart,
    deadline_of,
    operation_to_dict,
)


def corrected_start(state: ClockState, correction: Restart, calendar: Calendar) -> tuple[Mapping[str, Any], ClockState]:
    """Return the record of a correction and the clock after it; suspensions and extensions stay as they were.

    Raises ClockOperationRefused for a clock that is over, without evidence or reason, or when something was done to
    it before the corrected day.
    """
    day = correction.effective_date
    if state.status not in (ClockStatus.RUNNING, ClockStatus.SUSPENDED) or day is None:
        raise ClockOperationRefused(f"“{state.name}”不在计算，不能更正起算日。")
    if not correction.evidence.strip() or not correction.ground.strip():
        raise ClockOperationRefused("更正起算日须写明依据和事由，请补填")
    if state.term.length.unit.by_moment:
        raise ClockOperationRefused("按小时计算的期限以时刻起算，不能更正日期")
    first_acts = [suspension.first for suspension in state.suspensions]
    first_acts += [extension.decided_on for extension in state.extensions]
    if first_acts and min(first_acts) < day and not state.term.backward:
        raise ClockOperationRefused(f"{min(first_acts)} 已有中止或延长，起算日不能更正到其后（{day}），请核对")
    changed = replace(state, effective_date=day, evidence=correction.evidence)
    after = replace(changed, deadline=deadline_of(changed, calendar))
    old, new = state.deadline, after.deadline
    record = {
        **operation_to_dict(correction),
        "operation": "correct",
        "old_start": state.effective_date.isoformat() if state.effective_date else None,
        "new_start": day.isoformat(),
        "old_due": old.due.isoformat() if old else None,
        "new_due": new.due.isoformat() if new else None,
        "old_due_at": old.due_at.isoformat() if old else None,
        "new_due_at": new.due_at.isoformat() if new else None,
        "provisional": bool(new and new.provisional),
        "calendar_version": calendar.version,
    }
    return record, after
