"""Take a delegated user task back before the delegate has done it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.actions.errors import DelegationUnknown
from engine.commands.actions.shared import open_delegation, task_row
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import require_open
from engine.history.action_events import DelegationResolved


@dataclass(frozen=True, slots=True)
class RecallDelegation:
    """Make the actor, who delegated the user task ``key``, its assignee again."""

    key: int


@handles(RecallDelegation)
def handle(command: RecallDelegation, unit: UnitOfWork) -> Answer:
    """Recall. Raises DelegationUnknown, UserTaskNotOpen, CaseEnded, CaseSuspended."""
    row = task_row(unit.connection, command.key)
    case = None if row is None else unit.open_case(row["root_key"])
    delegation = open_delegation(unit.connection, command.key)
    if row is None or case is None or delegation is None or delegation["from_id"] != unit.actor.id:
        raise DelegationUnknown("没有由您委派、尚未办回的这一待办。请刷新。")
    require_open(task_row(unit.connection, command.key) or row)
    case.require_live()
    case.execute(
        DelegationResolved(
            key=command.key,
            number=delegation["number"],
            assignee_id=unit.actor.id,
            variables=None,
            opinion=None,
            outcome=None,
        )
    )
    return {"key": command.key, "assignee": unit.actor.id}
