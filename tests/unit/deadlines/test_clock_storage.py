"""Clocks and operations as plain JSON values and back."""

from __future__ import annotations

import pytest

from engine.deadlines import (
    Calendar,
    ClockFormatUnknown,
    Operation,
    Recompute,
    Restart,
    clock_from_dict,
    clock_to_dict,
    operation_from_dict,
    operation_to_dict,
)
from tests.unit.deadlines.example_clocks import EXTEND, RESUME, START, STOP, SUSPEND, after, new_clock, noon


@pytest.mark.parametrize(
    "operations",
    [
        [],
        [START],
        [START, SUSPEND],
        [START, SUSPEND, RESUME, EXTEND],
        [START, SUSPEND, RESUME, EXTEND, STOP],
        [START, Restart(noon(2026, 10, 13), "收到补正", "回执")],
    ],
)
def test_a_clock_survives_storage(calendar: Calendar, operations: list[Operation]) -> None:
    state = after(calendar, *operations, Recompute("x")) if operations else new_clock()

    assert clock_from_dict(clock_to_dict(state)) == state


@pytest.mark.parametrize(
    "operation", [START, SUSPEND, RESUME, EXTEND, STOP, Recompute("更正"), Restart(START.at, "补正", "回执")]
)
def test_an_operation_survives_storage(operation: Operation) -> None:
    assert operation_from_dict(operation_to_dict(operation)) == operation


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"operation": "explode"},
        {"operation": "suspend", "first_day": "2026-09-28", "ground": "甲"},
        {"operation": "stop", "at": "2026-09-28T09:00:00", "reason": "没有时区"},
        {"operation": "extend", "decided_on": "2026-09-28", "by": "20", "approver": "甲", "paper": "乙"},
        {"operation": "resume", "last_day": 20260928, "paper": "乙"},
    ],
)
def test_an_unknown_or_incomplete_operation_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ClockFormatUnknown):
        operation_from_dict(data)


def test_a_stored_clock_of_another_format_or_damaged_is_refused(calendar: Calendar) -> None:
    stored = clock_to_dict(after(calendar, START))

    damages: tuple[dict[str, object], ...] = (
        {"format": 2},
        {"term": None},
        {"status": "asleep"},
        {"deadline": {}},
        {"started_at": "gestern"},
    )
    for damage in damages:
        with pytest.raises(ClockFormatUnknown):
            clock_from_dict({**stored, **damage})
