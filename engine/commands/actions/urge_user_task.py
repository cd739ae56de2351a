"""催办: remind those whose turn it is, within limits."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from engine.clock import LEGAL_ZONE
from engine.commands.actions.errors import PersonUnsuitable, UrgedEnough
from engine.commands.actions.shared import require_allowed, task_row
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import require_open, unknown
from engine.history.action_events import UserTaskUrged
from engine.queries.action_policy import URGE
from engine.queries.sight import Sight, sight_of
from engine.store.tables.actions import urge

runs(UserTaskUrged)(untouched)


@dataclass(frozen=True, slots=True)
class UrgeUserTask:
    """Remind whoever has the user task ``key``, or may take it."""

    key: int
    note: str | None = None


@handles(UrgeUserTask)
def handle(command: UrgeUserTask, unit: UnitOfWork) -> Answer:
    """Urge. Who sees the case may, but not themselves, and only so often a day (property ``actions.urge.limit``).

    Raises UserTaskUnknown, UserTaskNotOpen, ActionNotAllowed, PersonUnsuitable, UrgedEnough, CaseEnded, CaseSuspended.
    """
    row = task_row(unit.connection, command.key)
    if row is None or sight_of(unit.connection, unit.actor, row["root_key"]) is not Sight.CONTENT:
        raise unknown(command.key)
    case = unit.open_case(row["root_key"])
    row = task_row(unit.connection, command.key) or row
    require_open(row)
    case.require_live()
    found = require_allowed(unit, row, URGE)
    if row["assignee_id"] == unit.actor.id:
        raise PersonUnsuitable("该待办在您名下，不必催办。")
    day = unit.now.astimezone(LEGAL_ZONE).date().isoformat()
    of_task = select(func.count()).select_from(urge).where(urge.c.task_key == command.key)
    today = unit.connection.execute(of_task.where(urge.c.day == day)).scalar_one()
    if today >= found.urge_limit:
        raise UrgedEnough(f"“{row['name']}”今天已催办 {today} 次，请改日再催。")
    number = unit.connection.execute(of_task).scalar_one() + 1
    case.execute(UserTaskUrged(key=command.key, number=number, day=day, note=command.note or None))
    return {"key": command.key, "number": number, "left_today": found.urge_limit - today - 1}
