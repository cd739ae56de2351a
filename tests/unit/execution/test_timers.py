"""Timers: when they are due, firing, repeating, cancelled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.definitions.model import TimerKind
from engine.execution.errors import ElementFailed, ElementInstanceUnknown
from engine.execution.records import TimerCanceled, TimerScheduled
from engine.execution.rehearsal import START_OF_TIME
from engine.execution.timers import next_due, schedule
from tests.unit.execution.diagrams import boundary, case, chain, el, event, user

START = event("startEvent", "s")
NOW = datetime(2026, 1, 31, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "text", "due", "repetitions", "every"),
    [
        (TimerKind.DATE, "2026-03-01T09:00:00+08:00", "2026-03-01T01:00:00+00:00", 1, None),
        (TimerKind.DATE, "2026-03-01T09:00:00Z", "2026-03-01T09:00:00+00:00", 1, None),
        (TimerKind.DATE, "2026-03-01T09:00:00", "2026-03-01T01:00:00+00:00", 1, None),
        (TimerKind.DATE, "2026-03-01", "2026-02-28T16:00:00+00:00", 1, None),
        (TimerKind.DATE, "2026-03-01T09:00:00+01:00[Europe/Berlin]", "2026-03-01T08:00:00+00:00", 1, None),
        (TimerKind.DATE, "2026-03-01T09:00:00@Asia/Shanghai", "2026-03-01T01:00:00+00:00", 1, None),
        (TimerKind.DURATION, "PT1H", "2026-01-31T02:00:00+00:00", 1, None),
        (TimerKind.DURATION, "P1DT2H3M4.5S", "2026-02-01T03:03:04.500000+00:00", 1, None),
        (TimerKind.DURATION, "P2W", "2026-02-14T01:00:00+00:00", 1, None),
        (TimerKind.DURATION, "P1M", "2026-02-28T01:00:00+00:00", 1, None),
        (TimerKind.DURATION, "P1Y1M", "2027-02-28T01:00:00+00:00", 1, None),
        (TimerKind.CYCLE, "R3/PT10H", "2026-01-31T11:00:00+00:00", 3, "PT10H"),
        (TimerKind.CYCLE, "R/PT10H", "2026-01-31T11:00:00+00:00", -1, "PT10H"),
        (TimerKind.CYCLE, "R-1/PT10H", "2026-01-31T11:00:00+00:00", -1, "PT10H"),
        (TimerKind.CYCLE, "R2/2026-02-01T00:00:00Z/P1D", "2026-02-01T00:00:00+00:00", 2, "P1D"),
    ],
)
def test_timer_expressions_of_iso_8601(
    kind: TimerKind, text: str, due: str, repetitions: int, every: str | None
) -> None:
    planned = schedule(kind, text, NOW)
    assert planned.due is not None
    assert (planned.due.isoformat(), planned.repetitions, planned.every) == (due, repetitions, every)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (TimerKind.DATE, "P1D"),
        (TimerKind.DATE, None),
        (TimerKind.DURATION, "P"),
        (TimerKind.DURATION, "PT"),
        (TimerKind.DURATION, "2026-01-01"),
        (TimerKind.DURATION, "P99999999Y"),
        (TimerKind.CYCLE, "PT1H"),
        (TimerKind.CYCLE, "R0/PT1H"),
        (TimerKind.CYCLE, "R/PT0S"),
        (TimerKind.CYCLE, "R/P1D/P1D/P1D"),
    ],
)
def test_what_is_no_timer_expression_makes_the_element_fail(kind: TimerKind, text: str | None) -> None:
    with pytest.raises(ElementFailed) as failure:
        schedule(kind, text, NOW)
    assert failure.value.error_type == "EXTRACT_VALUE_ERROR"


def test_a_repeating_timer_is_due_one_interval_after_it_was_due() -> None:
    assert next_due(NOW, "P1D") == NOW + timedelta(days=1)


def test_an_intermediate_timer_waits_for_its_moment() -> None:
    # given
    run = case(START + event("intermediateCatchEvent", "t", "duration PT1H") + user("a") + chain("s", "t", "a"))
    (timer,) = run.watch.timers.values()
    assert timer.due_at == (START_OF_TIME + timedelta(hours=1)).isoformat()
    assert (timer.interrupting, timer.repetitions) == (True, 1)
    # when
    run.rehearsal.advance(timedelta(minutes=59))
    assert not run.watch.user_tasks
    run.rehearsal.advance(timedelta(minutes=1))
    # then
    assert run.watch.user_tasks
    assert not any(isinstance(record, TimerCanceled) for record in run.records)


def test_a_timer_may_be_a_feel_value() -> None:
    catch = event("intermediateCatchEvent", "t", 'duration =duration("PT" + string(n) + "H")')
    date = event("intermediateCatchEvent", "d", 'date =now() + duration("P1D")')
    run = case(START + catch + date + chain("s", "t", "d"), {"n": 2})
    run.rehearsal.advance(timedelta(hours=2))
    (timer,) = run.watch.timers.values()
    assert timer.due_at == (START_OF_TIME + timedelta(hours=26)).isoformat()


def test_the_timer_of_a_boundary_event_is_cancelled_when_its_task_completes() -> None:
    run = case(
        START + user("a") + boundary("a", "b", "duration PT1H") + user("late") + chain("s", "a") + chain("b", "late")
    )
    run.complete_user_task("a")
    assert run.completed
    assert [record.key for record in run.records if isinstance(record, TimerCanceled)] == [
        record.key for record in run.records if isinstance(record, TimerScheduled)
    ]


def test_an_interrupting_boundary_timer_ends_its_task() -> None:
    run = case(
        START + user("a") + boundary("a", "b", "duration PT1H") + user("late") + chain("s", "a") + chain("b", "late")
    )
    run.rehearsal.advance(timedelta(hours=1))
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["late"]
    assert ("terminated", "a") in run.trace()


def test_a_non_interrupting_boundary_timer_adds_a_token_and_its_task_goes_on() -> None:
    catch = boundary("a", "b", "duration PT1H", interrupting=False)
    run = case(START + user("a") + catch + user("late") + chain("s", "a") + chain("b", "late"))
    run.rehearsal.advance(timedelta(hours=5))
    assert sorted(task.element_id for task in run.watch.user_tasks.values()) == ["a", "late"]
    run.complete_user_task("a")
    assert not run.completed
    run.complete_user_task("late")
    assert run.completed


@pytest.mark.parametrize(("cycle", "expected"), [("R3/PT1H", 3), ("R/PT1H", 10)])
def test_a_cycle_fires_as_often_as_it_says_each_with_a_timer_of_its_own(cycle: str, expected: int) -> None:
    catch = boundary("a", "b", f"cycle {cycle}", interrupting=False)
    run = case(START + user("a") + catch + el("task", "late") + chain("s", "a") + chain("b", "late"))
    run.rehearsal.advance(timedelta(hours=10, minutes=30))
    assert run.completed_elements().count("late") == expected
    keys = [record.key for record in run.records if isinstance(record, TimerScheduled)]
    assert len(set(keys)) == len(keys)
    run.complete_user_task("a")
    assert run.completed
    assert not run.watch.timers


def test_an_interrupting_cycle_interrupts_at_its_first_firing() -> None:
    catch = boundary("a", "b", "cycle R3/PT1H")
    run = case(START + user("a") + catch + user("late") + chain("s", "a") + chain("b", "late"))
    run.rehearsal.advance(timedelta(hours=10))
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["late"]
    assert not run.watch.timers


def test_a_cycle_may_be_written_with_the_function_cycle() -> None:
    catch = boundary("a", "b", 'cycle =cycle(3, duration("PT1H"))', interrupting=False)
    run = case(START + user("a") + catch + el("task", "late") + chain("s", "a") + chain("b", "late"))
    (timer,) = run.watch.timers.values()
    assert timer.repetitions == 3


def test_a_timer_that_has_fired_or_was_cancelled_cannot_fire_again() -> None:
    run = case(
        START + user("a") + boundary("a", "b", "duration PT1H") + user("late") + chain("s", "a") + chain("b", "late")
    )
    (key,) = run.watch.timers
    run.complete_user_task("a")
    run = case(START + event("intermediateCatchEvent", "t", "duration PT1H") + user("z") + chain("s", "t", "z"))
    (key,) = run.watch.timers
    run.fire_timer("t")
    with pytest.raises(ElementInstanceUnknown):
        run.command(lambda machine: machine.timer_fired(key))


def test_a_timer_that_is_null_is_an_incident_and_opens_nothing() -> None:
    catch = boundary("a", "b1", "duration PT1H") + boundary("a", "b2", "duration =x")
    run = case(START + user("a") + catch + chain("s", "a"))
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["EXTRACT_VALUE_ERROR"]
    assert not run.watch.timers
    run.command(lambda machine: machine.variables_set(run.key, {"x": "PT2H"}))
    run.resolve_incidents()
    assert len(run.watch.timers) == 2
    assert run.watch.user_tasks
