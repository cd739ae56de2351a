"""What must hold for every period, whatever its dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.clock import LEGAL_ZONE
from engine.deadlines import (
    ClockPolicy,
    ClockState,
    Counting,
    Direction,
    Extend,
    Length,
    Light,
    Operation,
    Resume,
    Roll,
    Schedule,
    Start,
    Suspend,
    Suspension,
    Term,
    Unit,
    clock_from_dict,
    clock_to_dict,
    compute_due,
    load_calendar,
    what_if,
)

CALENDAR = load_calendar(Path(__file__).parents[3] / "organisation" / "calendars")
# The same examples on every run.
repeatable = settings(derandomize=True, deadline=None, max_examples=150)

dates = st.dates(date(2004, 1, 5), date(2029, 12, 31))
day_lengths = st.one_of(
    st.builds(Length, st.integers(1, 90), st.sampled_from([Unit.DAY, Unit.WORKING_DAY])),
    st.builds(Length, st.integers(1, 14), st.just(Unit.MONTH)),
    st.builds(Length, st.integers(1, 3), st.just(Unit.YEAR)),
)
forward_terms = st.builds(
    Term,
    day_lengths,
    st.sampled_from(Direction),
    st.just(Counting.FORWARD),
    st.sampled_from([Roll.NEXT, Roll.NONE]),
    st.booleans(),
)
backward_terms = st.builds(
    Term,
    day_lengths,
    st.just(Direction.MINIMUM),
    st.just(Counting.BACKWARD),
    st.sampled_from([Roll.EARLIER, Roll.NONE]),
)


@st.composite
def suspensions(draw: st.DrawFn, start: date) -> list[Suspension]:
    result, day = [], start
    for _ in range(draw(st.integers(0, 3))):
        first = day + timedelta(days=draw(st.integers(0, 20)))
        day = first + timedelta(days=draw(st.integers(0, 20)) + 1)
        result.append(Suspension(first, day - timedelta(days=1), "事由", "文书"))
    return result


def due_of(schedule: Schedule) -> date:
    assert schedule.due is not None
    return schedule.due


@repeatable
@given(forward_terms, dates, dates)
def test_who_starts_later_never_ends_earlier(term: Term, one: date, other: date) -> None:
    early, late = sorted([one, other])

    assert due_of(compute_due(term, early, CALENDAR)) <= due_of(compute_due(term, late, CALENDAR))


@repeatable
@given(backward_terms, dates, dates)
def test_a_later_event_never_asks_for_an_earlier_act(term: Term, one: date, other: date) -> None:
    early, late = sorted([one, other])

    assert due_of(compute_due(term, early, CALENDAR)) <= due_of(compute_due(term, late, CALENDAR))


@repeatable
@given(forward_terms, dates, st.integers(1, 30))
def test_a_longer_term_never_ends_earlier(term: Term, start: date, more: int) -> None:
    longer = Term(
        Length(term.length.amount + more, term.length.unit),
        term.direction,
        term.counting,
        term.roll,
        term.start_day_counted,
    )

    assert due_of(compute_due(term, start, CALENDAR)) <= due_of(compute_due(longer, start, CALENDAR))


@repeatable
@given(st.data(), forward_terms, dates)
def test_a_suspension_never_shortens(data: st.DataObject, term: Term, start: date) -> None:
    plain = compute_due(term, start, CALENDAR)
    stood_still = compute_due(term, start, CALENDAR, suspensions=data.draw(suspensions(start)))

    assert due_of(plain) <= due_of(stood_still)


@repeatable
@given(dates, st.integers(1, 60), st.integers(0, 30), st.integers(0, 30))
def test_suspended_working_days_within_the_period_move_it_by_just_as_many(
    start: date, amount: int, shift: int, length: int
) -> None:
    term = Term(Length(amount, Unit.WORKING_DAY))
    plain = due_of(compute_due(term, start, CALENDAR))
    first = start + timedelta(days=1 + shift)
    assume(first <= plain)
    last = first + timedelta(days=length)

    moved = compute_due(term, start, CALENDAR, suspensions=[Suspension(first, last, "事由", "文书")])

    lost = CALENDAR.working_days_between(first - timedelta(days=1), last).days
    # The days lost are those of the suspension up to the new end: a suspension that outlasts the old end counts whole.
    assert due_of(moved) == CALENDAR.add_working_days(start, amount + lost).date


@repeatable
@given(st.data(), forward_terms, dates)
def test_the_proof_agrees_with_the_due_date(data: st.DataObject, term: Term, start: date) -> None:
    given_suspensions = data.draw(suspensions(start))
    extensions = data.draw(st.lists(day_lengths, max_size=2))

    schedule = compute_due(term, start, CALENDAR, suspensions=given_suspensions, extensions=extensions)

    counted = [row for row in schedule.proof if row.counted]
    assert [row.number for row in counted] == list(range(1, len(counted) + 1))
    assert counted[-1].date == schedule.raw
    assert schedule.proof[-1].date == schedule.due
    assert [row.date for row in schedule.proof] == [
        schedule.proof[0].date + timedelta(days=shift) for shift in range(len(schedule.proof))
    ]
    assert not any(suspension.covers(row.date) for suspension in given_suspensions for row in counted)
    assert all(row.reason for row in schedule.proof)


@repeatable
@given(backward_terms, dates)
def test_a_backward_proof_runs_back_from_the_event(term: Term, event: date) -> None:
    schedule = compute_due(term, event, CALENDAR)

    assert schedule.proof[0].date == event
    assert [row.date for row in schedule.proof] == [
        event - timedelta(days=shift) for shift in range(len(schedule.proof))
    ]
    assert due_of(schedule) == schedule.proof[-1].date
    assert due_of(schedule) < event


@repeatable
@given(forward_terms, dates)
def test_a_rolled_last_day_is_a_working_day_and_the_first_that_can_be(term: Term, start: date) -> None:
    schedule = compute_due(term, start, CALENDAR)
    assert schedule.raw is not None
    assume(term.roll is Roll.NEXT)

    assert CALENDAR.is_working_day(due_of(schedule))
    between = range((due_of(schedule) - schedule.raw).days)
    assert not any(CALENDAR.is_working_day(schedule.raw + timedelta(days=shift)) for shift in between)


@repeatable
@given(dates, st.integers(0, 400))
def test_adding_and_counting_working_days_are_inverse_for_all_dates(start: date, amount: int) -> None:
    end = CALENDAR.add_working_days(start, amount).date

    assert CALENDAR.working_days_between(start, end).days == amount
    back = CALENDAR.working_days_between(CALENDAR.add_working_days(start, -amount).date, start).days
    assert back == amount - (amount > 0) + (amount > 0 and CALENDAR.is_working_day(start))


@repeatable
@given(st.integers(0, 10_000_000), st.integers(1, 5_000), st.data())
def test_hours_lose_nothing_to_a_suspension(offset: int, minutes: int, data: st.DataObject) -> None:
    start = datetime(2004, 1, 5, tzinfo=UTC) + timedelta(minutes=offset)
    term = Term(Length(minutes, Unit.MINUTE), roll=Roll.NONE)
    still = data.draw(suspensions(start.astimezone(LEGAL_ZONE).date()))

    plain = compute_due(term, start, CALENDAR)
    moved = compute_due(term, start, CALENDAR, suspensions=still)

    assert plain.due_at == start + timedelta(minutes=minutes)
    assert moved.due_at is not None
    assert moved.due_at >= plain.due_at


@repeatable
@given(st.data(), dates, st.integers(1, 60))
def test_a_clock_moves_with_its_operations_and_survives_storage(data: st.DataObject, start: date, amount: int) -> None:
    term = Term(Length(amount, Unit.WORKING_DAY))
    policy = ClockPolicy.usual(term, max_extensions=1, max_extension=Length(30, Unit.WORKING_DAY))
    begin = Start(datetime(start.year, start.month, start.day, 12, tzinfo=LEGAL_ZONE), "回执")
    first = start + timedelta(days=data.draw(st.integers(0, 3)))
    last = first + timedelta(days=data.draw(st.integers(0, 40)))
    by = Length(data.draw(st.integers(1, 30)), Unit.WORKING_DAY)
    plain = what_if(ClockState("甲", term, policy), [begin], CALENDAR)[-1].state
    assert plain.deadline is not None
    assume(first <= plain.deadline.due)

    operations: list[Operation] = [
        Suspend(first, "事由", "文书"),
        Resume(last, "文书"),
        Extend(last, by, "负责人", "文书"),
    ]
    transitions = what_if(plain, operations, CALENDAR)

    state = transitions[-1].state
    assert state.deadline is not None
    assert state.deadline.amber_at <= state.deadline.red_at <= state.deadline.due_at
    assert plain.deadline.due < state.deadline.due
    assert state.light(state.deadline.due_at) is Light.OVERDUE
    assert state.light(state.deadline.due_at - timedelta(microseconds=1)) is not Light.OVERDUE
    assert [t.record.old for t in transitions[1:]] == [t.record.new for t in transitions[:-1]]
    assert clock_from_dict(clock_to_dict(state)) == state
