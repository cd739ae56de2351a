"""What commands on user tasks share: finding the task, locking its case, and who may act on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.commands.actor import Actor
from engine.commands.case import Case
from engine.commands.errors import UserTaskNotOpen, UserTaskTaken, UserTaskUnknown
from engine.commands.unit import UnitOfWork
from engine.store.tables.runtime import user_task

Row = Mapping[Any, Any]


def open_user_task(unit: UnitOfWork, key: int) -> tuple[Row, Case]:
    """Lock the case of a user task that the actor may act on, and return the task's row as it stands under the lock.

    Raises UserTaskUnknown (also when the actor has nothing to do with it), UserTaskNotOpen, CaseEnded, CaseSuspended.
    """
    row = _row(unit.connection, key)
    if row is None or not concerns(unit.actor, row):
        raise unknown(key)
    case = unit.open_case(row["root_key"])
    if unit.connection.dialect.name == "postgresql":
        row = _row(unit.connection, key) or row
    require_open(row)
    case.require_live()
    return row, case


def require_open(row: Row) -> None:
    """Raise UserTaskNotOpen unless the user task waits to be done."""
    if row["state"] != "CREATED":
        done = "已办理完毕" if row["state"] == "COMPLETED" else "已取消"
        raise UserTaskNotOpen(f"“{row['name']}”{done}，请刷新待办。", details={"state": row["state"]})


def require_free_or_own(actor: Actor, row: Row) -> None:
    """Raise UserTaskTaken when somebody else has the user task."""
    if row["assignee_id"] not in (None, actor.id):
        raise UserTaskTaken(f"“{row['name']}”已由他人认领，请刷新待办。", details={"assignee": row["assignee_id"]})


def concerns(actor: Actor, row: Row) -> bool:
    """Return whether the actor is the assignee or among the candidates of a user task."""
    if row["assignee_id"] == actor.id or row["completed_by"] == actor.id:
        return True
    return actor.id in row["candidate_users"] or not actor.groups.isdisjoint(row["candidate_groups"])


def unknown(key: int) -> UserTaskUnknown:
    """Return the error for a task that is not there, or not there for this actor."""
    return UserTaskUnknown(f"没有键为 {key} 的待办，或者您无权办理。请刷新待办。")


def _row(connection: Connection, key: int) -> Row | None:
    return connection.execute(_SELECT, {"the_key": key}).mappings().first()


_SELECT = select(user_task).where(user_task.c.key == bindparam("the_key"))
