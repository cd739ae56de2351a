"""Whom a clock's light concerns: amber those at work, red their head, overdue who is in charge and the office.

A diagram says otherwise with ``clock.escalate.amber``, ``.red``, ``.overdue`` (roles parted by commas) on the element
that starts the clock or on the process. ``{department}`` in a role stands for the case's department.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.definitions.model import ProcessModel
from engine.store.tables.identity import membership, user
from engine.store.tables.runtime import user_task

USUAL: Mapping[str, tuple[str, ...]] = {
    "amber": (),
    "red": ("科室负责人@{department}",),
    "overdue": ("分管负责人@{department}", "科室负责人@bgs"),
}
"""Roles told beside whoever has the work; overdue goes to the leader in charge and to the office (办公室)."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who is told: people, and the roles they hold."""

    users: tuple[str, ...]
    groups: tuple[str, ...]


def recipients(
    connection: Connection, root_key: int, limit_id: str, light: str, model: ProcessModel, department: str | None
) -> Recipients:
    """Return whom a light concerns. Those at work are told of every light."""
    roles = _said(model, limit_id, light)
    if roles is None:
        roles = USUAL[light]
    working, offered = _at_work(connection, root_key, limit_id)
    groups = tuple(dict.fromkeys((*(role.replace("{department}", department or "bgs") for role in roles), *offered)))
    users = sorted({*working, *_members(connection, groups)})
    return Recipients(tuple(users), groups)


def _said(model: ProcessModel, limit_id: str, light: str) -> tuple[str, ...] | None:
    name = f"clock.escalate.{light}"
    for properties in (*_starters(model, limit_id), model.properties):
        if name in properties:
            return tuple(role.strip() for role in properties[name].split(",") if role.strip())
    return None


def _starters(model: ProcessModel, limit_id: str) -> Iterable[Mapping[str, str]]:
    for node in model.body.walk():
        started = node.properties.get("clock.start", "")
        if limit_id in (part.strip() for part in started.split(",")):
            yield node.properties


def _at_work(connection: Connection, root_key: int, limit_id: str) -> tuple[set[str], list[str]]:
    """Return assignees, and candidate groups of unclaimed tasks: of those that show the clock, else of all."""
    query = select(user_task).where(user_task.c.root_key == root_key, user_task.c.state == "CREATED")
    rows = list(connection.execute(query.order_by(user_task.c.key)).mappings())
    rows = [row for row in rows if row["clock"] == limit_id] or rows
    people = {row["assignee_id"] for row in rows if row["assignee_id"] is not None}
    free = [row for row in rows if row["assignee_id"] is None]
    people |= {person for row in free for person in row["candidate_users"]}
    return people, [group for row in free for group in row["candidate_groups"]]


def _members(connection: Connection, groups: Iterable[str]) -> set[str]:
    query = (
        select(membership.c.user_id)
        .join(user, user.c.id == membership.c.user_id)
        .where(membership.c.group_name.in_(list(groups)), user.c.active.is_(True))
    )
    return set(connection.execute(query).scalars())
