"""Names that go with ids: of people, departments, procedures. One query for a page, never one for an item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from engine.store.tables.identity import department, user
from engine.store.tables.repository import process_definition

Named = dict[str, str]


def people(connection: Connection, ids: Iterable[str | None]) -> dict[str, Named]:
    """Return ``{id, name}`` by user id; parts of the system that act have their id as name."""
    wanted = {id_ for id_ in ids if id_}
    if not wanted:
        return {}
    rows = connection.execute(select(user.c.id, user.c.name).where(user.c.id.in_(wanted)))
    found = {row.id: {"id": row.id, "name": row.name} for row in rows}
    return {id_: found.get(id_) or {"id": id_, "name": SYSTEM.get(id_, id_)} for id_ in wanted}


SYSTEM = {
    "system:scheduler": "系统（到期触发）",
    "system:worker": "系统（内置作业）",
    "system:installer": "系统（安装部署）",
    "system:nobody": "未登录",
}
"""What the parts of the system are called."""


def departments(connection: Connection) -> dict[str, Named]:
    """Return ``{id, name}`` of every department, in their order."""
    rows = connection.execute(select(department.c.id, department.c.name).order_by(department.c.position))
    return {row.id: {"id": row.id, "name": row.name} for row in rows}


def procedures(connection: Connection, keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return name, id, version and department of process definitions by key."""
    wanted = set(keys)
    if not wanted:
        return {}
    columns = process_definition.c
    query = select(columns.key, columns.process_id, columns.name, columns.version, columns.department)
    rows = connection.execute(query.where(columns.key.in_(wanted))).mappings()
    return {row["key"]: dict(row) for row in rows}
