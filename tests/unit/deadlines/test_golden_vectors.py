"""The 21 dates worked out beforehand for the bureau's real limits."""

from __future__ import annotations

from datetime import date

import pytest

from engine.deadlines import Calendar, Unit, backward, compute_due, forward

WD, CD = Unit.WORKING_DAY, Unit.DAY

WORKING_DAYS = [
    ("依申请公开", 20, "2026-09-18", "2026-10-22"),
    ("依申请公开", 20, "2026-02-09", "2026-03-13"),
    ("依申请公开", 20, "2026-11-23", "2026-12-21"),
    ("处罚陈述申辩", 5, "2026-02-11", "2026-02-25"),
    ("处罚陈述申辩", 5, "2026-04-29", "2026-05-09"),
    ("复议审查", 5, "2026-09-23", "2026-10-08"),
    ("被申请人答复", 10, "2026-09-28", "2026-10-16"),
    ("法制审核", 5, "2026-09-28", "2026-10-10"),
    ("先行登记保存", 7, "2026-09-29", "2026-10-14"),
    ("合法性审查", 15, "2026-09-16", "2026-10-13"),
]
CALENDAR_DAYS = [
    ("信访告知", 15, "2026-09-20", "2026-10-05", "2026-10-08"),
    ("信访办结", 60, "2026-08-04", "2026-10-03", "2026-10-08"),
    ("复议决定", 60, "2026-08-03", "2026-10-02", "2026-10-08"),
    ("备案", 30, "2026-09-04", "2026-10-04", "2026-10-08"),
    ("登记号", 3, "2026-04-30", "2026-05-03", "2026-05-06"),
    ("缴款", 15, "2026-09-21", "2026-10-06", "2026-10-08"),
    ("差旅报销", 7, "2026-09-25", "2026-10-02", "2026-10-08"),
]


@pytest.mark.parametrize(("name", "amount", "start", "due"), WORKING_DAYS)
def test_working_days_skip_holidays_and_count_working_weekends(
    calendar: Calendar, name: str, amount: int, start: str, due: str
) -> None:
    schedule = compute_due(forward(amount, WD), date.fromisoformat(start), calendar)

    assert schedule.due == date.fromisoformat(due), name
    assert not schedule.provisional


@pytest.mark.parametrize(("name", "amount", "start", "raw", "due"), CALENDAR_DAYS)
def test_calendar_days_end_on_the_next_working_day(
    calendar: Calendar, name: str, amount: int, start: str, raw: str, due: str
) -> None:
    schedule = compute_due(forward(amount, CD), date.fromisoformat(start), calendar)

    assert schedule.raw == date.fromisoformat(raw), name
    assert schedule.due == date.fromisoformat(due), name
    assert not schedule.provisional


def test_three_days_before_the_meeting_moves_earlier_when_the_day_is_off(calendar: Calendar) -> None:
    schedule = compute_due(backward(3, CD), date(2026, 10, 9), calendar)

    assert schedule.raw == date(2026, 10, 6)
    assert schedule.due == date(2026, 9, 30)


def test_three_working_days_before_the_meeting(calendar: Calendar) -> None:
    assert compute_due(backward(3, WD), date(2026, 10, 9), calendar).due == date(2026, 9, 29)


def test_seven_working_days_before_the_hearing(calendar: Calendar) -> None:
    assert compute_due(backward(7, WD), date(2026, 10, 16), calendar).due == date(2026, 10, 8)


def test_seven_clear_working_days_before_the_hearing(calendar: Calendar) -> None:
    assert compute_due(backward(7, WD, clear_days=True), date(2026, 10, 16), calendar).due == date(2026, 9, 30)


def test_a_year_without_notice_gives_a_date_marked_provisional(calendar: Calendar) -> None:
    schedule = compute_due(forward(5, WD), date(2026, 12, 28), calendar)

    assert schedule.due == date(2027, 1, 5)
    assert schedule.provisional
    assert any("暂算" in row.reason for row in schedule.proof)
