"""Moving tokens by hand, and whole cases to another version."""

from __future__ import annotations

import pytest

from engine.definitions.reader import read
from engine.execution.errors import ElementInstanceUnknown, ElementUnknown, MigrationImpossible, ScopeAmbiguous
from engine.execution.program import Program, compile_program
from engine.execution.records import ElementMigrated, TimerCanceled
from engine.execution.rehearsal import RehearsedCase
from tests.unit.execution.diagrams import (
    boundary,
    case,
    chain,
    document,
    el,
    event,
    flow,
    multi,
    process,
    user,
    with_ends,
)

START = event("startEvent", "s")


def open_tasks(run: RehearsedCase) -> list[str]:
    return sorted(task.element_id for task in run.watch.user_tasks.values())


def key_of(run: RehearsedCase, element_id: str) -> int:
    return min(key for key, each in run.watch.elements.items() if each.element_id == element_id)


# -- modification -------------------------------------------------------------------------------------------------


def test_a_token_can_be_put_on_an_element_and_another_taken_away() -> None:
    # given
    run = case(START + user("a", "b") + chain("s", "a", "b"))
    # when: first put, then take away, so that the process does not end in between
    key = run.command(lambda machine: machine.element_activated("b", {None: {"x": 1}, "b": {"y": 2}}))
    run.command(lambda machine: machine.element_terminated(key_of(run, "a")))
    # then
    assert open_tasks(run) == ["b"]
    assert run.variables == {"x": 1}
    assert run.watch.scopes[key] == {"y": 2}
    run.complete_user_task("b")
    assert run.completed


def test_taking_the_last_token_away_terminates_the_scopes_around_it() -> None:
    inner = event("startEvent", "is") + user("a") + chain("is", "a")
    run = case(START + el("subProcess", "sp", inner) + chain("s", "sp"))
    run.command(lambda machine: machine.element_terminated(key_of(run, "a")))
    assert run.terminated
    assert run.trace()[-3:] == [("terminated", "a"), ("terminated", "sp"), ("terminated", "p")]


def test_activating_an_element_in_a_subprocess_brings_the_subprocess_to_life() -> None:
    inner = event("startEvent", "is") + user("a", "b") + chain("is", "a", "b")
    nodes = el("subProcess", "sp", inner) + boundary("sp", "t", "duration PT1H") + user("z") + chain("t", "z")
    run = case(START + user("first") + nodes + chain("s", "first", "sp"))
    key = run.command(lambda machine: machine.element_activated("b", {"sp": {"local": 1}}))
    assert run.watch.elements[key].flow_scope_key == key_of(run, "sp")
    assert run.watch.scopes[key_of(run, "sp")] == {"local": 1}
    assert len(run.watch.timers) == 1
    run.complete_user_task("b")
    assert "sp" in run.completed_elements()


def test_where_several_scopes_are_alive_one_must_be_named() -> None:
    inner = multi() + event("startEvent", "is") + user("a", "b") + chain("is", "a", "b")
    run = case(START + el("subProcess", "sp", inner) + chain("s", "sp"), {"items": [1, 2]})
    with pytest.raises(ScopeAmbiguous):
        run.command(lambda machine: machine.element_activated("b"))
    scope = next(k for k, e in run.watch.elements.items() if e.element_id == "sp" and e.loop_counter == 2)
    key = run.command(lambda machine: machine.element_activated("b", ancestor_scope_key=scope))
    assert run.watch.elements[key].flow_scope_key == scope


@pytest.mark.parametrize("element_id", ["nowhere", "t"])
def test_what_cannot_be_activated_is_refused(element_id: str) -> None:
    run = case(START + user("a", "z") + boundary("a", "t", "duration PT1H") + chain("s", "a") + chain("t", "z"))
    with pytest.raises(ElementUnknown):
        run.command(lambda machine: machine.element_activated(element_id))


def test_activating_a_join_fires_it_without_waiting() -> None:
    nodes = el("parallelGateway", "g") + user("a", "b", "z") + el("parallelGateway", "j")
    run = case(START + nodes + chain("s", "g", "a", "j", "z") + chain("g", "b", "j"))
    run.command(lambda machine: machine.element_activated("j"))
    assert open_tasks(run) == ["a", "b", "z"]


def test_terminating_a_token_lets_an_inclusive_join_go_on() -> None:
    flows = flow("s", "g") + flow("g", "a", "true") + flow("g", "b", "true") + chain("a", "j", "z") + chain("b", "j")
    run = case(START + el("inclusiveGateway", "g") + user("a", "b", "z") + el("inclusiveGateway", "j") + flows)
    run.complete_user_task("a")
    run.command(lambda machine: machine.element_terminated(key_of(run, "b")))
    assert open_tasks(run) == ["z"]


def test_only_live_elements_can_be_terminated() -> None:
    run = case(START + user("a") + chain("s", "a"))
    with pytest.raises(ElementInstanceUnknown):
        run.command(lambda machine: machine.element_terminated(run.key + 99))


# -- migration ----------------------------------------------------------------------------------------------------


def version(run: RehearsedCase, content: str, key: int = 99) -> Program:
    reading = read(with_ends(document(process(content))), "v2.bpmn")
    assert reading.ok, [str(problem) for problem in reading.problems]
    assert reading.model is not None
    program = compile_program(reading.model.processes[0], key)
    run.rehearsal.world.programs[f"version {key}"] = program
    return program


