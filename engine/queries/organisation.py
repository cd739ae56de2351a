"""The organisation as everybody may see it: departments, posts, roles, who serves where."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.store.tables.identity import department, group, membership, user
from engine.store.tables.people import post, responsibility


def departments(connection: Connection, kind: str | None = None) -> dict[str, Any]:
    """Return departments, all or of one kind, in order, with plaques and the line of the duty list."""
    query = select(department).order_by(department.c.position)
    if kind is not None:
        query = query.where(department.c.kind == kind)
    return {
        "items": [
            {
                "id": row.id,
                "name": row.name,
                "kind": row.kind,
                "parent": row.parent_id,
                "plaques": row.details.get("plaques", []),
                "line": row.details.get("line"),
            }
            for row in connection.execute(query)
        ]
    }


def posts(connection: Connection, department_id: str | None = None) -> dict[str, Any]:
    """Return posts with their duties, and who holds them."""
    query = select(post).order_by(post.c.position)
    if department_id is not None:
        query = query.where(post.c.department_id == department_id)
    holders: dict[str, list[dict[str, str]]] = {}
    people = select(user.c.id, user.c.name, user.c.post_id).where(user.c.active, user.c.post_id.is_not(None))
    for row in connection.execute(people.order_by(user.c.id)):
        holders.setdefault(row.post_id, []).append({"id": row.id, "name": row.name})
    return {
        "items": [
            {
                "id": row.id,
                "department": row.department_id,
                "name": row.name,
                "line": row.line,
                "duties": row.duties,
                "holders": holders.get(row.id, []),
            }
            for row in connection.execute(query)
        ]
    }


def roles(connection: Connection) -> dict[str, Any]:
    """Return every role with its active holders."""
    holders: dict[str, list[dict[str, str]]] = {}
    query = select(membership.c.group_name, user.c.id, user.c.name).join(user, user.c.id == membership.c.user_id)
    for row in connection.execute(query.where(user.c.active).order_by(user.c.id)):
        holders.setdefault(row.group_name, []).append({"id": row.id, "name": row.name})
    return {
        "items": [
            {
                "name": row.name,
                "label": row.label,
                "department": row.department_id,
                "holders": holders.get(row.name, []),
            }
            for row in connection.execute(select(group).order_by(group.c.department_id, group.c.name))
        ]
    }


def responsibilities(connection: Connection, department_id: str | None = None) -> dict[str, Any]:
    """Return the matrix of responsibilities (matter, lead, assist, line)."""
    query = select(responsibility).order_by(responsibility.c.position)
    if department_id is not None:
        query = query.where(responsibility.c.lead == department_id)
    return {"items": [dict(row) for row in connection.execute(query).mappings()]}


def colleagues(connection: Connection, search: str | None, limit: int) -> dict[str, Any]:
    """Return active people by name, for choosing whom to hand over to or stand in."""
    query = (
        select(user.c.id, user.c.name, user.c.kind, department.c.name.label("place"))
        .join(department, department.c.id == user.c.department_id, isouter=True)
        .where(user.c.active)
        .order_by(department.c.position, user.c.id)
        .limit(limit)
    )
    if search:
        query = query.where(user.c.name.contains(search, autoescape=True))
    return {
        "items": [
            {"id": row.id, "name": row.name, "kind": row.kind, "department": row.place}
            for row in connection.execute(query)
        ]
    }
