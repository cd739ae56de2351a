"""SuspendProcessInstance and ResumeProcessInstance: nothing moves meanwhile, nothing is lost."""

from __future__ import annotations

from engine.commands.cancel_process_instance import CancelProcessInstance
from engine.commands.suspend_process_instance import ResumeProcessInstance, SuspendProcessInstance
from engine.store.tables.runtime import case_lock, process_instance
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused


def started(bureau: Bureau) -> int:
    bureau.deploy(d.one_task())
    return bureau.start()


def test_a_suspended_case_says_so_and_goes_on_when_resumed(bureau: Bureau) -> None:
    root = started(bureau)

    assert bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN) == {"key": root}

    assert bureau.row(process_instance, key=root)["suspended"]
    assert bureau.row(case_lock, root_key=root)["suspended"]

    assert bureau.bus.execute(ResumeProcessInstance(root), ADMIN) == {"key": root}

    assert not bureau.row(process_instance, key=root)["suspended"]
    assert not bureau.row(case_lock, root_key=root)["suspended"]
    assert bureau.complete(root, "work")["case_ended"]
    assert bureau.verify().findings == []


def test_resuming_a_case_that_runs_changes_nothing(bureau: Bureau) -> None:
    root = started(bureau)
    before = bureau.tables()

    bureau.bus.execute(ResumeProcessInstance(root), ADMIN)

    assert bureau.tables() == before


def test_a_suspended_case_is_not_suspended_again(bureau: Bureau) -> None:
    root = started(bureau)
    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)

    refused(bureau, SuspendProcessInstance(root, "再核查"), ADMIN, "commands.case-suspended")


def test_only_administrators_do_it(bureau: Bureau) -> None:
    root = started(bureau)

    refused(bureau, SuspendProcessInstance(root, "x"), CLERK, "commands.administrator-only")
    refused(bureau, ResumeProcessInstance(root), CLERK, "commands.administrator-only")


def test_an_ended_or_unknown_case_is_refused(bureau: Bureau) -> None:
    root = started(bureau)
    bureau.bus.execute(CancelProcessInstance(root, "x"), ADMIN)

    refused(bureau, SuspendProcessInstance(root, "x"), ADMIN, "commands.case-ended")
    refused(bureau, SuspendProcessInstance(999, "x"), ADMIN, "commands.case-unknown")
    refused(bureau, ResumeProcessInstance(999), ADMIN, "commands.case-unknown")
