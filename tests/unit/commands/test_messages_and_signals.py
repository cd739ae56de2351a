"""Messages reach one subscription of each process, once; signals reach all who wait; both survive a crash."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.commands.broadcast_signal import BroadcastSignal, DeliverSignal
from engine.commands.bus import CommandBus
from engine.commands.errors import MessageDoubled
from engine.commands.publish_message import CorrelateMessage, DeliverMessage, PublishMessage
from engine.commands.suspend_process_instance import ResumeProcessInstance, SuspendProcessInstance
from engine.execution import Machine
from engine.jobs.delivery import deliver, drop_expired
from engine.store.tables.correlation import message, signal_delivery
from engine.store.tables.runtime import message_subscription, process_instance, signal_subscription, variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused, together

HOUR = 3_600_000


def catching(what: str, process_id: str = "p") -> bytes:
    content = (
        d.el("startEvent", "s")
        + d.event("intermediateCatchEvent", "wait", what)
        + d.task("after")
        + d.chain("s", "wait", "after")
    )
    return d.diagram(content, process_id)


def throwing(what: str) -> bytes:
    zeebe = '<zeebe:taskDefinition type="x"/>' if what == "message" else ""
    content = (
        d.el("startEvent", "s")
        + d.task("first")
        + d.event("intermediateThrowEvent", "throw", what, zeebe)
        + d.task("after")
        + d.chain("s", "first", "throw", "after")
    )
    return d.diagram(content, "thrower")


def tasks(bureau: Bureau, *roots: int) -> list[list[str]]:
    return [sorted(bureau.open_tasks(root)) for root in roots]


def test_a_message_reaches_what_waits_for_its_name_and_key(bureau: Bureau) -> None:
    bureau.deploy(catching("message"))
    right, wrong = bureau.start(variables={"key": "k1"}), bureau.start(variables={"key": "k2"})

    answer = bureau.bus.execute(PublishMessage("m", "k1", {"got": 1}), ADMIN)

    assert answer["process_instance_keys"] == [right]
    assert tasks(bureau, right, wrong) == [["after"], []]
    assert bureau.row(variable, scope_key=right, name="got")["value"] == 1
    assert {row["state"] for row in bureau.rows(message_subscription)} == {"OPEN", "CLOSED"}
    assert bureau.verify().findings == []


def test_a_message_reaches_each_process_once(bureau: Bureau) -> None:
    bureau.deploy(catching("message"), other_bpmn=catching("message", "q"))
    roots = [bureau.start(id_, {"key": "k"}) for id_ in ("p", "p", "q")]

    reached = bureau.bus.execute(PublishMessage("m", "k"), ADMIN)["process_instance_keys"]

    assert len(reached) == 2
    assert {bureau.row(process_instance, key=key)["process_id"] for key in reached} == {"p", "q"}
    assert set(reached) < set(roots)


def test_a_buffered_message_is_taken_by_who_comes_in_time_and_by_nobody_later(bureau: Bureau) -> None:
    bureau.deploy(catching("message"))
    bureau.bus.execute(PublishMessage("m", "k", {"got": 1}, HOUR), ADMIN)
    bureau.clock.advance(timedelta(minutes=59))
    in_time = bureau.start(variables={"key": "k"})
    second = bureau.start(variables={"key": "k"})
    bureau.bus.execute(PublishMessage("m", "other", {}, HOUR), ADMIN)
    bureau.clock.advance(timedelta(minutes=60))
    late = bureau.start(variables={"key": "other"})

    assert tasks(bureau, in_time, second, late) == [["after"], [], []]
    drop_expired(bureau.bus)
    assert bureau.rows(message) == []
    assert bureau.verify().findings == []


def test_a_message_id_is_taken_once_while_it_lives(bureau: Bureau) -> None:
    command = PublishMessage("m", "k", {}, HOUR, "id-1")
    bureau.bus.execute(command, ADMIN)

    refused(bureau, command, ADMIN, "commands.message-doubled")

    bureau.clock.advance(timedelta(hours=1))
    assert bureau.bus.execute(command, ADMIN)


def test_a_message_id_is_taken_once_also_by_several_at_once(bureau: Bureau) -> None:
    command = PublishMessage("m", "k", {}, HOUR, "id-1")

    answers = together(*[lambda: bureau.bus.execute(command, ADMIN)] * 4)

    assert sorted(type(answer).__name__ for answer in answers) == [MessageDoubled.__name__] * 3 + ["dict"]
    assert len(bureau.rows(message)) == 1


def test_correlating_now_or_never_leaves_nothing_when_nobody_waits(bureau: Bureau) -> None:
    refused(bureau, CorrelateMessage("m", "k"), ADMIN, "commands.message-not-correlated")


def test_several_of_one_message_for_one_case_reach_it_once(bureau: Bureau) -> None:
    bureau.deploy(catching("message"))
    root = bureau.start(variables={"key": "k"})

    answers = together(*[lambda: bureau.bus.execute(PublishMessage("m", "k"), ADMIN)] * 4)

    assert all(isinstance(answer, dict) for answer in answers), answers
    assert tasks(bureau, root) == [["after"]]
    assert bureau.verify().findings == []


def test_a_message_starts_a_case(bureau: Bureau) -> None:
    content = d.event("startEvent", "s", "start message") + d.task("after") + d.chain("s", "after")
    bureau.deploy(d.diagram(content))

    (root,) = bureau.bus.execute(PublishMessage("start_m", "", {"x": 1}), ADMIN)["process_instance_keys"]

    assert tasks(bureau, root) == [["after"]]
    assert bureau.row(process_instance, key=root)["initiator_id"] == "system:trigger"
    assert bureau.verify().findings == []


def test_a_thrown_signal_reaches_all_who_wait_right_after_the_commit(bureau: Bureau) -> None:
    bureau.deploy(catching("signal"), throwing("signal"))
    waiting = [bureau.start() for _ in range(3)]
    thrower = bureau.start("thrower")

    bureau.complete(thrower, "first")

    assert tasks(bureau, *waiting, thrower) == [["after"]] * 4
    assert {row["state"] for row in bureau.rows(signal_subscription)} == {"CLOSED"}
    assert bureau.verify().findings == []


def test_a_case_hears_its_own_signal_once_and_in_the_same_command(bureau: Bureau) -> None:
    # given: a non-interrupting event subprocess stays open for further signals
    start = d.event("startEvent", "es_s", "signal", isInterrupting="false") + d.task("heard") + d.chain("es_s", "heard")
    content = d.el("startEvent", "s") + d.task("first") + d.event("intermediateThrowEvent", "throw", "signal")
    content += d.task("after") + d.el("subProcess", "es", start, triggeredByEvent="true")
    bureau.deploy(d.diagram(content + d.chain("s", "first", "throw", "after"), "thrower"))
    root = bureau.start("thrower")
    # when
    bureau.complete(root, "first")
    # then
    assert tasks(bureau, root) == [["after", "heard"]]
    assert bureau.rows(signal_delivery) == []


def test_a_crash_right_after_the_commit_only_delays_a_signal(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.deploy(catching("signal"))
    waiting = [bureau.start() for _ in range(2)]
    original = CommandBus.execute

    def crash(self: CommandBus, command: Any, *args: Any, **more: Any) -> Any:
        if isinstance(command, DeliverSignal | DeliverMessage):
            raise KeyboardInterrupt
        return original(self, command, *args, **more)

    monkeypatch.setattr(CommandBus, "execute", crash)
    with pytest.raises(KeyboardInterrupt):
        bureau.bus.execute(BroadcastSignal("sig", {"x": 1}), ADMIN)
    monkeypatch.setattr(CommandBus, "execute", original)
    assert tasks(bureau, *waiting) == [[], []]

    assert deliver(bureau.bus) == 2
    assert deliver(bureau.bus) == 0

    assert tasks(bureau, *waiting) == [["after"], ["after"]]
    assert bureau.verify().findings == []


def test_a_mistake_in_the_case_reached_does_not_fail_the_command_that_reached_it(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.deploy(catching("signal"))
    waiting = [bureau.start() for _ in range(2)]
    original = Machine.signal_received

    def fail(self: Machine, key: int, variables: Any) -> None:
        if self.active()[0].key == waiting[0]:
            raise RuntimeError("a mistake of the program")
        original(self, key, variables)

    monkeypatch.setattr(Machine, "signal_received", fail)
    assert bureau.bus.execute(BroadcastSignal("sig"), ADMIN)
    assert tasks(bureau, *waiting) == [[], ["after"]]
    deliver(bureau.bus)
    monkeypatch.setattr(Machine, "signal_received", original)

    deliver(bureau.bus)

    assert tasks(bureau, *waiting) == [["after"], ["after"]]


def test_a_suspended_case_gets_its_signal_when_it_goes_on(bureau: Bureau) -> None:
    bureau.deploy(catching("signal"))
    root = bureau.start()
    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)

    bureau.bus.execute(BroadcastSignal("sig"), ADMIN)
    deliver(bureau.bus)
    assert {row["state"] for row in bureau.rows(signal_delivery)} == {"NEW"}

    bureau.bus.execute(ResumeProcessInstance(root), ADMIN)
    deliver(bureau.bus)
    assert tasks(bureau, root) == [["after"]]


def test_only_administrators_send(bureau: Bureau) -> None:
    for command in (PublishMessage("m"), CorrelateMessage("m"), BroadcastSignal("sig")):
        refused(bureau, command, CLERK, "commands.administrator-only")


def test_a_timer_start_event_starts_a_case_at_each_of_its_moments_once(bureau: Bureau) -> None:
    content = d.event("startEvent", "s", "cycle R3/PT1H") + d.task("after") + d.chain("s", "after")
    bureau.deploy(d.diagram(content))
    assert deliver(bureau.bus) == 0
    bureau.clock.advance(timedelta(hours=1))

    together(*[lambda: deliver(bureau.bus)] * 3)

    assert len(bureau.rows(process_instance)) == 1
    bureau.clock.advance(timedelta(hours=9))
    for _ in range(5):
        deliver(bureau.bus)
    assert len(bureau.rows(process_instance)) == 3
    assert bureau.verify().findings == []


def test_a_new_version_takes_the_start_events_of_the_old_one_over(bureau: Bureau) -> None:
    content = d.event("startEvent", "s", "start message") + d.task("after") + d.chain("s", "after")
    bureau.deploy(d.diagram(content))
    bureau.deploy(d.diagram(content + d.task("more") + d.chain("after", "more")))

    (root,) = bureau.bus.execute(PublishMessage("start_m"), ADMIN)["process_instance_keys"]

    assert bureau.row(process_instance, key=root)["version"] == 2
