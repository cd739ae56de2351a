"""Days and moments as forms give them: read by the calendar of China, or nothing at all."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.commands.issuing.properties import day_of, moment_of


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("2026-03-01T16:00:00Z", date(2026, 3, 2)),
        ("2026-03-02T23:59:59+08:00", date(2026, 3, 2)),
        ("2026-03-02T23:59:59", date(2026, 3, 2)),
        ("2026-02-30", None),
        ("9999-12-31T23:00:00-10:00", None),
        ("不日", None),
        (None, None),
        ({"a": 1}, None),
        (20260302, date(2026, 3, 2)),
    ],
)
def test_a_day(given: Any, day: date | None) -> None:
    assert day_of(given) == day


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-03-02", datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC)),
        ("2026-03-02T17:00:00+08:00", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("2026-03-02T17:00", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("0001-01-01T00:00:00+08:00", None),
        ("明天", None),
        ("", None),
    ],
)
def test_a_moment(given: Any, moment: datetime | None) -> None:
    assert moment_of(given) == moment
