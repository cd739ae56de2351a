"""Multi-instance and standard loops."""

from __future__ import annotations

from functools import partial

import pytest

from engine.execution import Machine
from engine.execution.records import ElementActivated, ElementTerminated, MessageThrown
from tests.unit.execution.diagrams import boundary, case, chain, el, event, io, multi, script, service, user

START = event("startEvent", "s")
THREE_TIMES = '<bpmn:standardLoopCharacteristics loopMaximum="3"/>'


def items(count: int) -> dict[str, object]:
    return {"items": list(range(count))}


def test_a_parallel_multi_instance_runs_all_at_once_in_scopes_of_their_own_inside_a_body() -> None:
    # given / when
    run = case(START + el("userTask", "t", multi()) + chain("s", "t"), items(3))
    # then
    activated = [each for each in run.records if isinstance(each, ElementActivated) and each.element_id == "t"]
    body, *inner = activated
    assert body.element_type == "MULTI_INSTANCE_BODY"
    assert [(each.element_type, each.flow_scope_key, each.loop_counter) for each in inner] == [
        ("USER_TASK", body.key, 1),
        ("USER_TASK", body.key, 2),
        ("USER_TASK", body.key, 3),
    ]
    assert [run.watch.scopes[each.key] for each in inner] == [
        {"item": 0, "loopCounter": 1},
        {"item": 1, "loopCounter": 2},
        {"item": 2, "loopCounter": 3},
    ]


@pytest.mark.parametrize("sequential", [False, True])
@pytest.mark.parametrize("count", [0, 1, 3, 16, 17, 40, 300])
def test_results_are_collected_in_the_order_of_the_input(sequential: bool, count: int) -> None:
    # given
    loop = multi(sequential=sequential, output=("results", "=r * 10 + item"))
    run = case(START + el("userTask", "t", loop) + chain("s", "t"), items(count))
    # when: completed last first where possible
    for number in range(count):
        assert not run.completed
        assert len(run.watch.user_tasks) == (1 if sequential else count - number)
        key = max(run.watch.user_tasks)
        index = run.watch.scopes[key]["item"]
        run.command(partial(Machine.user_task_completed, key=key, variables={"r": index}))
    # then: r is local to each instance because the output element begins with it only if it is a plain name
    assert run.completed
    assert run.variables["results"] == [index * 11 for index in range(count)]
    assert set(run.parts) == {"main"}


def test_an_output_element_that_is_a_variable_is_local_to_each_instance() -> None:
    run = case(START + el("userTask", "t", multi(output=("results", "=r"))) + chain("s", "t"), items(2))
    run.complete_user_task("t", {"r": 1})
    run.complete_user_task("t")
    assert run.variables == {**items(2), "results": [1, None]}


@pytest.mark.parametrize("sequential", [False, True])
def test_a_completion_condition_ends_the_rest(sequential: bool) -> None:
    loop = multi(sequential=sequential, until="numberOfCompletedInstances >= 2 and nrOfInstances = 4")
    run = case(START + el("userTask", "t", loop) + user("z") + chain("s", "t", "z"), items(4))
    run.complete_user_task("t")
    assert [task.element_id for task in run.watch.user_tasks.values() if task.element_id == "z"] == []
    run.complete_user_task("t")
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["z"]
    assert run.trace().count(("terminated", "t")) == (0 if sequential else 2)


def test_counters_of_the_specification_are_seen_by_instances_and_never_stored() -> None:
    expression = "[numberOfInstances, numberOfActiveInstances, numberOfCompletedInstances, numberOfTerminatedInstances]"
    loop = multi(sequential=True, output=("seen", "=" + expression))
    run = case(START + el("userTask", "t", loop) + chain("s", "t"), items(2))
    run.complete_user_task("t")
    run.complete_user_task("t")
    assert run.variables["seen"] == [[2, 1, 0, 0], [2, 1, 1, 0]]
    assert all("numberOfInstances" not in scope for scope in run.watch.scopes.values())


