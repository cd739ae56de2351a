"""When a clock turns amber, red and overdue."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.clock import LEGAL_ZONE
from engine.deadlines import (
    Calendar,
    ClockPolicy,
    Direction,
    Length,
    Light,
    Roll,
    Start,
    Term,
    TermInvalid,
    Threshold,
    Unit,
    backward,
    forward,
    schedule_of,
    what_if,
)
from tests.unit.deadlines.example_clocks import START, SUSPEND, after, new_clock, noon


def test_while_suspended_there_is_no_due_date_and_no_warning(calendar: Calendar) -> None:
    transition = what_if(new_clock(), [START, SUSPEND], calendar)[-1]

    assert transition.state.deadline is None
    assert transition.record.old is not None
    assert transition.record.new is None
    assert transition.state.light(noon(2030, 1, 1)) is Light.SUSPENDED
    assert "尚未恢复" in schedule_of(transition.state, calendar).proof[-1].reason


@pytest.mark.parametrize(
    ("moment", "light"),
    [
        (noon(2026, 9, 18), Light.GREEN),
        (datetime(2026, 10, 13, 23, 59, tzinfo=LEGAL_ZONE), Light.GREEN),
        (datetime(2026, 10, 14, 0, 0, tzinfo=LEGAL_ZONE), Light.AMBER),  # the 14th of 20 working days: 70 %
        (datetime(2026, 10, 20, 23, 59, tzinfo=LEGAL_ZONE), Light.AMBER),
        (datetime(2026, 10, 21, 0, 0, tzinfo=LEGAL_ZONE), Light.RED),  # one working day is left after it
        (datetime(2026, 10, 22, 15, 59, 59, tzinfo=UTC), Light.RED),
        (datetime(2026, 10, 22, 16, 0, tzinfo=UTC), Light.OVERDUE),
    ],
)
def test_the_light_changes_at_midnight_in_shanghai(calendar: Calendar, moment: datetime, light: Light) -> None:
    state = after(calendar, START)

    assert state.light(moment) is light


def test_a_clock_not_started_shows_so() -> None:
    assert new_clock().light(noon(2026, 9, 18)) is Light.NOT_STARTED


def test_a_minimum_period_never_turns_red_but_is_satisfied(calendar: Calendar) -> None:
    state = after(calendar, START, clock=new_clock(forward(5, Unit.WORKING_DAY, Direction.MINIMUM)))

    assert state.light(noon(2026, 9, 24)) is Light.GREEN
    assert state.light(noon(2026, 9, 25)) is Light.SATISFIED


def test_a_backward_clock_warns_days_before_its_last_day(calendar: Calendar) -> None:
    meeting = Start(noon(2026, 10, 9), "会议通知")
    state = after(calendar, meeting, clock=new_clock(backward(3, Unit.WORKING_DAY, Direction.MINIMUM)))

    # The last day is Tuesday 29 September; three working days before it is Wednesday 23 (25 to 27 are 中秋节).
    assert state.light(noon(2026, 9, 22)) is Light.GREEN
    assert state.light(noon(2026, 9, 23)) is Light.AMBER
    assert state.light(noon(2026, 9, 28)) is Light.RED
    assert state.light(noon(2026, 9, 30)) is Light.OVERDUE


def test_hours_warn_by_the_share_that_has_run(calendar: Calendar) -> None:
    state = after(calendar, START, clock=new_clock(forward(10, Unit.HOUR)))

    assert state.light(START.at + timedelta(hours=4)) is Light.GREEN
    assert state.light(START.at + timedelta(hours=5)) is Light.AMBER
    assert state.light(START.at + timedelta(hours=8)) is Light.RED
    assert state.light(START.at + timedelta(hours=10)) is Light.OVERDUE


def test_warnings_longer_than_the_period_show_from_the_start(calendar: Calendar) -> None:
    policy = ClockPolicy(Threshold(days_before=30), Threshold(days_before=25))

    assert after(calendar, START, clock=new_clock(policy=policy)).light(START.at) is Light.RED


@pytest.mark.parametrize(
    "make",
    [
        lambda: Threshold(),
        lambda: Threshold(percent=70, days_before=1),
        lambda: Threshold(percent=101),
        lambda: Threshold(days_before=-1),
        lambda: new_clock(backward(3), ClockPolicy(Threshold(percent=70), Threshold(days_before=1))),
    ],
)
def test_a_warning_that_cannot_be_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(TermInvalid):
        make()


def test_a_share_that_falls_within_a_day_is_reached_on_that_day(calendar: Calendar) -> None:
    state = after(calendar, START, clock=new_clock(forward(15)))

    # 70 % of 15 working days are 10.5: the eleventh, Saturday 10 October (a working day).
    assert state.light(noon(2026, 10, 9)) is Light.GREEN
    assert state.light(noon(2026, 10, 10)) is Light.AMBER


def test_a_warning_never_comes_after_the_end(calendar: Calendar) -> None:
    term = Term(Length(15, Unit.DAY), roll=Roll.EARLIER)
    policy = ClockPolicy(Threshold(percent=100), Threshold(percent=100))

    deadline = after(calendar, Start(noon(2026, 9, 20), "回执"), clock=new_clock(term, policy)).deadline

    assert deadline is not None
    assert deadline.due == date(2026, 9, 30)
    assert deadline.amber_at == deadline.red_at == deadline.due_at
