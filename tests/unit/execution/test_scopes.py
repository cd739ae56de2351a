"""Subprocesses and called processes."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest

from engine.execution.records import ElementActivated
from tests.unit.execution.diagrams import boundary, case, chain, el, event, flow, io, rehearsal, script, user

START = event("startEvent", "s")


def call(element_id: str, process_id: str = "p2", zeebe: str = "", **flags: str) -> str:
    rest = "".join(f' {name}="{value}"' for name, value in flags.items())
    return el(
        "callActivity", element_id, zeebe=f"<zeebe:calledElement processId={quoteattr(process_id)}{rest}/>{zeebe}"
    )


CALLED = event("startEvent", "cs") + user("c") + chain("cs", "c")


def test_a_subprocess_completes_when_no_token_is_left_in_it() -> None:
    inner = event("startEvent", "is") + el("parallelGateway", "g") + user("a", "b") + chain("is", "g", "a")
    run = case(START + el("subProcess", "sp", inner + chain("g", "b")) + user("z") + chain("s", "sp", "z"))
    run.complete_user_task("a")
    assert "sp" not in run.completed_elements()
    run.complete_user_task("b")
    assert "sp" in run.completed_elements()
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["z"]


def test_a_subprocess_without_start_event_starts_all_its_first_elements() -> None:
    run = case(START + el("subProcess", "sp", user("a", "b")) + chain("s", "sp"))
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["a", "b"]


def test_an_empty_subprocess_completes_at_once() -> None:
    run = case(START + el("subProcess", "sp") + chain("s", "sp"))
    assert run.completed


def test_a_terminate_event_in_a_subprocess_ends_the_subprocess_only() -> None:
    inner = (
        event("startEvent", "is") + el("parallelGateway", "g") + user("a", "b") + event("endEvent", "t", "terminate")
    )
    inner += chain("is", "g", "a") + chain("g", "b", "t")
    run = case(START + el("subProcess", "sp", inner) + user("z") + chain("s", "sp", "z"))
    run.complete_user_task("b")
    assert ("terminated", "a") in run.trace()
    assert ("completed", "sp") in run.trace()
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["z"]


def test_an_interrupting_boundary_event_cuts_a_subprocess_short_with_all_its_content() -> None:
    inner = event("startEvent", "is") + user("a") + chain("is", "a")
    run = case(
        START
        + el("subProcess", "sp", inner)
        + boundary("sp", "t", "duration PT1H")
        + user("late")
        + chain("s", "sp")
        + flow("t", "late")
    )
    run.fire_timer("t")
    assert run.trace()[-5:] == [
        ("terminated", "a"),
        ("terminated", "sp"),
        ("activated", "t"),
        ("completed", "t"),
        ("activated", "late"),
    ]


def test_a_called_process_is_an_instance_of_its_own_with_copies_of_all_variables_by_default() -> None:
    # given
    run = rehearsal(START + call("ca") + chain("s", "ca"), CALLED).start("p", {"x": 1})
    # then
    activated = {each.element_id: each for each in run.records if isinstance(each, ElementActivated)}
    called = activated["p2"]
    assert called.flow_scope_key == activated["ca"].key
    assert activated["c"].process_instance_key == called.key == activated["c"].flow_scope_key
    assert (called.definition_key, activated["ca"].definition_key) == (2, 1)
    assert run.watch.scopes[called.key] == {"x": 1}
    # when
    run.complete_user_task("c", {"x": 2, "y": 3})
    # then
    assert run.completed
    assert run.variables == {"x": 2, "y": 3}


def test_a_call_may_pass_its_inputs_only_and_take_its_outputs_only() -> None:
    mapping = io(("input", "=x * 10", "given"), ("output", "=y", "taken"))
    activity = call("ca", zeebe=mapping, propagateAllParentVariables="false", propagateAllChildVariables="false")
    run = rehearsal(START + activity + chain("s", "ca"), CALLED).start("p", {"x": 1})
    called = next(each.key for each in run.watch.elements.values() if each.element_id == "p2")
    assert run.watch.scopes[called] == {"given": 10}
    run.complete_user_task("c", {"y": 3, "z": 4})
    assert run.variables == {"x": 1, "taken": 3}


def test_a_call_may_take_nothing() -> None:
    run = rehearsal(START + call("ca", propagateAllChildVariables="false") + chain("s", "ca"), CALLED).start("p")
    run.complete_user_task("c", {"y": 3})
    assert run.variables == {}


def test_the_called_process_may_be_named_by_an_expression() -> None:
    run = rehearsal(START + call("ca", '="p" + string(n)') + chain("s", "ca"), CALLED).start("p", {"n": 2})
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["c"]


def test_a_process_that_is_not_there_is_an_incident() -> None:
    run = rehearsal(START + call("ca", "nowhere") + chain("s", "ca")).start()
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["CALLED_ELEMENT_ERROR"]


def test_a_process_that_calls_itself_without_end_is_stopped_by_an_incident() -> None:
    run = rehearsal(START + call("ca", "p") + chain("s", "ca")).start()
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["CALLED_ELEMENT_ERROR"]
    run.command(lambda machine: machine.terminate())
    assert run.terminated


def test_terminating_the_case_terminates_called_processes() -> None:
    run = rehearsal(START + call("ca") + chain("s", "ca"), CALLED).start()
    run.command(lambda machine: machine.terminate())
    assert run.trace()[-4:] == [("terminated", "c"), ("terminated", "p2"), ("terminated", "ca"), ("terminated", "p")]


def test_output_mappings_that_fail_after_a_subprocess_ended_are_tried_again_without_its_content() -> None:
    # given: more items than FEEL allows
    inner = event("startEvent", "is") + script("a", "1", "done") + chain("is", "a")
    mapping = io(("output", "=count(for i in 1..n return i)", "counted"))
    run = case(START + el("subProcess", "sp", inner, mapping) + user("z") + chain("s", "sp", "z"), {"n": 10**12})
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["IO_MAPPING_ERROR"]
    # when
    run.command(lambda machine: machine.variables_set(run.key, {"n": 3}))
    run.resolve_incidents()
    # then
    assert run.completed_elements().count("a") == 1
    assert run.variables["counted"] == 3
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["z"]


@pytest.mark.parametrize("depth", [1, 5])
def test_nested_subprocesses_reach_the_variables_of_all_levels(depth: int) -> None:
    inner = event("startEvent", "is") + script("a", "x + " + str(depth), "y") + chain("is", "a")
    for level in range(depth):
        inner = (
            event("startEvent", f"is{level}")
            + el("subProcess", f"sp{level}", inner)
            + chain(f"is{level}", f"sp{level}")
        )
    run = case(inner, {"x": 1})
    assert run.variables["y"] == 1 + depth


def test_of_several_start_events_without_a_trigger_the_first_starts_unless_one_is_named() -> None:
    content = (
        event("startEvent", "one") + event("startEvent", "two") + user("a", "b") + chain("one", "a") + chain("two", "b")
    )
    world = rehearsal(content)
    assert [task.element_id for task in world.start().watch.user_tasks.values()] == ["a"]
    assert [task.element_id for task in world.start("p", start_event="two").watch.user_tasks.values()] == ["b"]
