"""Signals: heard by everyone who waits, in the throwing case too."""

from __future__ import annotations

import pytest

from engine.execution.records import SignalThrown
from tests.unit.execution.diagrams import boundary, case, chain, el, event, io, rehearsal, user

START = event("startEvent", "s")


def open_tasks(run) -> list[str]:  # type: ignore[no-untyped-def]
    return sorted(task.element_id for task in run.watch.user_tasks.values())


def test_a_signal_reaches_everyone_who_waits_and_everyone_it_starts() -> None:
    # given
    waiting = START + event("intermediateCatchEvent", "c", "signal") + user("a") + chain("s", "c", "a")
    starting = event("startEvent", "got", "signal") + user("b") + chain("got", "b")
    throwing = event("startEvent", "s3") + event("endEvent", "e", "signal", io(("input", "=x", "y"))) + chain("s3", "e")
    world = rehearsal(waiting, starting, throwing)
    first, second = world.start("p"), world.start("p")
    # when
    thrower = world.start("p3", {"x": 1})
    # then
    assert [record.variables for record in thrower.records if isinstance(record, SignalThrown)] == [{"y": 1}]
    assert open_tasks(first) == open_tasks(second) == ["a"]
    assert first.variables == {"y": 1}
    assert open_tasks(world.cases[3]) == ["b"]


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_signal_boundary_event(interrupting: bool) -> None:
    catch = boundary("a", "b", "signal", interrupting=interrupting)
    run = case(START + user("a") + catch + user("z") + chain("s", "a") + chain("b", "z"))
    run.rehearsal.broadcast_signal("sig")
    run.rehearsal.broadcast_signal("sig")
    assert open_tasks(run) == (["z"] if interrupting else ["a", "z", "z"])


def test_a_signal_reaches_its_own_case_before_the_scope_that_throws_it_is_over() -> None:
    # given: a subprocess whose end throws the signal that its boundary event catches
    inner = event("startEvent", "is") + event("endEvent", "ie", "signal") + chain("is", "ie")
    nodes = el("subProcess", "sp", inner) + boundary("sp", "b", "signal") + user("y", "z")
    run = case(START + nodes + chain("s", "sp", "y") + chain("b", "z"))
    # then: the end event completed, the subprocess did not
    assert open_tasks(run) == ["z"]
    assert ("completed", "ie") in run.trace()
    assert ("terminated", "ie") not in run.trace()
    assert ("terminated", "sp") in run.trace()


def test_a_signal_of_its_own_starts_a_non_interrupting_event_subprocess_once_each_time() -> None:
    start = event("startEvent", "es_s", "signal", isInterrupting="false") + user("a") + chain("es_s", "a")
    throw = event("intermediateThrowEvent", "t", "signal") + event("intermediateThrowEvent", "t2", "signal")
    run = case(START + throw + el("subProcess", "es", start, triggeredByEvent="true") + chain("s", "t", "t2"))
    assert open_tasks(run) == ["a", "a"]


def test_what_begins_to_wait_after_a_signal_does_not_hear_it() -> None:
    throw = event("intermediateThrowEvent", "t", "signal") + event("intermediateCatchEvent", "c", "signal")
    run = case(START + throw + chain("s", "t", "c"))
    assert not run.completed
    run.rehearsal.broadcast_signal("sig")
    assert run.completed


@pytest.mark.parametrize("count", [3, 40])
def test_a_signal_reaches_every_instance_of_a_multi_instance_of_its_own_case(count: int) -> None:
    from tests.unit.execution.diagrams import multi

    waiting = el("receiveTask", "r", messageRef="message_m") + boundary("r", "b", "signal")
    inner = event("startEvent", "is") + waiting + user("z") + chain("is", "r") + chain("b", "z")
    nodes = el("parallelGateway", "g") + el("subProcess", "sp", multi() + inner) + user("a")
    throw = event("intermediateThrowEvent", "t", "signal") + chain("g", "a", "t")
    run = case(START + nodes + throw + chain("s", "g", "sp"), {"items": list(range(count)), "key": "k"})
    run.complete_user_task("a")
    assert open_tasks(run) == ["z"] * count
