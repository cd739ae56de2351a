"""SaveDraft: kept for one person until the task is done or gone."""

from __future__ import annotations

from datetime import timedelta

from engine.commands.cancel_process_instance import CancelProcessInstance
from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.save_draft import SaveDraft
from engine.store.tables.runtime import draft
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, COLLEAGUE, STRANGER, Bureau, refused


def waiting(bureau: Bureau) -> tuple[int, int]:
    bureau.deploy(d.one_task())
    root = bureau.start()
    return root, bureau.open_tasks(root)["work"]


def test_each_person_has_a_draft_and_the_last_saved_counts(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(SaveDraft(key, {"a": 1}), CLERK)
    bureau.bus.execute(SaveDraft(key, {"a": 9}), COLLEAGUE)
    bureau.clock.advance(timedelta(seconds=3))

    bureau.bus.execute(SaveDraft(key, {"a": 2, "b": None}), CLERK)

    kept = {row["user_id"]: row["variables"] for row in bureau.rows(draft)}
    assert kept == {"clerk": {"a": 2, "b": None}, "colleague": {"a": 9}}
    assert bureau.row(draft, user_id="clerk")["saved_at"] == bureau.clock.now()


def test_a_draft_is_nobodys_history(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    before = bureau.events(root)

    bureau.bus.execute(SaveDraft(key, {"a": 1}), CLERK)

    assert bureau.events(root) == before


def test_who_may_not_do_the_task_may_not_save_for_it(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(ClaimUserTask(key), COLLEAGUE)

    refused(bureau, SaveDraft(key, {}), CLERK, "commands.user-task-taken")
    refused(bureau, SaveDraft(key, {}), STRANGER, "commands.user-task-unknown")
    refused(bureau, SaveDraft(999, {}), CLERK, "commands.user-task-unknown")


def test_a_done_task_takes_no_draft(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(CompleteUserTask(key), CLERK)

    refused(bureau, SaveDraft(key, {}), CLERK, "commands.user-task-not-open")


def test_a_draft_goes_with_a_task_that_is_cancelled(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    bureau.bus.execute(SaveDraft(key, {"a": 1}), CLERK)

    bureau.bus.execute(CancelProcessInstance(root, "撤销"), ADMIN)

    assert bureau.rows(draft) == []
