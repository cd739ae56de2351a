"""Tokens on their way: gateways, implicit splits and ends, joins that count."""

from __future__ import annotations

import pytest

from engine.execution.records import ElementCompleted, IncidentRaised
from tests.unit.execution.diagrams import case, chain, el, event, flow, script, user

START = event("startEvent", "s")
END = event("endEvent", "e")


def test_elements_complete_in_the_order_in_which_tokens_arrive_and_name_the_flows_taken() -> None:
    # given / when
    run = case(START + user("a") + END + flow("s", "a", flow_id="f1") + flow("a", "e", flow_id="f2"))
    run.complete_user_task("a", {"x": 1})
    # then
    assert run.trace() == [
        ("activated", "p"),
        ("activated", "s"),
        ("completed", "s"),
        ("activated", "a"),
        ("completed", "a"),
        ("activated", "e"),
        ("completed", "e"),
        ("completed", "p"),
    ]
    assert [r.taken for r in run.records if isinstance(r, ElementCompleted)] == [("f1",), ("f2",), (), ()]
    assert run.completed
    assert run.variables == {"x": 1}


@pytest.mark.parametrize(("x", "expected"), [(1, "a"), (5, "b"), (50, "c")])
def test_an_exclusive_gateway_takes_the_first_flow_whose_condition_holds_else_the_default(
    x: int, expected: str
) -> None:
    gateway = el("exclusiveGateway", "g", default="other")
    flows = flow("s", "g") + flow("g", "c", flow_id="other") + flow("g", "a", "x < 3") + flow("g", "b", "x < 10")
    run = case(START + gateway + user("a", "b", "c") + flows, {"x": x})
    assert [task.element_id for task in run.watch.user_tasks.values()] == [expected]


def test_no_condition_true_and_no_default_is_an_incident_that_can_be_resolved() -> None:
    # given
    flows = flow("s", "g") + flow("g", "a", "x = 1") + flow("g", "b", "x = 2")
    run = case(START + el("exclusiveGateway", "g") + user("a", "b") + flows, {"x": 3})
    # then
    (incident,) = run.watch.incidents.values()
    assert (incident.element_id, incident.error_type) == ("g", "CONDITION_ERROR")
    # when
    run.command(lambda machine: machine.variables_set(run.key, {"x": 2}))
    run.resolve_incidents()
    # then
    assert not run.watch.incidents
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["b"]


def test_a_condition_that_is_not_true_or_false_is_an_incident_not_a_silent_no() -> None:
    flows = flow("s", "g") + flow("g", "a", "missing > 1") + flow("g", "b", flow_id="d")
    run = case(START + el("exclusiveGateway", "g", default="d") + user("a", "b") + flows)
    (incident,) = run.watch.incidents.values()
    assert incident.error_type == "EXTRACT_VALUE_ERROR"
    assert "null" in incident.message


def test_a_parallel_gateway_takes_all_flows_in_document_order_and_its_join_waits_for_each_flow() -> None:
    # given
    flows = flow("s", "g") + flow("g", "b") + flow("g", "a") + flow("a", "j") + flow("b", "j") + flow("j", "e")
    run = case(START + el("parallelGateway", "g") + user("a", "b") + el("parallelGateway", "j") + END + flows)
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["b", "a"]
    # when
    run.complete_user_task("a")
    assert not run.completed
    run.complete_user_task("b")
    # then
    assert run.completed
    assert run.completed_elements().count("j") == 1


def test_two_flows_between_the_same_gateways_are_two_tokens() -> None:
    flows = flow("s", "g") + flow("g", "j") + flow("g", "j") + chain("j", "a", "e")
    run = case(START + el("parallelGateway", "g") + el("parallelGateway", "j") + user("a") + END + flows)
    run.complete_user_task("a")
    assert run.completed


def test_a_second_token_on_one_flow_does_not_stand_in_for_a_missing_one_and_is_kept() -> None:
    # given: two tokens arrive by the same flow, from an exclusive merge behind a split
    nodes = el("parallelGateway", "g") + el("exclusiveGateway", "x") + user("a", "b", "c") + el("parallelGateway", "j")
    flows = flow("s", "g") + flow("g", "a") + flow("g", "b") + flow("g", "c") + flow("a", "x") + flow("b", "x")
    run = case(START + nodes + END + flows + flow("x", "j") + flow("c", "j") + flow("j", "e"))
    # when
    run.complete_user_task("a")
    run.complete_user_task("b")
    # then
    assert "j" not in run.completed_elements()
    # when
    run.complete_user_task("c")
    # then: fired once, one token stays
    assert run.completed_elements().count("j") == 1
    assert not run.completed


