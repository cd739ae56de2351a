"""转办: hand a user task over to another person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from engine.commands.actions.errors import PersonUnsuitable
from engine.commands.actions.shared import hold_user_task, open_delegation, require_person, require_reason
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.action_events import UserTaskTransferred
from engine.queries.action_policy import TRANSFER
from engine.store.tables.actions import handover

runs(UserTaskTransferred)(untouched)


@dataclass(frozen=True, slots=True)
class TransferUserTask:
    """Make ``to`` the assignee of the user task ``key`` in the actor's place."""

    key: int
    to: str
    reason: str


@handles(TransferUserTask)
def handle(command: TransferUserTask, unit: UnitOfWork) -> Answer:
    """Transfer. Raises what holding a user task raises, ReasonMissing, PersonUnknown, PersonUnsuitable."""
    reason = require_reason(command.reason)
    row, case = hold_user_task(unit, command.key, TRANSFER, take=False)
    require_suitable(unit, command.key, command.to)
    case.execute(
        UserTaskTransferred(
            key=command.key,
            number=next_number(unit, command.key),
            from_id=row["assignee_id"] or unit.doer,
            assignee_id=command.to,
            reason=reason,
        )
    )
    return {"key": command.key, "assignee": command.to}


def require_suitable(unit: UnitOfWork, key: int, to: str) -> None:
    """Raise PersonUnknown or PersonUnsuitable unless the user task can be handed to this person."""
    require_person(unit, to)
    if to in (unit.actor.id, unit.doer):
        raise PersonUnsuitable("不能交给自己，请选择其他人。")
    if open_delegation(unit.connection, key) is not None:
        raise PersonUnsuitable("该待办正在委派中，请先收回委派。")


def next_number(unit: UnitOfWork, key: int) -> int:
    """Return the number of a user task's next handover."""
    query = select(func.coalesce(func.max(handover.c.number), 0)).where(handover.c.task_key == key)
    return int(unit.connection.execute(query).scalar_one()) + 1
