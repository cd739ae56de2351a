"""ReleaseUserTask: back to the candidates."""

from __future__ import annotations

from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.release_user_task import ReleaseUserTask
from engine.commands.suspend_process_instance import SuspendProcessInstance
from engine.store.tables.runtime import user_task, user_task_candidate
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, COLLEAGUE, STRANGER, Bureau, refused


def claimed(bureau: Bureau) -> tuple[int, int]:
    bureau.deploy(d.one_task())
    root = bureau.start()
    key = bureau.open_tasks(root)["work"]
    bureau.bus.execute(ClaimUserTask(key), CLERK)
    return root, key


def test_a_released_task_is_offered_to_all_its_candidates_again(bureau: Bureau) -> None:
    _, key = claimed(bureau)

    answer = bureau.bus.execute(ReleaseUserTask(key), CLERK)

    assert answer == {"key": key, "assignee": None}
    assert bureau.row(user_task, key=key)["assignee_id"] is None
    assert [row["principal"] for row in bureau.rows(user_task_candidate)] == ["group:clerks"]
    assert bureau.bus.execute(CompleteUserTask(key), COLLEAGUE)["case_ended"]
    assert bureau.verify().findings == []


def test_who_does_not_have_the_task_is_refused(bureau: Bureau) -> None:
    _, key = claimed(bureau)

    refused(bureau, ReleaseUserTask(key), COLLEAGUE, "commands.user-task-taken")
    refused(bureau, ReleaseUserTask(key), STRANGER, "commands.user-task-unknown")
    refused(bureau, ReleaseUserTask(999), CLERK, "commands.user-task-unknown")


def test_a_task_nobody_has_is_refused(bureau: Bureau) -> None:
    _, key = claimed(bureau)
    bureau.bus.execute(ReleaseUserTask(key), CLERK)

    refused(bureau, ReleaseUserTask(key), CLERK, "commands.user-task-taken")


def test_a_task_without_candidates_has_nobody_to_go_back_to(bureau: Bureau) -> None:
    bureau.deploy(d.one_task(groups="", assignee="clerk"))
    key = bureau.open_tasks(bureau.start())["work"]

    refused(bureau, ReleaseUserTask(key), CLERK, "commands.user-task-without-candidates")


def test_a_done_task_is_refused(bureau: Bureau) -> None:
    _, key = claimed(bureau)
    bureau.bus.execute(CompleteUserTask(key), CLERK)

    refused(bureau, ReleaseUserTask(key), CLERK, "commands.user-task-not-open")


def test_a_task_of_a_suspended_case_is_refused(bureau: Bureau) -> None:
    root, key = claimed(bureau)
    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)

    refused(bureau, ReleaseUserTask(key), CLERK, "commands.case-suspended")
