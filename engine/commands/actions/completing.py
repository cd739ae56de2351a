"""What completing a user task means when others are involved: signers, delegates, rework, a mended start form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.commands.actions.errors import SelfApproval, WaitsForOthers
from engine.commands.actions.shared import held, open_delegation, policy, shown_task, signers_left, task_row
from engine.commands.case import Case
from engine.commands.handlers import Answer
from engine.commands.production import Production
from engine.commands.runners import MachineSource, runs, untouched
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import Row
from engine.execution import Machine
from engine.history.action_events import (
    CompletionDropped,
    CompletionHeld,
    CompletionTookEffect,
    DelegationResolved,
    SignerAnswered,
    StartFormMended,
    UserTaskReworked,
)
from engine.history.events import UserTaskAssigned, UserTaskCompleted
from engine.queries.causality import causality_of
from engine.queries.returning import plan_for, start_of
from engine.store.tables.actions import rework
from engine.store.tables.runtime import process_instance, user_task

AGREED, DISAGREED = "同意", "不同意"

runs(CompletionHeld)(untouched)
runs(CompletionDropped)(untouched)


@runs(CompletionTookEffect)
def run_held(event: CompletionTookEffect, source: MachineSource) -> Machine:
    """Go on from the user task with what was held."""
    machine = source.load()
    _go_on(machine, event.key, event.variables, event.back_to)
    return machine


@runs(UserTaskReworked)
def run_reworked(event: UserTaskReworked, source: MachineSource) -> Machine:
    """Go straight back to the one who returned it."""
    machine = source.load()
    _go_on(machine, event.key, event.variables, event.back_to)
    return machine


@runs(StartFormMended)
def run_mended(event: StartFormMended, source: MachineSource) -> Machine:
    """Take over the start form's data, and begin anew unless the case goes on where it was."""
    machine = source.load()
    machine.variables_set(source.root_key, event.variables)
    if event.element_id is not None:
        machine.rewound(event.scope_key, event.element_id, terminate=event.terminate)
    return machine


def _go_on(machine: Machine, key: int, variables: Mapping[str, Any], back_to: Mapping[str, Any] | None) -> None:
    if back_to is None:
        machine.user_task_completed(key, variables)
        return
    drop = [(scope_key, flow_id) for scope_key, flow_id, _ in back_to["drop"]]
    machine.user_task_reworked(key, variables, back_to["element_id"], back_to["scope_key"], drop)


def require_turn(unit: UnitOfWork, row: Row, *, plain: bool) -> None:
    """Raise WaitsForOthers or SelfApproval unless it is the actor's turn to complete a user task.

    ``plain`` says that nothing hangs on it (``shared.nothing_hangs_on``).
    """
    if row["binding"] is not None:
        return
    if not plain:
        _require_no_others(unit, row)
    if policy(unit, row).escalates and _initiator(unit, row["root_key"]) in (unit.actor.id, unit.doer):
        raise SelfApproval(f"“{row['name']}”是您本人发起的，不能由本人审批。")


def _require_no_others(unit: UnitOfWork, row: Row) -> None:
    if held(unit.connection, row["key"]) is not None:
        raise WaitsForOthers(f"“{row['name']}”已办理，正等待加签人签完后生效。")
    waits = [each for each in signers_left(unit.connection, row["key"]) if each["kind"] == "BEFORE"]
    if waits:
        raise WaitsForOthers(f"“{row['name']}”还有 {len(waits)} 位前加签人未签，签完后才能办理。")
    query = select(user_task.c.key).where(
        user_task.c.bound_to == row["key"], user_task.c.binding == "REWORK", user_task.c.state == "CREATED"
    )
    if unit.connection.execute(query).first() is not None:
        raise WaitsForOthers(f"“{row['name']}”已退回发起人修改，重新提交后才能办理。")


def answer_bound(
    unit: UnitOfWork, row: Row, case: Case, variables: Mapping[str, Any], opinion: str | None, outcome: str | None
) -> Answer | None:
    """Complete a bound user task; None for one of the diagram."""
    if row["binding"] is None:
        return None
    if row["binding"] == "REWORK":
        production = _mend_start_form(unit, row, case, variables, opinion)
        return _answer(row, ended=production.ended)
    answered = outcome or AGREED
    case.execute(SignerAnswered(key=row["key"], bound_to=row["bound_to"], opinion=opinion, outcome=answered))
    main = task_row(unit.connection, row["bound_to"])
    if main is None:
        return _answer(row, ended=False)
    waiting = held(unit.connection, main["key"])
    if answered == DISAGREED and waiting is not None:
        case.execute(CompletionDropped(key=main["key"]))
        return _answer(row, ended=False)
    return _answer(row, ended=take_effect_if_signed(unit, case, main, without=row["key"]))


