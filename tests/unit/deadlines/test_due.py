"""The rules of computing periods, one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.clock import LEGAL_ZONE
from engine.deadlines import (
    Calendar,
    Counting,
    DateOutOfRange,
    Direction,
    Length,
    Roll,
    Suspension,
    Term,
    TermInvalid,
    Unit,
    backward,
    compute_due,
    forward,
)


def suspended(first: date, last: date | None) -> Suspension:
    return Suspension(first, last, "征求第三方意见", "征求意见书")


def test_the_due_moment_is_the_midnight_that_ends_the_last_day_in_shanghai(calendar: Calendar) -> None:
    schedule = compute_due(forward(20), date(2026, 9, 18), calendar)

    assert schedule.due_at == datetime(2026, 10, 22, 16, 0, tzinfo=UTC)


def test_a_start_given_as_a_moment_counts_from_its_date_in_shanghai(calendar: Calendar) -> None:
    evening_before_in_utc = datetime(2026, 9, 17, 16, 30, tzinfo=UTC)

    assert compute_due(forward(20), evening_before_in_utc, calendar).start == date(2026, 9, 18)


def test_months_end_on_the_corresponding_day(calendar: Calendar) -> None:
    assert compute_due(forward(1, Unit.MONTH), date(2026, 10, 23), calendar).due == date(2026, 11, 23)


def test_months_end_on_the_month_end_where_there_is_no_corresponding_day(calendar: Calendar) -> None:
    schedule = compute_due(forward(1, Unit.MONTH), date(2026, 1, 31), calendar)

    assert schedule.raw == date(2026, 2, 28)
    assert schedule.due == date(2026, 2, 28)  # a working Saturday


def test_a_year_from_the_leap_day_ends_on_the_last_of_february(calendar: Calendar) -> None:
    assert compute_due(forward(1, Unit.YEAR), date(2024, 2, 29), calendar).due == date(2025, 2, 28)


def test_a_validity_that_counts_its_first_day_ends_the_day_before_the_corresponding_one(calendar: Calendar) -> None:
    term = Term(Length(3, Unit.YEAR), Direction.RIGHT, roll=Roll.NONE, start_day_counted=True)

    assert compute_due(term, date(2023, 6, 15), calendar).due == date(2026, 6, 14)


def test_a_start_day_that_counts_is_the_first_day(calendar: Calendar) -> None:
    schedule = compute_due(forward(3, start_day_counted=True), date(2026, 11, 23), calendar)

    assert schedule.due == date(2026, 11, 25)
    assert schedule.proof[0].number == 1


def test_zero_days_mean_the_same_day(calendar: Calendar) -> None:
    assert compute_due(forward(0, Unit.DAY), date(2026, 11, 23), calendar).due == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("roll", "due"),
    [(Roll.NEXT, date(2026, 10, 8)), (Roll.NONE, date(2026, 10, 5)), (Roll.EARLIER, date(2026, 9, 30))],
)
def test_a_last_day_off_rolls_as_the_term_says(calendar: Calendar, roll: Roll, due: date) -> None:
    term = Term(Length(15, Unit.DAY), Direction.DUTY, Counting.FORWARD, roll)

    assert compute_due(term, date(2026, 9, 20), calendar).due == due


def test_a_working_saturday_is_a_good_last_day(calendar: Calendar) -> None:
    assert compute_due(forward(10, Unit.DAY), date(2026, 9, 30), calendar).due == date(2026, 10, 10)


def test_calendar_days_are_provisional_only_if_the_last_day_is_looked_up(calendar: Calendar) -> None:
    not_rolled = Term(Length(60, Unit.DAY), roll=Roll.NONE)

    assert compute_due(forward(60, Unit.DAY), date(2026, 11, 23), calendar).provisional
    assert not compute_due(not_rolled, date(2026, 11, 23), calendar).provisional


def test_hours_run_at_once_over_night_and_holiday(calendar: Calendar) -> None:
    start = datetime(2026, 9, 30, 17, 30, tzinfo=LEGAL_ZONE)

    schedule = compute_due(forward(24, Unit.HOUR), start, calendar)

    assert schedule.due_at == datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    assert schedule.due == date(2026, 10, 1)
    assert [row.reason for row in schedule.proof] == ["即时起算，计6小时30分", "即时起算，计17小时30分"]


def test_hours_that_end_at_midnight_belong_to_the_day_before(calendar: Calendar) -> None:
    start = datetime(2026, 11, 23, 22, 0, tzinfo=LEGAL_ZONE)

    assert compute_due(forward(2, Unit.HOUR), start, calendar).due == date(2026, 11, 23)


def test_minutes_run_from_the_moment(calendar: Calendar) -> None:
    start = datetime(2026, 11, 23, 3, 5, tzinfo=UTC)

    assert compute_due(forward(10, Unit.MINUTE), start, calendar).due_at == start + timedelta(minutes=10)


def test_hours_before_an_event(calendar: Calendar) -> None:
    event = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)

    schedule = compute_due(backward(24, Unit.HOUR), event, calendar)

    assert schedule.due_at == event - timedelta(hours=24)


def test_a_suspended_day_takes_no_hours(calendar: Calendar) -> None:
    start = datetime(2026, 11, 23, 18, 0, tzinfo=LEGAL_ZONE)

    schedule = compute_due(
        forward(24, Unit.HOUR), start, calendar, suspensions=[suspended(date(2026, 11, 24), date(2026, 11, 25))]
    )

    assert schedule.due_at == datetime(2026, 11, 26, 18, 0, tzinfo=LEGAL_ZONE)


def test_hours_under_an_open_suspension_have_no_end(calendar: Calendar) -> None:
    start = datetime(2026, 11, 23, 18, 0, tzinfo=LEGAL_ZONE)

    schedule = compute_due(forward(24, Unit.HOUR), start, calendar, suspensions=[suspended(date(2026, 11, 24), None)])

    assert schedule.due is None
    assert "尚未恢复" in schedule.proof[-1].reason


def test_a_month_before_moves_to_an_earlier_working_day(calendar: Calendar) -> None:
    schedule = compute_due(backward(1, Unit.MONTH), date(2026, 11, 4), calendar)

    assert schedule.raw == date(2026, 10, 4)
    assert schedule.due == date(2026, 9, 30)


def test_an_extension_begins_where_the_period_ends(calendar: Calendar) -> None:
    twice = compute_due(forward(20), date(2026, 9, 18), calendar, extensions=[Length(20, Unit.WORKING_DAY)])

    assert twice.due == compute_due(forward(40), date(2026, 9, 18), calendar).due


def test_a_duty_is_extended_from_the_unrolled_end_a_right_from_the_rolled_one(calendar: Calendar) -> None:
    start, extension = date(2026, 8, 4), [Length(30, Unit.DAY)]

    duty = compute_due(forward(60, Unit.DAY), start, calendar, extensions=extension)
    right = compute_due(forward(60, Unit.DAY, Direction.RIGHT), start, calendar, extensions=extension)

    assert duty.raw == date(2026, 11, 2)  # 90 days from 4 August
    assert right.raw == date(2026, 11, 7)  # 30 days from 8 October


def test_an_extension_may_count_in_another_unit(calendar: Calendar) -> None:
    schedule = compute_due(forward(20), date(2026, 9, 18), calendar, extensions=[Length(1, Unit.MONTH)])

    assert schedule.raw == date(2026, 11, 22)
    assert schedule.due == date(2026, 11, 23)


def test_suspended_days_lengthen_a_period_of_months_day_for_day(calendar: Calendar) -> None:
    suspension = suspended(date(2026, 11, 2), date(2026, 11, 6))

    schedule = compute_due(forward(1, Unit.MONTH), date(2026, 10, 23), calendar, suspensions=[suspension])

    assert schedule.due == date(2026, 11, 23) + timedelta(days=7)  # the 28th is a Saturday


def test_a_period_does_not_end_within_a_suspension(calendar: Calendar) -> None:
    # The fifteenth day is 5 October; from the 6th on the clock stands still until the 13th.
    suspension = suspended(date(2026, 10, 6), date(2026, 10, 13))

    schedule = compute_due(forward(15, Unit.DAY), date(2026, 9, 20), calendar, suspensions=[suspension])

    assert schedule.due == date(2026, 10, 14)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Term(Length(3, Unit.DAY), counting=Counting.BACKWARD, roll=Roll.NEXT),
        lambda: Term(Length(3, Unit.HOUR), roll=Roll.NEXT),
        lambda: Term(Length(3, Unit.HOUR), roll=Roll.NONE, start_day_counted=True),
        lambda: Term(Length(3, Unit.DAY), counting=Counting.BACKWARD, roll=Roll.EARLIER, start_day_counted=True),
        lambda: Term(Length(3, Unit.DAY), clear_days=True),
        lambda: Term(Length(0, Unit.DAY), start_day_counted=True),
        lambda: Length(-1, Unit.DAY),
        lambda: Length(True, Unit.DAY),
        lambda: Length(101, Unit.YEAR),
        lambda: Length(20_000, Unit.HOUR),
    ],
)
def test_a_term_whose_parts_do_not_fit_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(TermInvalid):
        make()


def test_hours_need_a_moment_to_start_from(calendar: Calendar) -> None:
    with pytest.raises(TermInvalid, match="起算时刻"):
        compute_due(forward(2, Unit.HOUR), date(2026, 11, 23), calendar)
    with pytest.raises(TermInvalid, match="起算时刻"):
        compute_due(forward(2, Unit.HOUR), datetime(2026, 11, 23, 8, 0), calendar)  # noqa: DTZ001


def test_a_backward_period_is_neither_suspended_nor_extended(calendar: Calendar) -> None:
    with pytest.raises(TermInvalid, match="倒推"):
        compute_due(backward(3), date(2026, 11, 23), calendar, extensions=[Length(1, Unit.DAY)])


def test_days_and_hours_do_not_mix(calendar: Calendar) -> None:
    with pytest.raises(TermInvalid, match="混用"):
        compute_due(forward(3), date(2026, 11, 23), calendar, extensions=[Length(1, Unit.HOUR)])


def test_a_date_beyond_reckoning_is_refused(calendar: Calendar) -> None:
    with pytest.raises(DateOutOfRange):
        compute_due(forward(50, Unit.YEAR), date(8990, 1, 1), calendar)


def test_working_days_of_a_year_without_notice_make_a_date_provisional_even_unrolled(calendar: Calendar) -> None:
    term = Term(Length(5, Unit.WORKING_DAY), roll=Roll.NONE)

    assert compute_due(term, date(2026, 12, 28), calendar).provisional
    assert not compute_due(term, date(2026, 12, 1), calendar).provisional
