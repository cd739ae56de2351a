"""ClaimUserTask: one takes what was offered to several."""

from __future__ import annotations

from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.errors import UserTaskTaken
from engine.commands.suspend_process_instance import SuspendProcessInstance
from engine.store.tables.runtime import user_task, user_task_candidate
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, COLLEAGUE, STRANGER, Bureau, refused, together


def waiting(bureau: Bureau) -> tuple[int, int]:
    bureau.deploy(d.one_task())
    root = bureau.start()
    return root, bureau.open_tasks(root)["work"]


def test_a_claimed_task_has_an_assignee_and_is_offered_no_longer(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    assert [row["principal"] for row in bureau.rows(user_task_candidate)] == ["group:clerks"]

    answer = bureau.bus.execute(ClaimUserTask(key), CLERK)

    assert answer == {"key": key, "assignee": "clerk"}
    assert bureau.row(user_task, key=key)["assignee_id"] == "clerk"
    assert bureau.rows(user_task_candidate) == []


def test_claiming_what_one_has_leaves_no_trace(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(ClaimUserTask(key), CLERK)
    before = bureau.tables()

    answer = bureau.bus.execute(ClaimUserTask(key), CLERK)

    assert answer == {"key": key, "assignee": "clerk"}
    assert bureau.tables() == before


def test_what_a_colleague_took_is_refused(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(ClaimUserTask(key), COLLEAGUE)

    error = refused(bureau, ClaimUserTask(key), CLERK, "commands.user-task-taken")

    assert error.details == {"assignee": "colleague"}


def test_a_stranger_is_told_there_is_no_such_task(bureau: Bureau) -> None:
    _, key = waiting(bureau)

    refused(bureau, ClaimUserTask(key), STRANGER, "commands.user-task-unknown")
    refused(bureau, ClaimUserTask(999), CLERK, "commands.user-task-unknown")


def test_a_done_task_is_refused(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(CompleteUserTask(key), CLERK)

    refused(bureau, ClaimUserTask(key), COLLEAGUE, "commands.user-task-not-open")


def test_a_task_of_a_suspended_case_is_refused(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)

    refused(bureau, ClaimUserTask(key), CLERK, "commands.case-suspended")


def test_of_two_claiming_at_once_one_has_it(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    for _ in range(10):
        root = bureau.start()
        key = bureau.open_tasks(root)["work"]

        answers = together(
            lambda key=key: bureau.bus.execute(ClaimUserTask(key), CLERK),
            lambda key=key: bureau.bus.execute(ClaimUserTask(key), COLLEAGUE),
        )

        winners = [answer for answer in answers if isinstance(answer, dict)]
        assert [answer["assignee"] for answer in winners] == [bureau.row(user_task, key=key)["assignee_id"]]
        assert [type(answer) for answer in answers if answer not in winners] == [UserTaskTaken]
