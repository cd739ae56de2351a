"""CompleteUserTask: who may, once only, with the data the form asks for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.commands.cancel_process_instance import CancelProcessInstance
from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.errors import UserTaskNotOpen
from engine.commands.save_draft import SaveDraft
from engine.commands.suspend_process_instance import SuspendProcessInstance
from engine.store.tables.history import history_event
from engine.store.tables.runtime import draft, process_instance, user_task, user_task_candidate, variable
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import ADMIN, CLERK, COLLEAGUE, STRANGER, Bureau, refused, together


def waiting(bureau: Bureau, **more: str) -> tuple[int, int]:
    """Start a case of one task; return its key and the task's."""
    bureau.deploy(d.one_task(**more))
    root = bureau.start()
    return root, bureau.open_tasks(root)["work"]


def test_a_completed_task_is_done_and_its_data_belongs_to_the_case(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    bureau.clock.advance(timedelta(minutes=5))

    answer = bureau.bus.execute(CompleteUserTask(key, {"amount": 12, "金额": "12.30"}, "同意"), CLERK)

    assert answer == {"key": key, "process_instance_key": root, "case_ended": True}
    row = bureau.row(user_task, key=key)
    assert (row["state"], row["completed_by"], row["assignee_id"]) == ("COMPLETED", "clerk", "clerk")
    assert (row["opinion"], row["ended_at"]) == ("同意", bureau.clock.now())
    assert bureau.row(variable, scope_key=root, name="金额")["value"] == "12.30"
    assert bureau.row(process_instance, key=root)["state"] == "COMPLETED"
    assert bureau.rows(user_task_candidate) == []


def test_who_acts_for_another_is_recorded_beside_them(bureau: Bureau) -> None:
    _, key = waiting(bureau)

    bureau.bus.execute(CompleteUserTask(key), CLERK, on_behalf_of="juzhang")

    row = bureau.row(user_task, key=key)
    assert (row["completed_by"], row["on_behalf_of"], row["assignee_id"]) == ("clerk", "juzhang", "juzhang")
    event = bureau.row(history_event, type="user_task_completed")
    assert (event["actor_id"], event["on_behalf_of"]) == ("clerk", "juzhang")


def test_the_outcome_is_the_value_of_the_field_the_diagram_names(bureau: Bureau) -> None:
    _, key = waiting(bureau, outcome="approval")

    bureau.bus.execute(CompleteUserTask(key, {"approval": "不同意"}), CLERK)

    assert bureau.row(user_task, key=key)["outcome"] == "不同意"


def test_an_unknown_task_is_refused(bureau: Bureau) -> None:
    waiting(bureau)

    refused(bureau, CompleteUserTask(12345), CLERK, "commands.user-task-unknown")


@pytest.mark.parametrize("actor", [STRANGER, ADMIN], ids=lambda actor: actor.id)
def test_who_is_not_a_candidate_does_not_learn_that_the_task_exists(bureau: Bureau, actor: object) -> None:
    _, key = waiting(bureau)

    error = refused(bureau, CompleteUserTask(key), actor, "commands.user-task-unknown")  # type: ignore[arg-type]

    assert "办理 work" not in error.message


def test_a_task_that_a_colleague_took_is_refused(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(ClaimUserTask(key), COLLEAGUE)

    refused(bureau, CompleteUserTask(key), CLERK, "commands.user-task-taken")


def test_a_task_given_to_one_person_is_refused_to_candidates_and_open_to_that_person(bureau: Bureau) -> None:
    _, key = waiting(bureau, assignee="colleague")

    refused(bureau, CompleteUserTask(key), CLERK, "commands.user-task-taken")

    assert bureau.bus.execute(CompleteUserTask(key), COLLEAGUE)["case_ended"]


def test_a_task_is_completed_once(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(CompleteUserTask(key), CLERK)

    error = refused(bureau, CompleteUserTask(key), CLERK, "commands.user-task-not-open")

    assert error.details == {"state": "COMPLETED"}


def test_a_task_of_a_cancelled_case_is_refused(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    bureau.bus.execute(CancelProcessInstance(root, "重复"), ADMIN)

    error = refused(bureau, CompleteUserTask(key), CLERK, "commands.user-task-not-open")

    assert error.details == {"state": "CANCELED"}


def test_a_task_of_a_suspended_case_is_refused(bureau: Bureau) -> None:
    root, key = waiting(bureau)
    bureau.bus.execute(SuspendProcessInstance(root, "核查"), ADMIN)

    refused(bureau, CompleteUserTask(key), CLERK, "commands.case-suspended")


def test_data_the_form_does_not_take_is_refused_with_the_fields_named(bureau: Bureau) -> None:
    bureau.deploy(d.one_task(form="opinion"), opinion_form=d.form("opinion", "opinion"))
    root = bureau.start()
    key = bureau.open_tasks(root)["work"]

    error = refused(bureau, CompleteUserTask(key, {}), CLERK, "commands.form-refused")

    assert list(error.details["fields"]) == ["opinion"]  # type: ignore[call-overload]
    assert bureau.bus.execute(CompleteUserTask(key, {"opinion": "同意"}), CLERK)["case_ended"]


def test_a_draft_goes_with_the_task(bureau: Bureau) -> None:
    _, key = waiting(bureau)
    bureau.bus.execute(SaveDraft(key, {"a": 1}), CLERK)

    bureau.bus.execute(CompleteUserTask(key, {"a": 2}), CLERK)

    assert bureau.rows(draft) == []


def test_of_two_people_completing_at_once_one_succeeds_and_the_other_is_told(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    roots = [bureau.start() for _ in range(10)]

    for root in roots:
        key = bureau.open_tasks(root)["work"]
        answers = together(
            lambda key=key: bureau.bus.execute(CompleteUserTask(key, {"by": "clerk"}), CLERK),
            lambda key=key: bureau.bus.execute(CompleteUserTask(key, {"by": "colleague"}), COLLEAGUE),
        )

        winners = [answer for answer in answers if isinstance(answer, dict)]
        assert len(winners) == 1, answers
        assert [type(answer) for answer in answers if answer not in winners] == [UserTaskNotOpen]
        completed = bureau.row(user_task, key=key)["completed_by"]
        assert bureau.row(variable, scope_key=root, name="by")["value"] == completed
        assert len(bureau.rows(history_event, root_key=root, type="user_task_completed")) == 1
    assert bureau.verify().findings == []
