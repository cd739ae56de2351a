"""What happens when a user task opens: the next level up where the applicant is the approver, and merging of
approvals that fall to the same person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from engine.commands.actions.completing import AGREED
from engine.commands.actions.levels import levels_from
from engine.commands.actions.shared import members, task_row
from engine.commands.case import Case
from engine.commands.controls import check_user_task
from engine.commands.runners import MachineSource, runs, untouched
from engine.commands.unit import UnitOfWork
from engine.commands.user_task_forms import outcome_field, problems_of
from engine.commands.user_tasks import Row
from engine.errors import BanjieError
from engine.execution import Machine
from engine.history.action_events import UserTaskEscalated, UserTaskMerged
from engine.queries.action_policy import policy_of
from engine.store.tables.actions import rework
from engine.store.tables.runtime import process_instance, user_task

runs(UserTaskEscalated)(untouched)


@runs(UserTaskMerged)
def run(event: UserTaskMerged, source: MachineSource) -> Machine:
    """Go on from the user task with the outcome decided before."""
    machine = source.load()
    machine.user_task_completed(event.key, event.variables)
    return machine


def react_to_opening(unit: UnitOfWork, case: Case, created: Mapping[str, Any]) -> None:
    """Escalate or merge a user task that has just opened, where its element says so."""
    model = unit.sources.definitions.model(unit.connection, created["definition_key"])
    said = policy_of(model, model.node(created["element_id"]))
    if not (said.merges or said.escalates) or case.ended:
        return
    unit.batch.flush(unit.connection)
    row = task_row(unit.connection, created["key"])
    if row is None or row["state"] != "CREATED":
        return
    if said.escalates:
        row = _escalated(unit, case, row)
    if said.merges and not said.second_factor:
        _merge(unit, case, row)


def _escalated(unit: UnitOfWork, case: Case, row: Row) -> Row:
    """Offer the user task to the next level up when nobody but the applicant could decide it."""
    applicant = unit.connection.execute(
        select(process_instance.c.initiator_id).where(process_instance.c.key == case.root_key)
    ).scalar()
    if applicant is None or _deciders(unit, row) != {applicant}:
        return row
    for group in row["candidate_groups"]:
        for level in levels_from(group):
            if members(unit.connection, [level]) - {applicant}:
                reason = f"申请人即审批人，由上一级（{level}）审批"
                case.execute(
                    UserTaskEscalated(key=row["key"], candidate_groups=[level], candidate_users=[], reason=reason)
                )
                unit.batch.flush(unit.connection)
                return task_row(unit.connection, row["key"]) or row
    return row


def _merge(unit: UnitOfWork, case: Case, row: Row) -> None:
    deciders = _deciders(unit, row)
    field = outcome_field(unit, row)
    if len(deciders) != 1 or field is None:
        return
    (person,) = deciders
    earlier = _approval_before(unit, case, row, person)
    if earlier is None or problems_of(unit, row, {field: AGREED}):
        return
    try:
        check_user_task(unit, row, case, {field: AGREED}, {})
    except BanjieError:
        return  # A control wants the person themselves to answer, so they do this step by hand.
    case.execute(
        UserTaskMerged(
            key=row["key"], variables={field: AGREED}, outcome=AGREED, person_id=person, merged_with=earlier["key"]
        )
    )


def _approval_before(unit: UnitOfWork, case: Case, row: Row, person: str) -> Row | None:
    """The same person's approval that led here, unless the case was returned since."""
    returned = select(func.max(rework.c.task_key)).where(rework.c.root_key == case.root_key)
    since = unit.connection.execute(returned).scalar() or 0
    query = select(user_task).where(
        user_task.c.root_key == case.root_key,
        user_task.c.completed_by == person,
        user_task.c.outcome == AGREED,
        user_task.c.binding.is_(None),
        user_task.c.key >= since,
        user_task.c.key != row["key"],
    )
    found = unit.connection.execute(query.order_by(user_task.c.key.desc())).mappings().all()
    if since >= row["key"] or not found:
        return None
    return found[0]


def _deciders(unit: UnitOfWork, row: Row) -> set[str]:
    if row["assignee_id"] is not None:
        return {row["assignee_id"]}
    return members(unit.connection, row["candidate_groups"]) | set(row["candidate_users"])
