"""The entry point that runs a file in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import InvalidInput
from engine.execution.rehearsing import Throw, rehearse_file
from tests.unit.execution.diagrams import (
    boundary,
    chain,
    document,
    el,
    event,
    flow,
    io,
    process,
    service,
    user,
    with_ends,
)  # fmt: skip

START = event("startEvent", "s")


def saved(folder: Path, *contents: str) -> Path:
    path = folder / "file.bpmn"
    names = ["p", *(f"p{number}" for number in range(2, 9))]
    path.write_bytes(with_ends(document(*(process(text, name) for name, text in zip(names, contents, strict=False)))))
    return path


def test_a_file_runs_from_start_to_end_with_answers_by_element(tmp_path: Path) -> None:
    # given
    gateway = el("exclusiveGateway", "g", default="d")
    flows = chain("s", "a", "g") + flow("g", "a", "again") + flow("g", "b", flow_id="d")
    path = saved(tmp_path, START + user("a", "b") + gateway + flows)
    # when
    result = rehearse_file(path, variables={"x": 1}, answers={"a": [{"again": True}, {"again": False}]})
    # then
    assert result.completed
    assert result.elements == ["s", "a", "g", "a", "g", "b", "p_end", "p"]
    assert result.variables == {"x": 1, "again": False}
    assert result.trace[0].what == "activated"
    assert result.trace[0].element_type == "PROCESS"
    assert result.waiting == ()


def test_jobs_may_throw_errors_and_timers_fire_when_nothing_else_is_left(tmp_path: Path) -> None:
    nodes = service("a") + boundary("a", "b", "error") + event("intermediateCatchEvent", "t", "duration P5D")
    path = saved(tmp_path, START + nodes + chain("s", "a") + chain("b", "t"))
    result = rehearse_file(path, answers={"a": Throw("E1")})
    assert result.completed
    assert result.elements == ["s", "b", "t", "p_end", "p"]


def test_pools_exchange_messages_and_a_lonely_subscription_is_served(tmp_path: Path) -> None:
    asking = START + event("intermediateThrowEvent", "ask", "start message", io(("input", "=key", "key")))
    asking += event("intermediateCatchEvent", "answer", "message") + chain("s", "ask", "answer")
    answering = event("startEvent", "got", "start message") + user("work") + chain("got", "work")
    result = rehearse_file(saved(tmp_path, asking, answering), variables={"key": "k"}, answers={"answer": {"ok": True}})
    assert result.completed
    assert result.variables["ok"] is True
    assert "p2" in result.elements


def test_incidents_are_told(tmp_path: Path) -> None:
    flows = flow("s", "g") + flow("g", "a", "x > 1") + flow("g", "b", "x > 2")
    result = rehearse_file(saved(tmp_path, START + el("exclusiveGateway", "g") + user("a", "b") + flows))
    assert not result.completed
    assert [incident.element_id for incident in result.incidents] == ["g"]
    assert result.waiting == ("g",)


def test_an_invalid_file_is_refused_with_its_problems(tmp_path: Path) -> None:
    path = saved(tmp_path, START + user("a", "a") + chain("s", "a"))
    with pytest.raises(InvalidInput) as refused:
        rehearse_file(path)
    assert refused.value.details["problems"]


def test_an_event_that_does_not_interrupt_and_has_happened_by_itself_is_not_made_to_happen(tmp_path: Path) -> None:
    # given: the process throws the signal of its own event subprocess, then waits for a message
    start = event("startEvent", "es_s", "signal", isInterrupting="false")
    nodes = event("intermediateThrowEvent", "t", "signal") + el("subProcess", "es", start, triggeredByEvent="true")
    wait = event("intermediateCatchEvent", "c", "message")
    path = saved(tmp_path, START + nodes + wait + chain("s", "t", "c"))
    # when
    result = rehearse_file(path, variables={"key": "k"})
    # then
    assert result.completed
    assert result.elements.count("es_s") == 1


def test_of_messages_and_signals_the_one_waited_for_longest_happens_first(tmp_path: Path) -> None:
    # given: the signal of the boundary event is waited for before the message of its task
    nodes = el("receiveTask", "r", messageRef="message_m") + boundary("r", "b", "signal") + event("endEvent", "e")
    path = saved(tmp_path, START + nodes + event("endEvent", "other") + chain("s", "r", "e") + chain("b", "other"))
    # when / then
    assert rehearse_file(path, variables={"key": "k"}).elements == ["s", "b", "other", "p"]
