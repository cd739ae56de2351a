"""Change dates, candidates or priority of an open user task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.commands.administration import require_administrator
from engine.commands.errors import DueDateFollowsClock
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import Row, require_open, unknown
from engine.history.event import moment_text
from engine.history.events import UserTaskUpdated
from engine.store.tables.runtime import user_task

runs(UserTaskUpdated)(untouched)

CHANGEABLE = frozenset({"due_date", "follow_up_date", "candidate_groups", "candidate_users", "priority"})
_COLUMNS = {"due_date": "due_at", "follow_up_date": "follow_up_at"}


@dataclass(frozen=True, slots=True)
class UpdateUserTask:
    """Change what ``changes`` names of the user task ``key``: names as in CHANGEABLE; None takes a date away."""

    key: int
    changes: Mapping[str, Any]


@handles(UpdateUserTask)
def handle(command: UpdateUserTask, unit: UnitOfWork) -> Answer:
    """Update what differs; nothing different changes nothing.

    Raises AdministratorOnly, UserTaskUnknown, UserTaskNotOpen, DueDateFollowsClock, CaseEnded, CaseSuspended.
    """
    require_administrator(unit.actor)
    if not command.changes.keys() <= CHANGEABLE:
        raise ValueError(f"not changeable: {sorted(command.changes.keys() - CHANGEABLE)}")
    query = select(user_task).where(user_task.c.key == command.key)
    row = unit.connection.execute(query).mappings().first()
    if row is None:
        raise unknown(command.key)
    case = unit.open_case(row["root_key"])
    row = unit.connection.execute(query).mappings().one()
    require_open(row)
    case.require_live()
    changes = {name: value for name, value in command.changes.items() if value != row[_COLUMNS.get(name, name)]}
    if "due_date" in changes and row["clock"] is not None:
        raise DueDateFollowsClock(f"“{row['name']}”的期限由法定时限计算，不能手工修改。")
    if changes:
        case.execute(
            UserTaskUpdated(
                key=command.key,
                changes={name: _plain(value) for name, value in changes.items()},
                offered=_offered(row, changes),
            )
        )
    return {"key": command.key}


def _offered(row: Row, changes: Mapping[str, Any]) -> dict[str, list[str]] | None:
    if row["assignee_id"] is not None or not changes.keys() & {"candidate_groups", "candidate_users"}:
        return None
    return {
        "groups": list(changes.get("candidate_groups", row["candidate_groups"])),
        "users": list(changes.get("candidate_users", row["candidate_users"])),
    }


def _plain(value: Any) -> Any:
    return moment_text(value) if isinstance(value, datetime) else value
