"""Messages, errors, escalations, conditions, event gateways, event subprocesses."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from engine.execution import Machine
from engine.execution.records import MessageSubscriptionOpened, MessageThrown
from tests.unit.execution.diagrams import boundary, case, chain, el, event, io, rehearsal, script, service, user

START = event("startEvent", "s")


def open_tasks(run) -> list[str]:  # type: ignore[no-untyped-def]
    return sorted(task.element_id for task in run.watch.user_tasks.values())


# -- messages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["intermediateCatchEvent", "receiveTask"])
def test_a_message_of_the_right_name_and_correlation_key_is_received_with_its_variables(kind: str) -> None:
    # given
    catch = (
        el("receiveTask", "c", messageRef="message_m")
        if kind == "receiveTask"
        else event("intermediateCatchEvent", "c", "message")
    )
    run = case(START + catch + user("a") + chain("s", "c", "a"), {"key": 7})
    (subscription,) = [record for record in run.records if isinstance(record, MessageSubscriptionOpened)]
    assert (subscription.message_name, subscription.correlation_key) == ("m", "7")
    # when
    run.rehearsal.publish_message("m", "8", {"x": 1})
    assert not open_tasks(run)
    run.rehearsal.publish_message("m", "7", {"x": 2})
    # then
    assert open_tasks(run) == ["a"]
    assert run.variables == {"key": 7, "x": 2}
    assert not run.watch.messages


@pytest.mark.parametrize("key", [None, True, [1]])
def test_a_correlation_key_that_is_no_text_or_number_is_an_incident(key: object) -> None:
    run = case(START + event("intermediateCatchEvent", "c", "message") + chain("s", "c"), {"key": key})
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["EXTRACT_VALUE_ERROR"]


def test_output_mappings_of_a_catch_event_see_the_message() -> None:
    catch = event("intermediateCatchEvent", "c", "message", io(("output", "=answer.ok", "ok")))
    run = case(START + catch + chain("s", "c"), {"key": "k"})
    run.rehearsal.publish_message("m", "k", {"answer": {"ok": True}})
    assert run.variables == {"key": "k", "ok": True}


def test_a_message_end_event_publishes_its_local_variables() -> None:
    end = event("endEvent", "e", "message", io(("input", "=x + 1", "y")))
    run = case(START + end + chain("s", "e"), {"key": "k", "x": 1})
    (thrown,) = [record for record in run.records if isinstance(record, MessageThrown)]
    assert (thrown.name, thrown.correlation_key, thrown.variables) == ("m", "k", {"y": 2})
    assert run.completed


def test_a_message_throw_event_with_a_task_definition_is_a_job() -> None:
    throw = event("intermediateThrowEvent", "t", "message", '<zeebe:taskDefinition type="send"/>')
    run = case(START + throw + chain("s", "t"), {"key": "k"})
    run.complete_job("t")
    assert run.completed


def test_two_pools_talk_by_messages() -> None:
    # given: p asks, p2 is started by the message and answers
    p = START + event("intermediateThrowEvent", "ask", "start message", io(("input", "=id", "key")))
    p += event("intermediateCatchEvent", "answer", "message") + chain("s", "ask", "answer")
    p2 = (
        event("startEvent", "got", "start message") + user("work") + event("intermediateThrowEvent", "reply", "message")
    )
    both = rehearsal(p.replace("=key", "=id"), p2 + chain("got", "work", "reply"))
    # when
    asking = both.start("p", {"id": "42", "key": "42"})
    answering = both.cases[1]
    answering.complete_user_task("work")
    # then
    assert asking.completed
    assert answering.completed


def test_a_message_start_event_takes_the_message_as_variables() -> None:
    both = rehearsal(event("startEvent", "got", "start message") + user("a") + chain("got", "a"))
    both.publish_message("start_m", variables={"x": 1})
    assert both.cases[0].variables == {"x": 1}
    assert both.cases[0].completed_elements() == ["got"]


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_message_boundary_event(interrupting: bool) -> None:
    catch = boundary("a", "b", "message", interrupting=interrupting)
    run = case(START + user("a") + catch + user("z") + chain("s", "a") + chain("b", "z"), {"key": "k"})
    run.rehearsal.publish_message("m", "k", {"x": 1})
    assert open_tasks(run) == (["z"] if interrupting else ["a", "z"])
    assert run.variables["x"] == 1
    run.rehearsal.publish_message("m", "k", {"x": 2})
    assert open_tasks(run) == (["z"] if interrupting else ["a", "z", "z"])


# -- errors -------------------------------------------------------------------------------------------------------


def test_an_error_of_a_job_is_caught_by_the_boundary_event_of_its_code_before_the_one_of_every_code() -> None:
    nodes = service("a") + boundary("a", "any", "any error") + boundary("a", "one", "error") + user("x", "y")
    run = case(START + nodes + chain("s", "a") + chain("any", "x") + chain("one", "y"))
    assert run.throw_error("a", "E1", {"why": "no money"}) is True
    assert open_tasks(run) == ["y"]
    assert run.variables == {"why": "no money"}
    assert not run.watch.jobs


def test_an_error_of_another_code_is_caught_by_the_event_for_every_code() -> None:
    nodes = service("a") + boundary("a", "any", "any error") + boundary("a", "one", "error") + user("x", "y")
    run = case(START + nodes + chain("s", "a") + chain("any", "x") + chain("one", "y"))
    run.throw_error("a", "E7")
    assert open_tasks(run) == ["x"]


def test_an_error_end_event_goes_outwards_until_something_catches_it() -> None:
    inner = event("startEvent", "s2") + event("endEvent", "e", "error") + chain("s2", "e")
    middle = event("startEvent", "s1") + el("subProcess", "inner", inner) + chain("s1", "inner")
    nodes = el("subProcess", "outer", middle) + boundary("outer", "b", "error") + user("z")
    run = case(START + nodes + chain("s", "outer") + chain("b", "z"))
    assert open_tasks(run) == ["z"]
    assert [each for each in run.trace() if each[0] == "terminated"] == [
        ("terminated", "e"),
        ("terminated", "inner"),
        ("terminated", "outer"),
    ]


def test_an_error_leaves_a_called_process_through_its_call_activity() -> None:
    called = event("startEvent", "cs") + event("endEvent", "ce", "error") + chain("cs", "ce")
    nodes = el("callActivity", "ca", zeebe='<zeebe:calledElement processId="p2"/>') + boundary("ca", "b", "error")
    run = rehearsal(START + nodes + user("z") + chain("s", "ca") + chain("b", "z"), called).start("p")
    assert open_tasks(run) == ["z"]


def test_an_error_end_event_that_nothing_catches_is_an_incident() -> None:
    run = case(START + event("endEvent", "e", "error") + chain("s", "e"))
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["UNHANDLED_ERROR_EVENT"]
    assert not run.completed


def test_an_error_in_one_instance_of_a_multi_instance_interrupts_all() -> None:
    from tests.unit.execution.diagrams import multi

    nodes = service("a", inner=multi()) + boundary("a", "b", "error") + user("z")
    run = case(START + nodes + chain("s", "a") + chain("b", "z"), {"items": [1, 2, 3]})
    run.throw_error("a", "E1")
    assert open_tasks(run) == ["z"]
    assert not run.watch.jobs


# -- escalations --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_escalation_is_caught_outside_and_interrupts_only_if_it_should(interrupting: bool) -> None:
    inner = event("startEvent", "s1") + event("intermediateThrowEvent", "up", "escalation") + user("a")
    nodes = el("subProcess", "sp", inner + chain("s1", "up", "a"))
    nodes += boundary("sp", "b", "escalation", interrupting=interrupting) + user("z")
    run = case(START + nodes + chain("s", "sp") + chain("b", "z"))
    assert open_tasks(run) == (["z"] if interrupting else ["a", "z"])
    assert (("terminated", "up") in run.trace()) is interrupting


def test_an_escalation_that_nothing_catches_changes_nothing() -> None:
    run = case(START + event("endEvent", "e", "escalation") + chain("s", "e"))
    assert run.completed
    assert not run.watch.incidents


# -- event-based gateways -----------------------------------------------------------------------------------------


def test_the_first_event_behind_an_event_gateway_wins_and_the_others_are_closed() -> None:
    # given: two timers and a message, each with its own
    nodes = el("eventBasedGateway", "g") + event("intermediateCatchEvent", "t1", "duration PT2H")
    nodes += event("intermediateCatchEvent", "t2", "duration PT1H") + event("intermediateCatchEvent", "m", "message")
    content = (
        START + nodes + user("x", "y", "z") + chain("s", "g", "t1", "x") + chain("g", "t2", "y") + chain("g", "m", "z")
    )
    # when / then
    run = case(content, {"key": "k"})
    assert len(run.watch.timers) == 2
    run.rehearsal.advance(timedelta(hours=3))
    assert open_tasks(run) == ["y"]
    assert not run.watch.timers
    assert not run.watch.messages
    # when / then
    run = case(content, {"key": "k"})
    run.rehearsal.publish_message("m", "k", {"answer": 1})
    assert open_tasks(run) == ["z"]
    assert run.variables["answer"] == 1
    assert run.completed_elements() == ["s", "g", "m"]


def test_a_receive_task_may_stand_behind_an_event_gateway() -> None:
    nodes = el("eventBasedGateway", "g") + event("intermediateCatchEvent", "t", "duration PT2H")
    nodes += el("receiveTask", "r", messageRef="message_m") + user("x", "y")
    run = case(START + nodes + chain("s", "g", "t", "x") + chain("g", "r", "y"), {"key": "k"})
    run.rehearsal.publish_message("m", "k")
    assert open_tasks(run) == ["y"]


# -- event subprocesses -------------------------------------------------------------------------------------------


def event_sub(element_id: str, what: str, content: str, first: str, *, interrupting: bool = True) -> str:
    start = event("startEvent", f"{element_id}_s", what, isInterrupting="true" if interrupting else "false")
    return el("subProcess", element_id, start + content + chain(f"{element_id}_s", first), triggeredByEvent="true")


@pytest.mark.parametrize("interrupting", [True, False])
@pytest.mark.parametrize("what", ["message", "signal", "duration PT1H", "if x > 5"])
def test_an_event_subprocess_runs_when_its_event_happens(what: str, interrupting: bool) -> None:
    # given
    sub = event_sub("es", what, user("z"), "z", interrupting=interrupting)
    run = case(START + user("a") + sub + chain("s", "a"), {"key": "k", "x": 1})
    assert open_tasks(run) == ["a"]
    # when
    run.rehearsal.publish_message("m", "k", {"y": 1})
    run.rehearsal.broadcast_signal("sig", {"y": 1})
    run.rehearsal.advance(timedelta(hours=1))
    run.command(lambda machine: machine.variables_set(run.key, {"x": 6}))
    # then
    assert open_tasks(run) == (["z"] if interrupting else ["a", "z"])
    if what in ("message", "signal"):
        assert run.variables["y"] == 1
    # when
    run.complete_user_task("z")
    assert run.completed is interrupting
    if not interrupting:
        run.complete_user_task("a")
        assert run.completed
    assert not run.watch.timers
    assert not run.watch.signals


def test_an_event_subprocess_that_is_never_triggered_does_not_hold_up_its_scope() -> None:
    run = case(START + user("a") + event_sub("es", "duration PT1H", user("z"), "z") + chain("s", "a"))
    run.complete_user_task("a")
    assert run.completed
    assert not run.watch.timers


def test_a_non_interrupting_event_subprocess_may_run_several_times() -> None:
    sub = event_sub("es", "message", user("z"), "z", interrupting=False)
    run = case(START + user("a") + sub + chain("s", "a"), {"key": "k"})
    for _ in range(3):
        run.rehearsal.publish_message("m", "k")
    assert open_tasks(run) == ["a", "z", "z", "z"]


def test_an_error_event_subprocess_catches_before_the_boundary_event_of_its_scope() -> None:
    inner = event("startEvent", "s1") + service("a") + chain("s1", "a") + event_sub("es", "error", user("z"), "z")
    nodes = el("subProcess", "sp", inner) + boundary("sp", "b", "error") + user("outside")
    run = case(START + nodes + chain("s", "sp") + chain("b", "outside"))
    run.throw_error("a", "E1", {"why": 1})
    assert open_tasks(run) == ["z"]
    assert ("terminated", "a") in run.trace()
    run.complete_user_task("z")
    assert run.completed


def test_an_error_thrown_in_an_error_event_subprocess_goes_outwards() -> None:
    sub = event_sub("es", "error", event("endEvent", "again", "error"), "again")
    inner = event("startEvent", "s1") + event("endEvent", "e1", "error") + chain("s1", "e1") + sub
    nodes = el("subProcess", "sp", inner) + boundary("sp", "b", "error") + user("outside")
    run = case(START + nodes + chain("s", "sp") + chain("b", "outside"))
    assert open_tasks(run) == ["outside"]


def test_an_escalation_event_subprocess_does_not_interrupt_unless_it_says_so() -> None:
    inner = event("startEvent", "s1") + event("intermediateThrowEvent", "up", "escalation") + user("a")
    inner += chain("s1", "up", "a") + event_sub("es", "escalation", user("z"), "z", interrupting=False)
    run = case(START + el("subProcess", "sp", inner) + chain("s", "sp"))
    assert open_tasks(run) == ["a", "z"]


def test_event_subprocesses_of_a_subprocess_end_with_it_and_see_its_variables() -> None:
    inner = event("startEvent", "s1") + user("a") + chain("s1", "a")
    inner += event_sub("es", "duration =wait", script("c", "wait", "seen"), "c", interrupting=False)
    run = case(START + el("subProcess", "sp", inner, io(("input", "PT1H", "wait"))) + chain("s", "sp"))
    run.rehearsal.advance(timedelta(hours=1))
    assert run.variables == {"seen": "PT1H"}
    run.complete_user_task("a")
    assert run.completed


def test_a_process_whose_event_subprocess_cannot_wait_yet_starts_when_the_incident_is_resolved() -> None:
    run = case(START + user("a") + event_sub("es", "message", user("z"), "z") + chain("s", "a"))
    assert [incident.element_id for incident in run.watch.incidents.values()] == ["p"]
    assert not open_tasks(run)
    run.command(lambda machine: machine.variables_set(run.key, {"key": "k"}))
    run.resolve_incidents()
    assert open_tasks(run) == ["a"]


# -- conditions ---------------------------------------------------------------------------------------------------


def test_a_conditional_catch_event_goes_on_as_soon_as_its_condition_holds() -> None:
    content = START + event("intermediateCatchEvent", "c", "if x > 5") + user("a") + chain("s", "c", "a")
    assert open_tasks(case(content, {"x": 6})) == ["a"]
    run = case(content, {"x": 1})
    run.command(lambda machine: machine.variables_set(run.key, {"x": 5}))
    assert not open_tasks(run)
    run.command(lambda machine: machine.variables_set(run.key, {"x": 6}))
    assert open_tasks(run) == ["a"]


def test_a_conditional_boundary_event_fires_each_time_its_condition_becomes_true() -> None:
    catch = boundary("a", "b", "if x > 5", interrupting=False)
    run = case(START + user("a") + catch + el("task", "z") + chain("s", "a") + chain("b", "z"), {"x": 0})
    for value in (6, 7, 1, 9, 2):
        run.command(partial(Machine.variables_set, scope_key=run.key, variables={"x": value}))
    assert run.completed_elements().count("z") == 2


def test_a_condition_changed_by_another_branch_interrupts() -> None:
    nodes = el("parallelGateway", "g") + user("a", "c") + boundary("a", "b", "if stop = true") + user("z")
    run = case(START + nodes + chain("s", "g", "a") + chain("g", "c") + chain("b", "z"), {"stop": False})
    run.complete_user_task("c", {"stop": True})
    assert open_tasks(run) == ["z"]


def test_a_condition_that_is_not_true_or_false_is_an_incident() -> None:
    run = case(START + event("intermediateCatchEvent", "c", "if x") + chain("s", "c"), {"x": 1})
    assert [incident.error_type for incident in run.watch.incidents.values()] == ["EXTRACT_VALUE_ERROR"]
    run.command(lambda machine: machine.variables_set(run.key, {"x": True}))
    run.resolve_incidents()
    assert run.completed


def test_conditions_of_large_multi_instances_are_checked_too() -> None:
    from tests.unit.execution.diagrams import multi

    inner = event("startEvent", "s1") + event("intermediateCatchEvent", "c", "if go = item") + chain("s1", "c")
    run = case(START + el("subProcess", "sp", multi() + inner) + chain("s", "sp"), {"items": list(range(30)), "go": -1})
    for number in range(30):
        run.command(partial(Machine.variables_set, scope_key=run.key, variables={"go": number}))
    assert run.completed


def test_a_failing_condition_on_a_task_is_told_once_does_not_block_the_task_and_ends_by_itself() -> None:
    # given
    nodes = user("a", "c", "z") + boundary("a", "b", "if x > 5") + el("parallelGateway", "g")
    content = START + nodes + chain("s", "g", "a") + chain("g", "c") + chain("b", "z")
    run = case(content)
    assert len(run.watch.incidents) == 1
    # when: something else changes
    run.complete_user_task("c", {"y": 1})
    assert sum(type(record).__name__ == "IncidentRaised" for record in run.records) == 1
    # when: the variable appears
    run.command(lambda machine: machine.variables_set(run.key, {"x": 1}))
    assert not run.watch.incidents
    # when: in another case, the task is completed all the same
    run = case(content)
    run.complete_user_task("a")
    assert not run.watch.incidents
