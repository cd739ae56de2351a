"""Receive tasks and event-based gateways that start a process (BPMN 2.0.2 sections 10.3.3, 10.6.6 and 13.2)."""

from __future__ import annotations

import pytest

from engine.execution.errors import StartEventUnknown
from engine.execution.rehearsal import RehearsedCase
from tests.unit.execution.diagrams import chain, el, event, rehearsal, user


def starting(content: str, start: str, variables: dict[str, object]) -> RehearsedCase:
    return rehearsal(content).start(None, variables, start)


RECEIVE = el("receiveTask", "r", messageRef="start_m", instantiate="true")


def test_a_receive_task_starts_a_process_and_is_done_with_that() -> None:
    run = starting(RECEIVE + user("t") + chain("r", "t"), "r", {"x": 1})
    assert run.trace() == [("activated", "p"), ("activated", "r"), ("completed", "r"), ("activated", "t")]
    assert run.variables == {"x": 1}


def test_a_process_that_only_messages_start_does_not_start_by_itself() -> None:
    with pytest.raises(StartEventUnknown):
        rehearsal(RECEIVE + user("t") + chain("r", "t")).start(None, {})


def gateway(**attributes: str) -> str:
    events = event("intermediateCatchEvent", "a", "message") + event("intermediateCatchEvent", "b", "message2")
    return el("eventBasedGateway", "g", instantiate="true", **attributes) + events + chain("g", "a") + chain("g", "b")


def test_an_event_gateway_starts_a_process_with_the_event_that_came() -> None:
    run = starting(gateway() + user("t") + user("u") + chain("a", "t") + chain("b", "u"), "b", {"key": "1"})
    assert [task.element_id for task in run.watch.user_tasks.values()] == ["u"]
    assert not run.watch.messages


def test_a_parallel_event_gateway_waits_for_the_other_events_too() -> None:
    # given
    join = el("parallelGateway", "j") + event("endEvent", "e") + chain("a", "j") + chain("b", "j", "e")
    run = starting(gateway(eventGatewayType="Parallel") + join, "b", {"key": "1"})
    assert [each.element_id for each in run.watch.messages.values()] == ["a"]
    assert not run.completed
    # when
    run.rehearsal.publish_message("m", "1", {})
    # then
    assert run.completed


def test_a_message_starts_it_in_a_rehearsal() -> None:
    run = rehearsal(RECEIVE + user("t") + chain("r", "t"))
    run.publish_message("start_m", "", {"x": 2})
    assert [case.variables for case in run.cases] == [{"x": 2}]
