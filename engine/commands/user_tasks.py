"""What commands on user tasks share: finding the task, locking its case, and who may act on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.commands.actor import Absent, Actor
from engine.commands.case import Case
from engine.commands.errors import UserTaskNotOpen, UserTaskTaken, UserTaskUnknown
from engine.commands.unit import UnitOfWork
from engine.store.prepared import PreparedQuery
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import process_instance, user_task

Row = Mapping[Any, Any]


def open_user_task(unit: UnitOfWork, key: int) -> tuple[Row, Case]:
    """Lock the case of a user task that the actor may act on, and return the task's row as it stands under the lock.

    Raises UserTaskUnknown (also when the actor has nothing to do with it), UserTaskNotOpen, CaseEnded, CaseSuspended.
    """
    row = _row(unit.connection, key)
    if row is None or not takes_up(unit, row):
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


def takes_up(unit: UnitOfWork, row: Row) -> bool:
    """Return whether the actor may act on a user task, in their own name or for somebody who is away.

    For somebody who is away, the unit acts on behalf of that person from here on, and history says so (甲代乙).
    """
    own = concerns(unit.actor, row)
    if own and row["assignee_id"] in (None, unit.actor.id):
        return True
    absent = stands_in(unit.connection, unit.actor, row)
    if absent is not None:
        unit.on_behalf_of = absent.id
        return True
    return own


def stands_in(connection: Connection, actor: Actor, row: Row) -> Absent | None:
    """Return for whom the actor may act on a user task.

    What has a ``nature`` (处罚, 人事, 资金, 不予) and what is restricted passes to no substitute.
    """
    if not actor.stands_for or row["nature"] is not None:
        return None
    case = connection.execute(_SELECT_PROCEDURE, {"the_root": row["root_key"]}).one()
    if case.restricted:
        return None
    for absent in actor.stands_for:
        passes = absent.process_ids is None or case.process_id in absent.process_ids
        if passes and row["assignee_id"] in (None, absent.id) and concerns(absent, row):
            return absent
    return None


def require_free_or_own(actor: Actor, row: Row, on_behalf_of: str | None = None) -> None:
    """Raise UserTaskTaken when somebody else has the user task than the actor, or the one they act for."""
    if row["assignee_id"] not in (None, actor.id, on_behalf_of):
        raise UserTaskTaken(f"“{row['name']}”已由他人认领，请刷新待办。", details={"assignee": row["assignee_id"]})


def concerns(actor: Actor | Absent, row: Row) -> bool:
    """Return whether the actor is the assignee or among the candidates of a user task."""
    if row["assignee_id"] == actor.id or row["completed_by"] == actor.id:
        return True
    return actor.id in row["candidate_users"] or not actor.groups.isdisjoint(row["candidate_groups"])


def unknown(key: int) -> UserTaskUnknown:
    """Return the error for a task that is not there, or not there for this actor."""
    return UserTaskUnknown(f"没有键为 {key} 的待办，或者您无权办理。请刷新待办。")


def _row(connection: Connection, key: int) -> Row | None:
    return _SELECT.first(connection, {"the_key": key})


_SELECT_PROCEDURE = (
    select(process_instance.c.process_id, process_definition.c.restricted)
    .join(process_definition, process_definition.c.key == process_instance.c.definition_key)
    .where(process_instance.c.key == bindparam("the_root"))
)
_SELECT = PreparedQuery(select(user_task).where(user_task.c.key == bindparam("the_key")))
