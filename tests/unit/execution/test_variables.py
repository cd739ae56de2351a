"""Variables in scopes: Camunda 8's rules of input, output and upward propagation."""

from __future__ import annotations

import pytest

from engine.execution.records import VariableChanged
from engine.execution.spiff import Task
from tests.unit.execution.diagrams import case, chain, el, event, flow, io, script, service, user

START = event("startEvent", "s")


def sub(element_id: str, content: str, zeebe: str = "") -> str:
    inner = event("startEvent", f"{element_id}_s") + content
    return el("subProcess", element_id, inner, zeebe)


def test_input_mappings_create_local_variables_in_order_and_later_ones_see_earlier_ones() -> None:
    mapping = io(("input", "=x + 1", "a"), ("input", "=a + 1", "b.c"), ("input", "text", "d"))
    run = case(START + service("t", mapping) + chain("s", "t"), {"x": 1})
    (job,) = run.watch.jobs.values()
    assert run.watch.scopes[job.element_instance_key] == {"a": 2, "b": {"c": 3}, "d": "text"}
    run.complete_job("t")
    assert run.variables == {"x": 1}


def test_results_without_output_mapping_change_the_nearest_scope_that_has_the_name_else_the_root() -> None:
    # given: "a" is local to the task, "x" belongs to the subprocess, "new" exists nowhere
    inner = service("t", io(("input", "=0", "a"))) + user("u") + chain("sp_s", "t", "u")
    run = case(START + sub("sp", inner, io(("input", "=1", "x"))) + chain("s", "sp"), {"x": 9})
    subprocess_key = next(key for key, each in run.watch.elements.items() if each.element_id == "sp")
    # when
    run.complete_job("t", {"a": 5, "x": 6, "new": 7})
    # then
    assert run.watch.scopes[subprocess_key] == {"x": 6}
    assert run.variables == {"x": 9, "new": 7}


def test_output_mappings_replace_propagation_and_see_the_result() -> None:
    mapping = io(("output", "=result.total", "sum"), ("output", "=sum + 1", "more"))
    run = case(START + service("t", mapping) + chain("s", "t"))
    run.complete_job("t", {"result": {"total": 3}, "junk": 1})
    assert run.variables == {"sum": 3, "more": 4}


def test_an_output_mapping_to_a_path_keeps_the_other_entries() -> None:
    run = case(START + service("t", io(("output", "=r", "o.x.y"))) + chain("s", "t"), {"o": {"x": {"z": 1}, "w": 2}})
    run.complete_job("t", {"r": 7})
    assert run.variables == {"o": {"x": {"z": 1, "y": 7}, "w": 2}}


def test_an_output_mapping_that_fails_keeps_the_result_and_can_be_tried_again() -> None:
    # given: more items than FEEL allows
    run = case(START + service("t", io(("output", "=count(for i in 1..r return i)", "x"))) + chain("s", "t"))
    run.complete_job("t", {"r": 10**12})
    # then
    (incident,) = run.watch.incidents.values()
    assert incident.error_type == "IO_MAPPING_ERROR"
    # when
    run.command(lambda machine: machine.variables_set(incident.element_instance_key, {"r": 7}, local=True))
    run.resolve_incidents()
    # then
    assert run.variables == {"x": 7}
    assert run.completed


def test_local_variables_of_a_subprocess_end_with_it() -> None:
    inner = script("t", "local + 1", "x") + chain("sp_s", "t")
    run = case(START + sub("sp", inner, io(("input", "=1", "local"))) + user("a") + chain("s", "sp", "a"))
    assert run.variables == {"x": 2}
    assert set(run.watch.elements) == {run.key, *run.watch.user_tasks}


def test_output_mappings_of_a_subprocess_see_its_local_variables() -> None:
    inner = script("t", "local + 1", "local") + chain("sp_s", "t")
    mapping = io(("input", "=1", "local"), ("output", "=local * 10", "x"))
    run = case(START + sub("sp", inner, mapping) + chain("s", "sp"))
    assert run.variables == {"x": 20}


def test_variables_can_be_set_from_outside_where_they_are_seen_or_locally() -> None:
    run = case(START + user("a") + chain("s", "a"), {"x": 1})
    (key,) = run.watch.user_tasks
    run.command(lambda machine: machine.variables_set(key, {"x": 2, "y": 3}))
    run.command(lambda machine: machine.variables_set(key, {"x": 4}, local=True))
    assert run.variables == {"x": 2, "y": 3}
    assert run.watch.scopes[key] == {"x": 4}


def test_setting_a_variable_to_what_it_is_records_nothing_but_true_is_not_one() -> None:
    run = case(START + user("a", "b") + chain("s", "a", "b"), {"x": 1})
    run.complete_user_task("a", {"x": 1})
    assert sum(isinstance(record, VariableChanged) for record in run.records) == 1
    run.complete_user_task("b", {"x": True})
    assert run.variables["x"] is True


def test_parallel_branches_lose_no_update() -> None:
    nodes = el("parallelGateway", "g") + user("a", "b") + el("parallelGateway", "j") + user("c")
    run = case(START + nodes + chain("s", "g", "a", "j", "c") + chain("g", "b", "j"), {"shared": 0})
    run.complete_user_task("a", {"shared": 1, "from_a": 1})
    run.complete_user_task("b", {"from_b": 2})
    assert run.variables == {"shared": 1, "from_a": 1, "from_b": 2}


def test_a_variable_named_like_python_or_spiff_internals_is_an_ordinary_variable() -> None:
    values = {"typename": "x", "data_objects": {"a": 1}, "__builtins__": 1, "self": 2}
    run = case(START + user("a", "b") + chain("s", "a", "b"), dict(values))
    run.complete_user_task("a", {"__class__": "y"})
    assert run.variables == {**values, "__class__": "y"}


def test_token_data_is_empty_and_cannot_be_written() -> None:
    run = case(START + user("a") + chain("s", "a"))

    def look(machine):  # type: ignore[no-untyped-def]
        for task in machine._workflow.tasks.values():
            assert isinstance(task, Task)
            assert dict(task.data) == {}
            with pytest.raises(TypeError):
                task.data["x"] = 1

    run.command(look)


def test_output_mappings_are_applied_once_even_if_no_flow_can_be_taken_at_first() -> None:
    # given
    flows = chain("s", "t") + flow("t", "a", "n > 10") + flow("t", "b", "n > 20")
    run = case(START + service("t", io(("output", "=n + 1", "n"))) + user("a", "b") + flows, {"n": 1})
    run.complete_job("t")
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["CONDITION_ERROR"]
    assert run.variables == {"n": 2}
    # when
    run.command(lambda machine: machine.variables_set(run.key, {"n": 15}))
    run.resolve_incidents()
    # then
    assert run.variables == {"n": 15}
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["a"]


def test_input_mappings_tried_again_do_not_see_what_they_made_the_first_time() -> None:
    # given: the second mapping of the activity is fine, its assignment is not
    zeebe = io(("input", "=n + 1", "n"), ("input", "=clerk", "who")) + '<zeebe:assignmentDefinition assignee="=who"/>'
    run = case(START + el("userTask", "t", zeebe=zeebe) + chain("s", "t"), {"n": 1, "clerk": [1]})
    (incident,) = run.watch.incidents.values()
    # when
    run.command(lambda machine: machine.variables_set(run.key, {"clerk": "王"}))
    run.resolve_incidents()
    # then
    assert run.watch.scopes[incident.element_instance_key] == {"n": 2, "who": "王"}
    assert [task.assignee for task in run.watch.user_tasks.values()] == ["王"]
