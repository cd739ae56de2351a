"""CancelProcessInstance: everything active ends, the reason stays."""

from __future__ import annotations

import json

from engine.commands.cancel_process_instance import CancelProcessInstance
from engine.commands.suspend_process_instance import SuspendProcessInstance
from engine.store.tables.history import history_event
from engine.store.tables.runtime import (
    case_lock,
    element_instance,
    job,
    process_instance,
    state_part,
    user_task,
    user_task_candidate,
)
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused


def with_timer() -> bytes:
    content = (
        d.el("startEvent", "s")
        + d.task("work")
        + d.boundary("work", "late", "duration PT1H", interrupting=False)
        + d.task("remind")
        + d.chain("s", "work")
        + d.chain("late", "remind")
    )
    return d.diagram(content)


def test_everything_active_ends_and_the_reason_is_kept(bureau: Bureau) -> None:
    bureau.deploy(with_timer())
    root = bureau.start()

    answer = bureau.bus.execute(CancelProcessInstance(root, "重复申报"), ADMIN)

    assert answer == {"key": root}
    assert bureau.row(process_instance, key=root)["state"] == "TERMINATED"
    assert bureau.row(case_lock, root_key=root)["ended"]
    assert {row["state"] for row in bureau.rows(element_instance, root_key=root)} == {"COMPLETED", "TERMINATED"}
    assert bureau.row(user_task, root_key=root)["state"] == "CANCELED"
    assert bureau.row(job, root_key=root)["status"] == "cancelled"
    assert bureau.rows(user_task_candidate) == []
    event = bureau.row(history_event, root_key=root, type="process_instance_canceled")
    assert json.loads(event["payload"])["reason"] == "重复申报"
    assert bureau.verify().findings == []


def test_an_ended_case_keeps_no_state_to_run_on(bureau: Bureau) -> None:
    bureau.deploy(with_timer())
    root = bureau.start()

    bureau.bus.execute(CancelProcessInstance(root, "重复申报"), ADMIN)

    size = sum(len(row["content"]) for row in bureau.rows(state_part, root_key=root))
    assert size < 500


def test_a_suspended_case_can_be_cancelled_and_is_suspended_no_longer(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    root = bureau.start()
    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)

    bureau.bus.execute(CancelProcessInstance(root, "查实"), ADMIN)

    row = bureau.row(process_instance, key=root)
    assert (row["state"], row["suspended"]) == ("TERMINATED", False)
    assert not bureau.row(case_lock, root_key=root)["suspended"]
    assert bureau.verify().findings == []


def test_only_administrators_cancel(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    root = bureau.start()

    refused(bureau, CancelProcessInstance(root, "x"), CLERK, "commands.administrator-only")


def test_an_ended_or_unknown_case_is_refused(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    root = bureau.start()
    bureau.complete(root, "work")

    refused(bureau, CancelProcessInstance(root, "x"), ADMIN, "commands.case-ended")
    refused(bureau, CancelProcessInstance(999, "x"), ADMIN, "commands.case-unknown")
