"""What starts a case by itself is kept for the newest version: receive tasks and event gateways as well as events."""

from __future__ import annotations

from engine.commands.publish_message import PublishMessage
from engine.jobs.delivery import deliver
from engine.store.tables.correlation import start_event
from engine.store.tables.runtime import process_instance
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, Bureau

RECEIVE = d.el("receiveTask", "r", messageRef="start_m", instantiate="true")


def test_a_message_starts_a_case_at_a_receive_task(bureau: Bureau) -> None:
    # given
    bureau.deploy(d.diagram(RECEIVE + d.task("t") + d.chain("r", "t")))
    assert [row["name"] for row in bureau.rows(start_event)] == ["start_m"]
    # when
    bureau.bus.execute(PublishMessage("start_m", variables={"x": 1}), ADMIN)
    deliver(bureau.bus)
    # then
    root = bureau.row(process_instance)["key"]
    assert list(bureau.open_tasks(root)) == ["t"]
    assert bureau.verify(root).findings == []


def test_a_newer_version_takes_its_place(bureau: Bureau) -> None:
    bureau.deploy(d.diagram(RECEIVE + d.task("t") + d.chain("r", "t")))
    bureau.deploy(d.diagram(d.el("startEvent", "s") + d.task("t") + d.chain("s", "t")))
    assert bureau.rows(start_event) == []
