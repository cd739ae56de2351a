"""Take a user task that is offered to several."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import open_user_task, require_free_or_own
from engine.history.events import UserTaskClaimed

runs(UserTaskClaimed)(untouched)


@dataclass(frozen=True, slots=True)
class ClaimUserTask:
    """Make the actor, or the one they stand in for, the assignee of the user task ``key``."""

    key: int


@handles(ClaimUserTask)
def handle(command: ClaimUserTask, unit: UnitOfWork) -> Answer:
    """Claim; claiming one's own again changes nothing. Raises UserTaskUnknown, UserTaskNotOpen, UserTaskTaken."""
    row, case = open_user_task(unit, command.key)
    require_free_or_own(unit.actor, row, unit.on_behalf_of)
    if row["assignee_id"] is None:
        case.execute(UserTaskClaimed(key=command.key, assignee_id=unit.doer))
    return {"key": command.key, "assignee": unit.doer}