def complete_plain(
    row: Row, case: Case, variables: Mapping[str, Any], opinion: str | None, outcome: str | None
) -> Answer:
    """Complete a user task of the diagram on which nothing hangs."""
    event = UserTaskCompleted(key=row["key"], variables=dict(variables), opinion=opinion, outcome=outcome)
    return _answer(row, ended=case.execute(event).ended)


def complete(
    unit: UnitOfWork, row: Row, case: Case, variables: Mapping[str, Any], opinion: str | None, outcome: str | None
) -> Answer:
    """Complete a user task of the diagram: hand it back to a delegator, hold it for signers, or go on."""
    delegation = open_delegation(unit.connection, row["key"])
    if delegation is not None and delegation["to_id"] == unit.doer:
        case.execute(
            DelegationResolved(
                key=row["key"],
                number=delegation["number"],
                assignee_id=delegation["from_id"],
                variables=dict(variables),
                opinion=opinion,
                outcome=outcome,
            )
        )
        return _answer(row, ended=False)
    waiting = signers_left(unit.connection, row["key"])
    if waiting:
        opened = [{"key": each["key"], "user_id": each["user_id"]} for each in waiting if each["state"] == "WAITING"]
        case.execute(
            CompletionHeld(
                key=row["key"],
                variables=dict(variables),
                opinion=opinion,
                outcome=outcome,
                opened=opened,
                task=shown_task(row, f"{row['name']}（后加签）"),
            )
        )
        return _answer(row, ended=False, held=True)
    back_to = _back_to(unit, row["key"])
    if back_to is None:
        return complete_plain(row, case, variables, opinion, outcome)
    event = UserTaskReworked(
        key=row["key"], variables=dict(variables), opinion=opinion, outcome=outcome, back_to=back_to
    )
    production = case.execute(event)
    _give_back(case, production, back_to)
    return _answer(row, ended=production.ended)


def take_effect_if_signed(unit: UnitOfWork, case: Case, main: Row, *, without: int) -> bool:
    """Let a held completion take effect when no signer but ``without`` is left; return whether the case ended."""
    waiting = held(unit.connection, main["key"])
    left = [each for each in signers_left(unit.connection, main["key"]) if each["key"] != without]
    if waiting is None or left:
        return False
    back_to = _back_to(unit, main["key"])
    production = case.execute(
        CompletionTookEffect(
            key=main["key"],
            variables=waiting["variables"],
            opinion=waiting["opinion"],
            outcome=waiting["outcome"],
            completed_by=waiting["actor_id"],
            on_behalf_of=waiting["on_behalf_of"],
            back_to=back_to,
        )
    )
    if back_to is not None:
        _give_back(case, production, back_to)
    return production.ended


def _give_back(case: Case, production: Production, back_to: Mapping[str, Any]) -> None:
    for type_, payload in production.derived:
        if type_ == "user_task_created" and payload["element_id"] == back_to["element_id"]:
            case.execute(UserTaskAssigned(key=payload["key"], assignee_id=back_to["assignee_id"], reason="直达"))
            return


def _back_to(unit: UnitOfWork, key: int) -> dict[str, Any] | None:
    query = select(rework.c.back_to).where(rework.c.task_key == key)
    found: dict[str, Any] | None = unit.connection.execute(query).scalar()
    return found


def _mend_start_form(
    unit: UnitOfWork, row: Row, case: Case, variables: Mapping[str, Any], opinion: str | None
) -> Production:
    query = select(rework.c.back_to).where(rework.c.task_key == row["key"])
    straight = unit.connection.execute(query).scalar() is not None
    plan = None
    if not straight:
        causality = causality_of(unit.connection, unit.sources.definitions, case.root_key)
        start = start_of(causality, row["bound_to"])
        plan = None if start is None else plan_for(causality, start)
    return case.execute(
        StartFormMended(
            key=row["key"],
            bound_to=row["bound_to"],
            variables=dict(variables),
            opinion=opinion,
            element_id=None if plan is None else plan.target.element_id,
            scope_key=case.root_key,
            target_key=None if plan is None else plan.target.key,
            terminate=[] if plan is None else list(plan.terminate),
        )
    )


def _initiator(unit: UnitOfWork, root_key: int) -> str | None:
    query = select(process_instance.c.initiator_id).where(process_instance.c.key == root_key)
    return unit.connection.execute(query).scalar()


def _answer(row: Row, *, ended: bool, held: bool = False) -> Answer:
    return {
        "key": row["key"],
        "process_instance_key": row["root_key"],
        "case_ended": ended,
        **({"held": True} if held else {}),
    }
