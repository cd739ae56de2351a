"""AssignUserTask: an administrator gives a task to a person, or takes it off one."""

from __future__ import annotations

import pytest

from engine.commands.assign_user_task import AssignUserTask
from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.suspend_process_instance import SuspendProcessInstance
from engine.store.tables.runtime import user_task, user_task_candidate
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, COLLEAGUE, Bureau, refused


def waiting(bureau: Bureau) -> tuple[int, int]:
    bureau.deploy(d.one_task())
    root = bureau.start()
    return root, bureau.open_tasks(root)["work"]


def test_an_assigned_task_is_that_persons_alone(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(ClaimUserTask(key), CLERK)

    answer = bureau.bus.execute(AssignUserTask(key, "colleague", reason="请假"), ADMIN)

    assert answer == {"key": key, "assignee": "colleague"}
    assert bureau.rows(user_task_candidate) == []
    refused(bureau, CompleteUserTask(key), CLERK, "commands.user-task-taken")
    assert bureau.bus.execute(CompleteUserTask(key), COLLEAGUE)["case_ended"]
    assert bureau.verify().findings == []


@pytest.mark.parametrize("claimed", [True, False])
def test_a_task_taken_off_is_offered_to_its_candidates(bureau: Bureau, claimed: bool) -> None:
    _, key = waiting(bureau)
    if claimed:
        bureau.bus.execute(ClaimUserTask(key), CLERK)

    assert bureau.bus.execute(AssignUserTask(key, None), ADMIN) == {"key": key, "assignee": None}

    assert bureau.row(user_task, key=key)["assignee_id"] is None
    assert [row["principal"] for row in bureau.rows(user_task_candidate)] == ["group:clerks"]
    assert bureau.verify().findings == []


def test_without_override_a_taken_task_stays_where_it_is(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(AssignUserTask(key, "clerk", allow_override=False), ADMIN)

    refused(bureau, AssignUserTask(key, "colleague", allow_override=False), ADMIN, "commands.user-task-taken")


def test_what_can_not_be_assigned_is_refused(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    refused(bureau, AssignUserTask(key, "colleague"), CLERK, "commands.administrator-only")
    refused(bureau, AssignUserTask(999, "colleague"), ADMIN, "commands.user-task-unknown")

    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)
    refused(bureau, AssignUserTask(key, "colleague"), ADMIN, "commands.case-suspended")


def test_a_done_task_is_refused(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(CompleteUserTask(key), CLERK)

    refused(bureau, AssignUserTask(key, "colleague"), ADMIN, "commands.user-task-not-open")