def test_cardinality_counts_instances_without_a_collection() -> None:
    run = case(START + el("userTask", "t", multi(cardinality="=n + 1")) + chain("s", "t"), {"n": 2})
    assert len(run.watch.user_tasks) == 3


@pytest.mark.parametrize("value", [None, 3, "abc"])
def test_an_input_that_is_no_list_is_an_incident(value: object) -> None:
    run = case(START + el("userTask", "t", multi()) + chain("s", "t"), {"items": value})
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["EXTRACT_VALUE_ERROR"]
    run.command(lambda machine: machine.variables_set(run.key, {"items": [1]}))
    run.resolve_incidents()
    assert len(run.watch.user_tasks) == 1


def test_mappings_apply_to_each_instance() -> None:
    mapping = io(("input", "=item.n", "n"), ("output", "=n * 2", "last"))
    run = case(START + service("t", mapping, multi()) + chain("s", "t"), {"items": [{"n": 1}, {"n": 2}]})
    run.complete_job("t")
    assert run.variables["last"] == 2
    run.complete_job("t")
    assert run.variables["last"] == 4


@pytest.mark.parametrize("count", [3, 40])
def test_an_interrupting_boundary_event_on_the_body_ends_all_instances(count: int) -> None:
    nodes = el("userTask", "t", multi(output=("r", "=item"))) + boundary("t", "b", "duration PT1H") + user("z")
    run = case(START + nodes + chain("s", "t") + chain("b", "z"), items(count))
    run.complete_user_task("t")
    run.fire_timer("b")
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["z"]
    assert run.trace().count(("terminated", "t")) == count
    run.complete_user_task("z")
    assert run.completed
    assert set(run.parts) == {"main"}


