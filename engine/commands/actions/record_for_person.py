"""代录, 补签: enter what somebody signed on paper, or agreed by telephone; they confirm it later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from engine.commands.actions.completing import require_turn
from engine.commands.actions.errors import EvidenceMissing, PersonUnsuitable
from engine.commands.actions.shared import (
    is_active,
    open_delegation,
    require_allowed,
    require_person,
    signers_left,
    task_row,
)
from engine.commands.attachments import take_evidence
from engine.commands.controls import check_user_task
from engine.commands.errors import UserTaskTaken
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.commands.user_task_forms import check_form, outcome_of
from engine.commands.user_tasks import Row, require_open, unknown
from engine.execution import Machine
from engine.history.action_events import UserTaskRecorded
from engine.queries.action_policy import RECORD
from engine.store.tables.identity import membership
from engine.store.tables.runtime import process_instance, user_task

KINDS = frozenset({"PAPER", "TELEPHONE", "OTHER"})


@dataclass(frozen=True, slots=True)
class RecordForPerson:
    """Complete the user task ``key`` as ``person`` did outside the system; ``evidence`` says how that is known."""

    key: int
    person: str
    evidence_kind: str
    evidence: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    opinion: str | None = None
    document_id: str | None = None
    acknowledged: Mapping[str, Any] = field(default_factory=dict)
    """Answers to controls, as for a completion."""


@runs(UserTaskRecorded)
def run(event: UserTaskRecorded, source: MachineSource) -> Machine:
    """Go on from the user task with what was entered."""
    machine = source.load()
    machine.user_task_completed(event.key, event.variables)
    return machine


@handles(RecordForPerson)
def handle(command: RecordForPerson, unit: UnitOfWork) -> Answer:
    """Enter it. The initiator of the case, or who did a step of it, may.

    Raises UserTaskUnknown, UserTaskNotOpen, ActionNotAllowed, EvidenceMissing, PersonUnknown, PersonUnsuitable,
    UserTaskTaken (the person has nothing to do with it), WaitsForOthers, FormRefused, CaseEnded, CaseSuspended.
    """
    if command.evidence_kind not in KINDS:
        raise ValueError(f"no such kind of evidence: {command.evidence_kind}")
    row = task_row(unit.connection, command.key)
    if row is None or row["binding"] is not None or not _took_part(unit, row):
        raise unknown(command.key)
    case = unit.open_case(row["root_key"])
    row = task_row(unit.connection, command.key) or row
    require_open(row)
    case.require_live()
    require_allowed(unit, row, RECORD)
    if not command.evidence.strip():
        raise EvidenceMissing("请写明依据：何时、何地、以何种方式签批或同意。")
    _require_suitable(unit, row, command.person)
    require_turn(unit, row, plain=False)
    if signers_left(unit.connection, command.key) or open_delegation(unit.connection, command.key):
        raise PersonUnsuitable(f"“{row['name']}”正在加签或委派中，不能代录。")
    check_form(unit, row, case, command.variables)
    check_user_task(unit, row, case, command.variables, command.acknowledged)
    take_evidence(unit, case, command.document_id, command.key)
    production = case.execute(
        UserTaskRecorded(
            key=command.key,
            variables=dict(command.variables),
            opinion=command.opinion or None,
            outcome=outcome_of(unit, row, command.variables),
            person_id=command.person,
            evidence_kind=command.evidence_kind,
            evidence=command.evidence.strip(),
            document_id=command.document_id,
        )
    )
    return {"key": command.key, "process_instance_key": row["root_key"], "case_ended": production.ended}


def _took_part(unit: UnitOfWork, row: Row) -> bool:
    started = select(process_instance.c.key).where(
        process_instance.c.key == row["root_key"], process_instance.c.initiator_id == unit.actor.id
    )
    acted = select(user_task.c.key).where(
        user_task.c.root_key == row["root_key"],
        or_(user_task.c.completed_by == unit.actor.id, user_task.c.on_behalf_of == unit.actor.id),
    )
    return any(unit.connection.execute(query).first() is not None for query in (started, acted))


def _require_suitable(unit: UnitOfWork, row: Row, person: str) -> None:
    require_person(unit, person)
    if person == unit.actor.id:
        raise PersonUnsuitable("本人的待办请直接办理，不必代录。")
    if row["assignee_id"] is not None:
        suits = row["assignee_id"] == person
    else:
        query = select(membership.c.group_name).where(membership.c.user_id == person)
        groups = set(unit.connection.execute(query).scalars())
        suits = person in row["candidate_users"] or not groups.isdisjoint(row["candidate_groups"])
    if not suits or not is_active(unit.connection, person):
        raise UserTaskTaken(f"“{row['name']}”不由“{person}”办理，不能代录其签批。")