@pytest.mark.parametrize(("mask", "expected"), [(1, ["a"]), (2, ["b"]), (3, ["a", "b"]), (0, ["c"])])
def test_an_inclusive_gateway_takes_every_flow_that_holds_and_its_join_waits_for_just_those(
    mask: int, expected: list[str]
) -> None:
    # given
    split = el("inclusiveGateway", "g", default="d")
    flows = flow("s", "g") + flow("g", "a", "modulo(mask, 2) = 1") + flow("g", "b", "mask >= 2")
    flows += flow("g", "c", flow_id="d") + flow("a", "j") + flow("b", "j") + flow("c", "j") + flow("j", "e")
    run = case(START + split + user("a", "b", "c") + el("inclusiveGateway", "j") + END + flows, {"mask": mask})
    assert [task.element_id for task in run.watch.user_tasks.values()] == expected
    # when
    for element_id in expected:
        assert not run.completed
        run.complete_user_task(element_id)
    # then
    assert run.completed
    assert run.completed_elements().count("j") == 1


def test_an_inclusive_join_waits_for_a_token_that_is_still_far_upstream() -> None:
    flows = flow("s", "g") + flow("g", "a", "true") + flow("g", "b", "true") + chain("b", "c", "j") + flow("a", "j")
    run = case(
        START
        + el("inclusiveGateway", "g")
        + user("a", "b", "c")
        + el("inclusiveGateway", "j")
        + END
        + flows
        + flow("j", "e")
    )
    run.complete_user_task("a")
    run.complete_user_task("b")
    assert "j" not in run.completed_elements()
    run.complete_user_task("c")
    assert run.completed


def test_an_inclusive_join_goes_on_when_the_token_it_waited_for_took_another_way() -> None:
    nodes = el("inclusiveGateway", "g") + user("a", "b") + el("exclusiveGateway", "x", default="out")
    flows = flow("s", "g") + flow("g", "a", "true") + flow("g", "b", "true") + flow("a", "j") + flow("b", "x")
    flows += flow("x", "j", "again") + flow("x", "e2", flow_id="out") + flow("j", "e")
    run = case(START + nodes + el("inclusiveGateway", "j") + END + event("endEvent", "e2") + flows, {"again": False})
    run.complete_user_task("a")
    run.complete_user_task("b")
    assert run.completed


def test_several_flows_out_of_a_task_are_an_implicit_split_and_a_task_without_one_an_implicit_end() -> None:
    run = case(user("a", "b", "c") + flow("a", "b") + flow("a", "c"))
    run.complete_user_task("a")
    run.complete_user_task("b")
    assert not run.completed
    run.complete_user_task("c")
    assert run.completed


@pytest.mark.parametrize(("x", "expected"), [(1, ["b", "d"]), (9, ["c", "d"])])
def test_conditional_flows_out_of_a_task_are_taken_when_they_hold_else_the_default(x: int, expected: list[str]) -> None:
    flows = flow("s", "a") + flow("a", "b", "x < 5") + flow("a", "c", flow_id="d1") + flow("a", "d")
    run = case(START + el("task", "a", default="d1") + user("b", "c", "d") + flows, {"x": x})
    assert sorted(task.element_id for task in run.watch.user_tasks.values()) == expected


def test_when_no_conditional_flow_out_of_a_task_holds_it_is_an_incident_and_no_token_is_lost() -> None:
    run = case(
        START + user("a", "b", "c") + flow("s", "a") + flow("a", "b", "x > 1") + flow("a", "c", "x > 2"), {"x": 0}
    )
    run.complete_user_task("a")
    (incident,) = run.watch.incidents.values()
    assert incident.error_type == "CONDITION_ERROR"


def test_a_process_without_start_events_starts_at_every_element_without_incoming_flows() -> None:
    run = case(user("a", "b"))
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["a", "b"]