def test_a_case_goes_on_in_the_new_version_with_its_keys_variables_and_timers() -> None:
    # given
    guard = boundary("a", "t", "duration PT1H") + user("late") + chain("t", "late")
    run = case(START + user("a") + guard + chain("s", "a"), {"x": 1})
    (task,), (timer,) = list(run.watch.user_tasks), list(run.watch.timers)
    guard2 = boundary("a2", "t", "duration PT9H") + user("late") + chain("t", "late")
    program = version(run, START + user("a2", "more") + guard2 + chain("s", "a2", "more"))
    # when
    run.command(lambda machine: machine.migrate(program, {"a": "a2"}))
    # then
    assert [record.target_element_id for record in run.records if isinstance(record, ElementMigrated)] == ["a2", "p"]
    assert list(run.watch.timers) == [timer]
    run.command(lambda machine: machine.user_task_completed(task, {}))
    assert open_tasks(run) == ["more"]
    assert run.variables == {"x": 1}
    run.complete_user_task("more")
    assert run.completed


def test_subscriptions_that_the_new_version_drops_are_closed_and_those_it_adds_are_opened() -> None:
    guard = boundary("a", "t", "duration PT1H") + user("late") + chain("t", "late")
    run = case(START + user("a") + guard + chain("s", "a"), {"key": "k"})
    guard2 = boundary("a", "m", "message") + user("other") + chain("m", "other")
    program = version(run, START + user("a") + guard2 + chain("s", "a"))
    run.command(lambda machine: machine.migrate(program, {}))
    assert not run.watch.timers
    assert any(isinstance(record, TimerCanceled) for record in run.records)
    run.rehearsal.publish_message("m", "k")
    assert open_tasks(run) == ["other"]


def test_a_timer_that_has_fired_already_does_not_start_again() -> None:
    guard = boundary("a", "t", "duration PT1H", interrupting=False) + el("task", "late") + chain("t", "late")
    content = START + user("a") + guard + chain("s", "a")
    run = case(content)
    run.fire_timer("t")
    program = version(run, content)
    run.command(lambda machine: machine.migrate(program, {}))
    assert not run.watch.timers


def test_tokens_in_joins_subprocesses_and_multi_instances_move_too() -> None:
    inner = multi() + event("startEvent", "is") + user("c") + chain("is", "c")
    nodes = el("parallelGateway", "g") + user("a", "b") + el("subProcess", "sp", inner) + el("parallelGateway", "j")
    flows = "".join(
        flow(source, target, flow_id=f"{source}_{target}")
        for source, target in [("s", "g"), ("g", "a"), ("g", "b"), ("g", "sp"), ("a", "j"), ("b", "j"), ("sp", "j")]
    )
    content = START + nodes + flows
    run = case(content + user("z") + flow("j", "z"), {"items": list(range(20))})
    run.complete_user_task("a")
    program = version(run, content + user("z2") + flow("j", "z2"))
    # when
    run.command(lambda machine: machine.migrate(program, {"z": "z2"}))
    # then
    run.complete_user_task("b")
    for _ in range(20):
        run.complete_user_task("c")
    assert open_tasks(run) == ["z2"]


@pytest.mark.parametrize(
    ("content", "mapping"),
    [
        (user("b"), {}),
        (user("b"), {"a": "s"}),
        (el("userTask", "a", multi()), {}),
        (el("subProcess", "b", event("startEvent", "is") + user("a") + chain("is", "a")), {}),
    ],
)
def test_an_element_without_a_place_in_the_new_version_keeps_the_whole_case_where_it_is(
    content: str, mapping: dict[str, str]
) -> None:
    run = case(START + user("a") + chain("s", "a"))
    first = "b" if '"b"' in content else "a"
    program = version(run, START + content + chain("s", first))
    before = dict(run.parts)
    assert run.command(lambda machine: machine.migration_obstacles(program, mapping)).keys() == {"a"}
    with pytest.raises(MigrationImpossible):
        run.command(lambda machine: machine.migrate(program, mapping))
    assert run.parts == before


def test_called_processes_stay_on_their_version() -> None:
    from tests.unit.execution.diagrams import rehearsal

    called = event("startEvent", "cs") + user("c") + chain("cs", "c")
    content = START + el("callActivity", "ca", zeebe='<zeebe:calledElement processId="p2"/>')
    run = rehearsal(content + chain("s", "ca"), called).start("p")
    program = version(run, content + user("z") + chain("s", "ca", "z"))
    run.command(lambda machine: machine.migrate(program, {}))
    run.complete_user_task("c")
    assert open_tasks(run) == ["z"]


@pytest.mark.parametrize("sequential", [False, True])
def test_taking_an_instance_of_a_multi_instance_away_lets_the_others_finish_it(sequential: bool) -> None:
    loop = multi(sequential=sequential, output=("r", "=item"))
    run = case(START + el("userTask", "t", loop) + user("z") + chain("s", "t", "z"), {"items": [1, 2, 3]})
    first = min(run.watch.user_tasks)
    run.command(lambda machine: machine.element_terminated(first))
    run.complete_user_task("t")
    run.complete_user_task("t")
    assert open_tasks(run) == ["z"]
    assert run.variables["r"] == [None, 2, 3]


def test_taking_the_round_of_a_loop_away_ends_the_loop() -> None:
    loop = '<bpmn:standardLoopCharacteristics loopMaximum="3"/>'
    run = case(START + el("userTask", "t", loop) + user("z") + chain("s", "t", "z"))
    (key,) = run.watch.user_tasks
    run.command(lambda machine: machine.element_terminated(key))
    assert open_tasks(run) == ["z"]
