"""Execution listeners as jobs."""

from __future__ import annotations

import pytest

from engine.execution.records import JobCreated
from tests.unit.execution.diagrams import case, chain, el, event, io, multi, script, user

START = event("startEvent", "s")


def listeners(*rows: tuple[str, str]) -> str:
    inner = "".join(f'<zeebe:executionListener eventType="{what}" type="{kind}"/>' for what, kind in rows)
    return f"<zeebe:executionListeners>{inner}</zeebe:executionListeners>"


def jobs(run) -> list[tuple[str, str, str | None]]:  # type: ignore[no-untyped-def]
    return [(r.element_id, r.type, r.listener_event) for r in run.records if isinstance(r, JobCreated)]


def test_start_listeners_run_one_after_the_other_before_the_work_and_end_listeners_after_it() -> None:
    # given
    zeebe = listeners(("start", "a"), ("start", "b"), ("end", "c"))
    run = case(START + el("userTask", "t", zeebe=zeebe) + chain("s", "t"))
    assert jobs(run) == [("t", "a", "start")]
    assert not run.watch.user_tasks
    # when / then
    run.complete_job("t", {"x": 1})
    assert jobs(run)[1:] == [("t", "b", "start")]
    run.complete_job("t")
    (key,) = run.watch.user_tasks
    assert run.watch.scopes[key] == {"x": 1}
    run.complete_user_task("t", {"y": 1})
    assert jobs(run)[2:] == [("t", "c", "end")]
    assert not run.completed
    run.complete_job("t", {"z": 1})
    assert run.completed
    assert run.variables == {"y": 1, "z": 1}


@pytest.mark.parametrize("kind", ["task", "exclusiveGateway", "scriptTask", "subProcess"])
def test_any_element_may_have_listeners(kind: str) -> None:
    zeebe = listeners(("start", "a"), ("end", "b"))
    if kind == "scriptTask":
        node = script("t", "1", "n", zeebe)
    elif kind == "exclusiveGateway":
        node = el(kind, "t", zeebe=zeebe) + user("u")
    else:
        node = el(kind, "t", zeebe=zeebe)
    flows = chain("s", "t")
    if kind == "exclusiveGateway":
        node += el("exclusiveGateway", "g", default="d") + flows_of_gateway()
        flows = chain("s", "g")
    run = case(START + node + flows)
    run.complete_job("t")
    run.complete_job("t")
    while run.watch.user_tasks:
        run.complete_user_task("u")
    assert run.completed


def flows_of_gateway() -> str:
    from tests.unit.execution.diagrams import flow

    return flow("g", "t", flow_id="d") + flow("g", "u", "false") + flow("u", "t")


def test_output_mappings_are_applied_once_before_the_end_listener() -> None:
    zeebe = io(("output", "=n + 1", "n")) + listeners(("end", "a"))
    run = case(START + el("userTask", "t", zeebe=zeebe) + chain("s", "t"), {"n": 1})
    run.complete_user_task("t")
    assert run.variables["n"] == 2
    run.complete_job("t")
    assert run.variables["n"] == 2


def test_each_instance_of_a_multi_instance_has_its_listeners() -> None:
    node = el("userTask", "t", multi(output=("r", "=item")), listeners(("end", "a")))
    run = case(START + node + chain("s", "t"), {"items": [1, 2]})
    run.complete_user_task("t")
    run.complete_user_task("t")
    assert len(run.watch.jobs) == 2
    run.complete_job("t")
    run.complete_job("t")
    assert run.variables["r"] == [1, 2]


def test_a_process_waits_for_its_own_listeners_before_its_first_element_and_before_its_end() -> None:
    zeebe = f"<bpmn:extensionElements>{listeners(('start', 'a'), ('end', 'b'))}</bpmn:extensionElements>"
    run = case(zeebe + START + user("t") + chain("s", "t"))
    assert jobs(run) == [("p", "a", "start")]
    assert run.trace() == [("activated", "p")]
    run.complete_job("p", {"x": 1})
    run.complete_user_task("t")
    assert jobs(run)[1:] == [("p", "b", "end")]
    assert not run.completed
    run.complete_job("p")
    assert run.completed
    assert run.variables == {"x": 1}


def test_a_listener_job_without_retries_is_an_incident_and_termination_cancels_it() -> None:
    run = case(START + el("userTask", "t", zeebe=listeners(("start", "a"))) + chain("s", "t"))
    (key,) = run.watch.jobs
    run.command(lambda machine: machine.job_failed_without_retries(key, "x"))
    assert run.watch.incidents
    run.command(lambda machine: machine.terminate())
    assert not run.watch.jobs
    assert not run.watch.incidents