def test_a_rework_loop_counts_its_tokens_anew_in_every_round() -> None:
    # given: a split and a join inside a loop
    nodes = el("exclusiveGateway", "m") + el("parallelGateway", "g") + user("a", "b") + el("parallelGateway", "j")
    flows = chain("s", "m", "g") + flow("g", "a") + flow("g", "b") + flow("a", "j") + flow("b", "j") + flow("j", "x")
    flows += flow("x", "m", "again") + flow("x", "e", flow_id="out")
    run = case(START + nodes + el("exclusiveGateway", "x", default="out") + END + flows)
    # when
    for again in (True, True, False):
        run.complete_user_task("b")
        run.complete_user_task("a", {"again": again})
    # then
    assert run.completed
    assert run.completed_elements().count("j") == 3


def test_a_terminate_end_event_ends_everything_in_its_scope() -> None:
    flows = flow("s", "g") + flow("g", "a") + flow("g", "b") + flow("b", "t") + flow("a", "e")
    run = case(START + el("parallelGateway", "g") + user("a", "b") + event("endEvent", "t", "terminate") + END + flows)
    run.complete_user_task("b")
    assert run.completed
    assert ("terminated", "a") in run.trace()
    assert not run.watch.user_tasks


def test_a_loop_that_never_waits_stops_at_the_step_limit_with_an_incident() -> None:
    # given
    flows = chain("s", "m", "c", "x") + flow("x", "m", "n < 30") + flow("x", "e", flow_id="out")
    nodes = el("exclusiveGateway", "m") + script("c", "n + 1", "n") + el("exclusiveGateway", "x", default="out")
    # when
    run = case(START + nodes + END + flows, {"n": 0}, max_steps=50)
    # then
    (incident,) = run.watch.incidents.values()
    assert "50" in incident.message
    assert not run.completed
    # when: a resolved incident gives a new allowance
    run.resolve_incidents()
    # then
    assert run.completed
    assert run.variables["n"] == 30


def test_the_step_limit_of_a_loop_that_forks_leaves_no_token_unaccounted_for() -> None:
    flows = chain("s", "m", "g") + flow("g", "m") + flow("g", "m") + flow("g", "e")
    run = case(START + el("exclusiveGateway", "m") + el("parallelGateway", "g") + END + flows, max_steps=40)
    assert run.watch.incidents
    assert all(isinstance(r, IncidentRaised) for r in run.records if hasattr(r, "error_type"))
    assert len(run.watch.elements) == len(run.watch.incidents) + 1


def test_a_link_event_goes_on_at_the_catching_event_of_its_name() -> None:
    nodes = event("intermediateThrowEvent", "out", "link L") + event("intermediateCatchEvent", "in", "link L")
    run = case(START + nodes + user("a") + chain("s", "out") + chain("in", "a"))
    assert run.completed_elements() == ["s", "out", "in"]
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["a"]


def test_an_element_may_be_called_start_or_end() -> None:
    run = case(event("startEvent", "Start") + user("Root") + event("endEvent", "End") + chain("Start", "Root", "End"))
    run.complete_user_task("Root")
    assert run.completed_elements() == ["Start", "Root", "End", "p"]


def test_a_join_whose_missing_token_cannot_come_any_more_is_an_incident_not_a_silence() -> None:
    # given: one branch leaves by another way
    nodes = el("parallelGateway", "g") + user("a", "b", "z") + el("parallelGateway", "j")
    nodes += el("exclusiveGateway", "x", default="d") + event("endEvent", "e2")
    flows = chain("s", "g", "a", "j", "z") + chain("g", "b", "x") + flow("x", "j", "ok") + flow("x", "e2", flow_id="d")
    run = case(START + nodes + flows, {"ok": False})
    run.complete_user_task("a")
    assert not run.watch.incidents
    # when
    run.complete_user_task("b")
    # then
    assert [incident.element_id for incident in run.watch.incidents.values()] == ["j"]
    # when: an operator moves the token on
    run.command(lambda machine: machine.element_activated("z"))
    run.resolve_incidents()
    run.complete_user_task("z")
    assert not run.completed
    run.command(lambda machine: machine.terminate())
    assert not run.watch.incidents
