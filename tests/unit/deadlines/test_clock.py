"""A clock's life: each operation, what it moves, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.deadlines import (
    Calendar,
    CalendarDay,
    CalendarYear,
    ClockOperationRefused,
    ClockPolicy,
    ClockStatus,
    DayKind,
    Direction,
    Extend,
    ExtensionRefused,
    Length,
    Light,
    Operation,
    Recompute,
    Restart,
    Resume,
    Start,
    Suspend,
    Unit,
    YearStatus,
    apply,
    backward,
    forward,
    schedule_of,
    what_if,
)
from tests.unit.deadlines.example_clocks import EXTEND, RESUME, START, STOP, SUSPEND, after, due, new_clock, noon


def test_starting_computes_the_due_date_and_records_it(calendar: Calendar) -> None:
    transition = apply(new_clock(), START, calendar)

    assert transition.state.status is ClockStatus.RUNNING
    assert due(transition.state) == date(2026, 10, 22)
    assert transition.record.moved
    assert transition.record.to_dict() == {
        "operation": "start",
        "at": "2026-09-18T09:00:00+08:00",
        "evidence": "收件回执",
        "effective_date": None,
        "old_due": None,
        "new_due": "2026-10-22",
        "old_due_at": None,
        "new_due_at": "2026-10-22T16:00:00+00:00",
        "provisional": False,
        "calendar_version": calendar.version,
    }


def test_a_receipt_entered_later_counts_from_its_effective_date(calendar: Calendar) -> None:
    entered_later = Start(noon(2026, 9, 25), "邮政签收记录", date(2026, 9, 18))

    assert due(after(calendar, entered_later)) == date(2026, 10, 22)


def test_a_suspension_from_28_september_to_12_october_moves_22_october_to_2_november(calendar: Calendar) -> None:
    state = after(calendar, START, SUSPEND, RESUME)

    # By hand: 20 September (working Sunday) to 24 September give days 1 to 5; 25 to 27 September are 中秋节;
    # 28 September to 12 October stand still; 13 to 16 October 6 to 9; 19 to 23 October 10 to 14;
    # 26 to 30 October 15 to 19; Monday 2 November is day 20.
    counted = [date(2026, 9, day) for day in range(20, 25)]
    counted += [date(2026, 10, day) for day in (13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30)]
    counted += [date(2026, 11, 2)]
    proof = schedule_of(state, calendar).proof
    assert [row.date for row in proof if row.counted] == counted
    assert [row.number for row in proof if row.counted] == list(range(1, 21))
    still = [row.date for row in proof if "中止期间" in row.reason]
    assert still == [date(2026, 9, 28) + timedelta(days=shift) for shift in range(15)]
    assert due(state) == date(2026, 11, 2)


def test_several_suspensions_add_up(calendar: Calendar) -> None:
    again = Suspend(date(2026, 10, 19), "征求其他机关意见", "征求意见函")

    state = after(calendar, START, SUSPEND, RESUME, again, Resume(date(2026, 10, 20), "复函"))

    assert due(state) == date(2026, 11, 4)
    assert len(state.suspensions) == 2


def test_an_extension_adds_its_days_and_may_be_given_once(calendar: Calendar) -> None:
    state = after(calendar, START, EXTEND)

    assert due(state) == calendar.add_working_days(date(2026, 9, 18), 40).date
    with pytest.raises(ExtensionRefused, match="最多延长 1 次"):
        apply(state, EXTEND, calendar)


@pytest.mark.parametrize(
    ("extension", "words"),
    [
        (replace(EXTEND, by=Length(21, Unit.WORKING_DAY)), "不得超过"),
        (replace(EXTEND, by=Length(10, Unit.DAY)), "相同的单位"),
        (replace(EXTEND, by=Length(5, Unit.HOUR)), "不符"),
        (replace(EXTEND, by=Length(0, Unit.WORKING_DAY)), "不符"),
        (replace(EXTEND, decided_on=date(2026, 10, 23)), "届满前"),
        (replace(EXTEND, decided_on=date(2026, 9, 17)), "早于起算日"),
    ],
)
def test_an_extension_beyond_the_rule_or_too_late_is_refused(calendar: Calendar, extension: Extend, words: str) -> None:
    with pytest.raises(ExtensionRefused, match=words):
        after(calendar, START, extension)


def test_a_period_without_a_rule_for_it_is_not_extended(calendar: Calendar) -> None:
    term = forward(20)

    with pytest.raises(ExtensionRefused, match="没有可以延长的规定"):
        after(calendar, START, EXTEND, clock=new_clock(term, ClockPolicy.usual(term)))


def test_a_restart_forgets_suspensions_and_extensions_of_the_old_period(calendar: Calendar) -> None:
    restart = Restart(noon(2026, 10, 13), "收到补正", "补正材料收件回执")

    state = after(calendar, START, SUSPEND, RESUME, EXTEND, restart)

    assert due(state) == calendar.add_working_days(date(2026, 10, 13), 20).date
    assert (state.suspensions, state.extensions, state.restarts) == ((), (), 1)
    assert due(apply(state, EXTEND, calendar).state) == calendar.add_working_days(date(2026, 10, 13), 40).date


def test_a_meeting_moved_forward_restarts_its_backward_clock(calendar: Calendar) -> None:
    meeting = Start(noon(2026, 10, 9), "会议通知")
    earlier = Restart(noon(2026, 9, 24), "会议提前", "改期通知")

    assert due(after(calendar, meeting, clock=new_clock(backward(3)))) == date(2026, 9, 29)
    assert due(after(calendar, meeting, earlier, clock=new_clock(backward(3)))) == date(2026, 9, 21)


def test_a_stopped_clock_keeps_its_date_and_knows_whether_it_was_kept(calendar: Calendar) -> None:
    in_time = after(calendar, START, STOP)
    late = after(calendar, START, replace(STOP, at=noon(2026, 10, 23)))
    entered_late = after(calendar, START, replace(STOP, at=noon(2026, 10, 23), effective_date=date(2026, 10, 22)))

    assert (in_time.kept, late.kept, entered_late.kept) == (True, False, True)
    assert due(in_time) == date(2026, 10, 22)
    assert in_time.light(noon(2030, 1, 1)) is Light.STOPPED


def test_a_minimum_period_is_kept_when_it_has_run_out(calendar: Calendar) -> None:
    minimum = new_clock(forward(5, Unit.WORKING_DAY, Direction.MINIMUM))

    assert after(calendar, START, replace(STOP, at=noon(2026, 9, 22)), clock=minimum).kept is False
    assert after(calendar, START, replace(STOP, at=noon(2026, 9, 28)), clock=minimum).kept is True


def test_hours_are_kept_to_the_moment(calendar: Calendar) -> None:
    clock = new_clock(forward(2, Unit.HOUR))

    assert after(calendar, START, replace(STOP, at=START.at + timedelta(minutes=119)), clock=clock).kept is True
    assert after(calendar, START, replace(STOP, at=START.at + timedelta(minutes=121)), clock=clock).kept is False


def test_a_clock_stopped_while_suspended_has_no_verdict(calendar: Calendar) -> None:
    assert after(calendar, START, SUSPEND, STOP).kept is None


@pytest.mark.parametrize(
    ("operations", "words"),
    [
        ([SUSPEND], "尚未起算"),
        ([RESUME], "尚未起算"),
        ([EXTEND], "尚未起算"),
        ([STOP], "尚未起算"),
        ([Restart(START.at, "补正", "回执")], "尚未起算"),
        ([START, START], "正在计算"),
        ([START, RESUME], "正在计算"),
        ([START, SUSPEND, SUSPEND], "处于中止"),
        ([START, STOP, STOP], "已经停止"),
        ([START, STOP, SUSPEND], "已经停止"),
        ([START, STOP, Restart(START.at, "补正", "回执")], "已经停止"),
        ([START, replace(SUSPEND, first_day=date(2026, 9, 17))], "早于起算日"),
        ([START, replace(SUSPEND, first_day=date(2026, 10, 23))], "届满"),
        ([START, SUSPEND, RESUME, replace(SUSPEND, first_day=date(2026, 10, 12))], "重叠"),
        ([START, SUSPEND, replace(RESUME, last_day=date(2026, 9, 27))], "早于中止首日"),
        ([START, Restart(noon(2026, 9, 17), "补正", "回执")], "早于原起算日"),
        ([START, replace(STOP, at=noon(2026, 9, 17))], "早于起算日"),
        ([replace(START, evidence=" ")], "依据"),
        ([START, replace(SUSPEND, ground="", paper="")], "事由、文书"),
        ([START, SUSPEND, replace(RESUME, paper="")], "文书"),
        ([START, replace(EXTEND, approver="")], "批准人"),
        ([START, Restart(START.at, "", "")], "事由、依据"),
        ([START, replace(STOP, reason="")], "事由"),
    ],
)
def test_an_operation_out_of_order_is_refused_and_says_why(
    calendar: Calendar, operations: list[Operation], words: str
) -> None:
    with pytest.raises(ClockOperationRefused, match=words):
        what_if(new_clock(), operations, calendar)


@pytest.mark.parametrize("operation", [SUSPEND, EXTEND])
def test_a_backward_period_is_restarted_not_suspended_or_extended(calendar: Calendar, operation: Operation) -> None:
    with pytest.raises(ClockOperationRefused, match="倒推"):
        after(calendar, START, operation, clock=new_clock(backward(3)))


def test_hours_start_at_their_moment_and_at_no_other_date(calendar: Calendar) -> None:
    with pytest.raises(ClockOperationRefused, match="同一天"):
        after(calendar, replace(START, effective_date=date(2026, 9, 17)), clock=new_clock(forward(2, Unit.HOUR)))


def test_there_is_no_proof_before_the_start(calendar: Calendar) -> None:
    with pytest.raises(ClockOperationRefused, match="尚未起算"):
        schedule_of(new_clock(), calendar)


def test_a_published_notice_moves_an_open_clock_and_records_both_dates(calendar: Calendar) -> None:
    running = after(calendar, Start(noon(2026, 12, 28), "收件回执"), clock=new_clock(forward(5)))
    assert running.deadline is not None
    assert running.deadline.provisional
    published = calendar.with_year(notice_2027(calendar))

    record = apply(running, Recompute("国务院办公厅公布2027年放假安排"), published).record

    assert record.old is not None
    assert record.new is not None
    assert (record.old.due, record.new.due) == (date(2027, 1, 5), date(2027, 1, 6))
    assert not record.new.provisional
    assert record.calendar_version == published.version


def notice_2027(calendar: Calendar) -> CalendarYear:
    """A made-up notice: 4 January off as well."""
    provisional = calendar.years[-1]
    extra = CalendarDay(date(2027, 1, 4), True, "元旦", DayKind.COMPENSATION)
    days = tuple(sorted([*provisional.days, extra], key=lambda day: day.date))
    return CalendarYear(2027, YearStatus.OFFICIAL, "通知", days)


@pytest.mark.parametrize("operations", [[START, STOP], [START, SUSPEND]])
def test_a_new_calendar_moves_no_stopped_or_suspended_clock(calendar: Calendar, operations: list[Operation]) -> None:
    before = after(calendar, *operations)

    transition = apply(before, Recompute("更正"), calendar.with_year(CalendarYear.from_law(2026)))

    assert transition.state == before
    assert not transition.record.moved


def test_what_if_changes_nothing(calendar: Calendar) -> None:
    state = after(calendar, START)

    imagined = what_if(state, [SUSPEND, RESUME], calendar)

    assert [transition.state.deadline and transition.state.deadline.due for transition in imagined] == [
        None,
        date(2026, 11, 2),
    ]
    assert due(state) == date(2026, 10, 22)


def test_what_if_is_bounded(calendar: Calendar) -> None:
    with pytest.raises(ClockOperationRefused, match="200"):
        what_if(after(calendar, START), [Recompute("试算")] * 201, calendar)


def test_an_extension_may_be_decided_on_the_last_day(calendar: Calendar) -> None:
    state = after(calendar, START, replace(EXTEND, decided_on=date(2026, 10, 22)))

    assert len(state.extensions) == 1


def test_a_restart_on_the_day_of_the_start_is_allowed(calendar: Calendar) -> None:
    state = after(calendar, START, Restart(noon(2026, 9, 18), "补正", "回执"))

    assert (due(state), state.restarts) == (date(2026, 10, 22), 1)
