"""UpdateUserTask: an administrator changes dates, candidates and priority of an open user task."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.update_user_task import UpdateUserTask
from engine.store.tables.history import history_event
from engine.store.tables.runtime import user_task, user_task_candidate
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, STRANGER, Bureau, refused

FRIDAY = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)


def started(bureau: Bureau) -> tuple[int, int]:
    bureau.deploy(d.one_task())
    root = bureau.start()
    return root, bureau.open_tasks(root)["work"]


def test_what_is_named_changes_and_is_kept_in_history(bureau: Bureau) -> None:
    _, key = started(bureau)

    bureau.bus.execute(UpdateUserTask(key, {"due_date": FRIDAY, "priority": 90}), ADMIN)

    row = bureau.row(user_task, key=key)
    assert (row["due_at"], row["priority"], row["follow_up_at"]) == (FRIDAY, 90, None)
    payload = json.loads(bureau.row(history_event, type="user_task_updated")["payload"])
    assert payload["changes"] == {"due_date": "2026-03-06T09:30:00.000000Z", "priority": 90}
    assert bureau.verify().findings == []


def test_a_task_nobody_has_is_offered_to_its_new_candidates_alone(bureau: Bureau) -> None:
    _, key = started(bureau)

    bureau.bus.execute(UpdateUserTask(key, {"candidate_groups": ["others"]}), ADMIN)

    assert [row["principal"] for row in bureau.rows(user_task_candidate)] == ["group:others"]
    refused(bureau, ClaimUserTask(key), CLERK, "commands.user-task-unknown")
    bureau.bus.execute(ClaimUserTask(key), STRANGER)
    assert bureau.verify().findings == []


def test_a_task_somebody_has_is_offered_to_nobody_by_new_candidates(bureau: Bureau) -> None:
    _, key = started(bureau)
    bureau.bus.execute(ClaimUserTask(key), CLERK)

    bureau.bus.execute(UpdateUserTask(key, {"candidate_users": ["stranger"]}), ADMIN)

    assert bureau.rows(user_task_candidate) == []
    assert bureau.row(user_task, key=key)["candidate_users"] == ["stranger"]


def test_what_is_the_same_already_leaves_no_event(bureau: Bureau) -> None:
    root, key = started(bureau)
    before = bureau.events(root)

    bureau.bus.execute(UpdateUserTask(key, {"priority": 50, "due_date": None}), ADMIN)

    assert bureau.events(root) == before


def test_a_repeated_request_is_done_once(bureau: Bureau) -> None:
    _, key = started(bureau)

    for _ in range(2):
        bureau.bus.execute(UpdateUserTask(key, {"due_date": FRIDAY}), ADMIN, idempotency_key="k")

    assert len(bureau.rows(history_event, type="user_task_updated")) == 1


def test_a_legal_due_date_is_not_changed_by_hand(bureau: Bureau) -> None:
    bureau.publish_calendar()
    content = d.el("startEvent", "s") + d.task("take", clock__start="a.b") + d.task("answer", clock__due="a.b")
    bureau.deploy(d.diagram(content + d.chain("s", "take", "answer")), limits_dmn=d.limits(a__b=5))
    root = bureau.start()
    bureau.complete(root, "take")
    key = bureau.open_tasks(root)["answer"]

    refused(bureau, UpdateUserTask(key, {"due_date": FRIDAY}), ADMIN, "commands.due-date-follows-clock")
    bureau.bus.execute(UpdateUserTask(key, {"priority": 60}), ADMIN)


def test_only_administrators_do_it_to_open_tasks(bureau: Bureau) -> None:
    root, key = started(bureau)

    refused(bureau, UpdateUserTask(key, {"priority": 1}), CLERK, "commands.administrator-only")
    refused(bureau, UpdateUserTask(999, {"priority": 1}), ADMIN, "commands.user-task-unknown")
    bureau.complete(root, "work")
    refused(bureau, UpdateUserTask(key, {"priority": 1}), ADMIN, "commands.user-task-not-open")


def test_nothing_else_can_be_changed(small_bureau: Bureau) -> None:
    _, key = started(small_bureau)

    with pytest.raises(ValueError, match="state"):
        small_bureau.bus.execute(UpdateUserTask(key, {"state": "COMPLETED"}), ADMIN)
