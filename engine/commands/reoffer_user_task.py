"""User tasks that reach nobody go to somebody; those that went elsewhere go back once somebody holds the role."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.case import Case
from engine.commands.errors import RoleStillUnheld
from engine.commands.handlers import Answer, handles
from engine.commands.offering import fallbacks, instead_of_nobody
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.people_events import UserTaskRedirected, UserTaskReoffered
from engine.store.tables.history import history_event
from engine.store.tables.runtime import user_task

runs(UserTaskReoffered)(untouched)
runs(UserTaskRedirected)(untouched)

UNHELD = "ROLE_UNHELD"
"""The error type of the incidents this is about."""

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class SettleUserTask:
    """Look again whom the open user task ``key`` reaches, and send it where it belongs."""

    key: int


@handles(SettleUserTask)
def handle(command: SettleUserTask, unit: UnitOfWork) -> Answer:
    """Send it elsewhere, or back, or leave it; ``moved`` says whether anything changed. Raises CaseBusy."""
    row = unit.connection.execute(_task(command.key)).mappings().first()
    if row is None or row["state"] != "CREATED":
        return {"moved": False}
    case = unit.open_case(row["root_key"], wait=False)
    row = unit.connection.execute(_task(command.key)).mappings().one()
    if row["state"] != "CREATED" or case.ended or case.suspended:
        return {"moved": False}
    wanted = _wanted(unit, row)
    if wanted is not None:
        return {"moved": reoffer(unit, case, row, wanted)}
    return {"moved": _redirect(unit, case, row)}


def require_reoffered(unit: UnitOfWork, case: Case, key: int) -> None:
    """Send a user task that went elsewhere back; raise RoleStillUnheld while nobody holds its role."""
    row = unit.connection.execute(_task(key)).mappings().one()
    wanted = _wanted(unit, row)
    if wanted is None or not reoffer(unit, case, row, wanted):
        raise RoleStillUnheld("所需角色仍无在用人员，请先在“用户”中安排人员，再重试。")


def reoffer(unit: UnitOfWork, case: Case, row: Row, wanted: Row) -> bool:
    """Send it back when somebody in service can take it; return whether it was."""
    assignee, groups, users = wanted["assignee"], wanted["candidate_groups"], wanted["candidate_users"]
    if assignee is not None:
        users = [*users, assignee]
    if row["assignee_id"] is not None or not (groups or users):
        return False
    if instead_of_nobody(unit.connection, None, groups, users, fallbacks(groups, None)) is not None:
        return False
    case.execute(UserTaskReoffered(key=row["key"], candidate_groups=groups, candidate_users=users))
    return True


def _redirect(unit: UnitOfWork, case: Case, row: Row) -> bool:
    groups, users = list(row["candidate_groups"]), list(row["candidate_users"])
    model = unit.sources.definitions.model(unit.connection, row["definition_key"])
    instead = fallbacks(groups, model.properties.get("department"))
    if row["assignee_id"] is not None and instead_of_nobody(unit.connection, row["assignee_id"], (), (), instead):
        reached_otherwise = (groups or users) and not instead_of_nobody(unit.connection, None, groups, users, instead)
        if reached_otherwise:
            case.execute(UserTaskReoffered(key=row["key"], candidate_groups=groups, candidate_users=users))
            return True
    went_to = instead_of_nobody(unit.connection, row["assignee_id"], groups, users, instead)
    if went_to is None:
        return False
    case.execute(
        UserTaskRedirected(
            key=row["key"],
            process_instance_key=row["process_instance_key"],
            element_id=row["element_id"],
            assignee_id=row["assignee_id"],
            candidate_groups=groups,
            candidate_users=users,
            went_to=went_to,
        )
    )
    return True


def _wanted(unit: UnitOfWork, row: Row) -> Row | None:
    """Whom the diagram, or whoever assigned it, named for a user task that went elsewhere; None if it did not."""
    columns = history_event.c
    query = (
        select(columns.type, columns.payload)
        .where(columns.root_key == row["root_key"], columns.type.in_(("role_unheld", "role_held_again")))
        .order_by(columns.seq.desc())
    )
    for event in unit.connection.execute(query):
        payload = json.loads(event.payload or "{}")
        if payload.get("key") == row["key"]:
            return payload if event.type == "role_unheld" else None
    return None


def _task(key: int) -> Any:
    return select(user_task).where(user_task.c.key == key)