@pytest.mark.parametrize("count", [3, 40])
@pytest.mark.parametrize("sequential", [False, True])
def test_instances_may_be_subprocesses_with_multi_instances_inside(count: int, sequential: bool) -> None:
    # given
    inner = event("startEvent", "is") + el("userTask", "t", multi(element="item2")) + chain("is", "t")
    outer = el("subProcess", "sp", multi(sequential=sequential, output=("sums", "=item")) + inner)
    run = case(START + outer + chain("s", "sp"), items(count))
    # when
    done = 0
    while not run.completed:
        key = sorted(run.watch.user_tasks)[len(run.watch.user_tasks) // 2]
        run.command(partial(Machine.user_task_completed, key=key, variables={}))
        done += 1
    # then
    assert done == count * count
    assert run.variables["sums"] == list(range(count))
    assert set(run.parts) == {"main"}


def test_every_command_finds_its_task_among_instances_kept_in_parts() -> None:
    # given
    run = case(START + service("t", inner=multi()) + chain("s", "t"), items(50))
    assert len([part for part in run.parts if part.startswith("mi-")]) == 4
    # when
    keys = sorted(run.watch.jobs)
    incident = run.command(lambda machine: machine.job_failed_without_retries(keys[33], "x"))
    assert run.watch.incidents[incident].element_instance_key == run.watch.jobs[keys[33]].element_instance_key
    run.resolve_incidents()
    element = run.watch.jobs[keys[20]].element_instance_key
    run.command(lambda machine: machine.variables_set(element, {"x": 1}, local=True))
    run.command(lambda machine: machine.element_terminated(element))
    assert keys[20] not in run.watch.jobs
    # then
    for key in [key for key in keys if key != keys[20]]:
        run.command(partial(Machine.job_completed, key=key, variables={}))
    assert run.completed


def test_a_large_body_keeps_main_small() -> None:
    run = case(START + el("userTask", "t", multi()) + chain("s", "t"), {})
    assert run.watch.incidents
    run = case(START + el("userTask", "t", multi(cardinality="=n")) + chain("s", "t"), {"n": 1000})
    assert len(run.parts["main"]) < 500
    assert max(len(text) for text in run.parts.values()) < 8000


@pytest.mark.parametrize(("before", "expected"), [("true", 3), ("false", 3)])
def test_a_standard_loop_repeats_while_its_condition_holds(before: str, expected: int) -> None:
    loop = (
        f'<bpmn:standardLoopCharacteristics testBefore="{before}"><bpmn:loopCondition '
        'xsi:type="bpmn:tFormalExpression">=n &lt; 3</bpmn:loopCondition></bpmn:standardLoopCharacteristics>'
    )
    run = case(START + script("t", "n + 1", "n", inner=loop) + chain("s", "t"), {"n": 0})
    assert run.variables["n"] == expected
    assert run.completed


def test_a_standard_loop_tested_before_may_run_not_at_all_but_tested_after_runs_once() -> None:
    for before, expected in (("true", 9), ("false", 10)):
        loop = (
            f'<bpmn:standardLoopCharacteristics testBefore="{before}"><bpmn:loopCondition '
            'xsi:type="bpmn:tFormalExpression">=n &lt; 3</bpmn:loopCondition></bpmn:standardLoopCharacteristics>'
        )
        run = case(START + script("t", "n + 1", "n", inner=loop) + chain("s", "t"), {"n": 9})
        assert run.variables["n"] == expected


def test_a_standard_loop_ends_at_its_maximum_and_counts_its_rounds() -> None:
    loop = '<bpmn:standardLoopCharacteristics loopMaximum="3"/>'
    run = case(START + el("userTask", "t", loop) + chain("s", "t"))
    for counter in (1, 2, 3):
        (key,) = run.watch.user_tasks
        assert run.watch.scopes[key] == {"loopCounter": counter}
        run.complete_user_task("t")
    assert run.completed


def test_a_multi_instance_call_runs_a_process_for_each_item() -> None:
    from tests.unit.execution.diagrams import rehearsal

    activity = el("callActivity", "ca", multi(output=("r", "=y")), '<zeebe:calledElement processId="p2"/>')
    called = event("startEvent", "cs") + user("c") + chain("cs", "c")
    run = rehearsal(START + activity + chain("s", "ca"), called).start("p", items(20))
    assert len({run.watch.elements[key].process_instance_key for key in run.watch.user_tasks}) == 20
    for _ in range(20):
        key = min(run.watch.user_tasks)
        scope = run.watch.elements[key].process_instance_key
        item = run.watch.scopes[scope]["item"]
        run.command(partial(Machine.user_task_completed, key=key, variables={"y": item}))
    assert run.variables["r"] == list(range(20))


def test_instances_end_in_order_whatever_part_was_loaded_first() -> None:
    run = case(START + el("userTask", "t", multi(until="nrOfCompletedInstances >= 1")) + chain("s", "t"), items(40))
    keys = sorted(run.watch.user_tasks)
    run.command(partial(Machine.user_task_completed, key=keys[35], variables={}))
    ended = [each.key for each in run.records if isinstance(each, ElementTerminated)]
    assert ended == [key for key in keys if key != keys[35]]


@pytest.mark.parametrize(
    ("loop", "times"),
    [(multi(cardinality="2"), 2), (THREE_TIMES, 3)],
    ids=["multi-instance", "standard loop"],
)
def test_each_instance_of_a_receive_task_takes_a_message_of_its_own(loop: str, times: int) -> None:
    # given
    run = case(START + el("receiveTask", "r", loop, messageRef="message_m") + chain("s", "r"), {"key": "k"})
    # when
    for _ in range(times):
        assert not run.completed
        run.rehearsal.publish_message("m", "k")
    # then
    assert run.completed
    assert run.completed_elements().count("r") == times + 1


@pytest.mark.parametrize("loop", [multi(cardinality="3"), THREE_TIMES], ids=["multi-instance", "standard loop"])
def test_each_instance_of_a_send_task_sends_a_message(loop: str) -> None:
    run = case(START + el("sendTask", "t", loop, messageRef="message_m") + chain("s", "t"), {"key": "k"})
    assert run.completed
    assert [each.name for each in run.records if isinstance(each, MessageThrown)] == ["m", "m", "m"]
