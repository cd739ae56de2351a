"""Give a user task to a person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.administration import require_administrator
from engine.commands.errors import UserTaskTaken
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import require_open, unknown
from engine.history.events import UserTaskAssigned, UserTaskReleased
from engine.store.tables.runtime import user_task

runs(UserTaskAssigned)(untouched)


@dataclass(frozen=True, slots=True)
class AssignUserTask:
    """Make ``assignee`` the assignee of the user task ``key``; None takes the present one off."""

    key: int
    assignee: str | None
    allow_override: bool = True
    reason: str | None = None


@handles(AssignUserTask)
def handle(command: AssignUserTask, unit: UnitOfWork) -> Answer:
    """Assign. Raises AdministratorOnly, UserTaskUnknown, UserTaskNotOpen, UserTaskTaken, CaseEnded, CaseSuspended."""
    require_administrator(unit.actor)
    query = select(user_task).where(user_task.c.key == command.key)
    row = unit.connection.execute(query).mappings().first()
    if row is None:
        raise unknown(command.key)
    case = unit.open_case(row["root_key"])
    row = unit.connection.execute(query).mappings().one()
    require_open(row)
    case.require_live()
    if command.assignee is None and row["assignee_id"] is None:
        return {"key": command.key, "assignee": None}
    if command.assignee is None:
        groups, users = list(row["candidate_groups"]), list(row["candidate_users"])
        case.execute(UserTaskReleased(key=command.key, candidate_groups=groups, candidate_users=users))
        return {"key": command.key, "assignee": None}
    if row["assignee_id"] is not None and not command.allow_override:
        raise UserTaskTaken(f"“{row['name']}”已有办理人。", details={"assignee": row["assignee_id"]})
    case.execute(UserTaskAssigned(key=command.key, assignee_id=command.assignee, reason=command.reason))
    return {"key": command.key, "assignee": command.assignee}
