"""Task listeners hold a user task up: before people see it, and before its completion takes effect."""

from __future__ import annotations

import pytest

from engine.definitions.problems import Kind
from engine.definitions.reader import read
from engine.execution.errors import ListenerVariables, NotWaiting
from engine.execution.records import JobCanceled, JobCreated, UserTaskCreated
from tests.unit.execution.diagrams import HEAD, case, chain, el, event

START = event("startEvent", "s")


def task_listeners(*rows: tuple[str, str]) -> str:
    inner = "".join(f'<zeebe:taskListener eventType="{what}" type="{kind}"/>' for what, kind in rows)
    return f"<zeebe:taskListeners>{inner}</zeebe:taskListeners>"


def jobs(run) -> list[tuple[str, str, str | None]]:  # type: ignore[no-untyped-def]
    return [(r.kind, r.type, r.listener_event) for r in run.records if isinstance(r, JobCreated)]


def test_nobody_sees_a_user_task_before_its_creating_listeners_are_done() -> None:
    run = case(
        START + el("userTask", "t", zeebe=task_listeners(("creating", "a"), ("creating", "b"))) + chain("s", "t")
    )
    assert jobs(run) == [("TASK_LISTENER", "a", "creating")]
    run.complete_job("t")
    assert not run.watch.user_tasks
    run.complete_job("t")
    assert jobs(run)[1:] == [("TASK_LISTENER", "b", "creating")]
    assert len([r for r in run.records if isinstance(r, UserTaskCreated)]) == 1
    run.complete_user_task("t")
    assert run.completed


def test_a_completion_takes_effect_only_after_the_completing_listeners() -> None:
    # given
    run = case(START + el("userTask", "t", zeebe=task_listeners(("completing", "c"))) + chain("s", "t"))
    # when
    run.complete_user_task("t", {"ok": True})
    # then
    assert jobs(run) == [("TASK_LISTENER", "c", "completing")]
    assert run.variables == {}
    assert not run.completed
    run.complete_job("t")
    assert run.completed
    assert run.variables == {"ok": True}


def test_a_user_task_is_completed_once_while_its_listeners_are_at_work() -> None:
    run = case(START + el("userTask", "t", zeebe=task_listeners(("completing", "c"))) + chain("s", "t"))
    (key,) = run.watch.user_tasks
    run.command(lambda machine: machine.user_task_completed(key, {}))
    with pytest.raises(NotWaiting):
        run.command(lambda machine: machine.user_task_completed(key, {}))


def test_a_task_listener_brings_no_variables_and_may_try_again() -> None:
    run = case(START + el("userTask", "t", zeebe=task_listeners(("creating", "a"))) + chain("s", "t"))
    (key,) = run.watch.jobs
    with pytest.raises(ListenerVariables):
        run.command(lambda machine: machine.job_completed(key, {"x": 1}))
    run.complete_job("t")
    assert run.watch.user_tasks


def test_an_interrupting_event_cancels_the_listener_with_the_task() -> None:
    boundary = event("boundaryEvent", "b", "duration PT1H", attachedToRef="t")
    node = el("userTask", "t", zeebe=task_listeners(("completing", "c")))
    run = case(START + node + boundary + event("endEvent", "e") + chain("s", "t") + chain("b", "e"))
    run.complete_user_task("t")
    run.fire_timer("b")
    assert run.completed
    assert [r for r in run.records if isinstance(r, JobCanceled)]


@pytest.mark.parametrize("what", ["assigning", "updating", "canceling"])
def test_listeners_that_would_hold_nothing_up_are_refused_by_name_and_line(what: str) -> None:
    node = el("userTask", "t", zeebe=task_listeners((what, "x")))
    file = f'{HEAD}\n<bpmn:process id="p" isExecutable="true">{START}\n{node}{event("endEvent", "e")}'
    xml = file + chain("s", "t", "e") + "</bpmn:process></bpmn:definitions>"
    (problem,) = [p for p in read(xml.encode(), "f").problems if p.kind is Kind.UNSUPPORTED]
    assert problem.code == "bpmn.task-listener-unsupported"
    assert what in problem.message
    assert problem.place.line == 3
