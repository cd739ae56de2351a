"""People as administrators and they themselves see them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.queries import names
from engine.store.tables.actions import second_factor
from engine.store.tables.identity import api_token, membership, user


def users(connection: Connection) -> dict[str, Any]:
    """Return all users with their roles, by user name."""
    departments = names.departments(connection)
    roles: dict[str, list[str]] = {}
    query = select(membership).order_by(membership.c.user_id, membership.c.group_name)
    for row in connection.execute(query):
        roles.setdefault(row.user_id, []).append(row.group_name)
    query = select(second_factor.c.user_id).where(second_factor.c.confirmed)
    proven = set(connection.execute(query).scalars())
    return {
        "items": [
            {
                "id": row.id,
                "username": row.username,
                "name": row.name,
                "department": departments.get(row.department_id or ""),
                "roles": roles.get(row.id, []),
                "active": row.active,
                "locked_until": row.locked_until,
                "email": row.email,
                "kind": row.kind,
                "post": row.post_id,
                "second_factor": row.id in proven,
            }
            for row in connection.execute(select(user).order_by(user.c.username))
        ]
    }


def profile(connection: Connection, user_id: str) -> dict[str, Any]:
    """Return what a signed-in person is told about themselves."""
    row = connection.execute(select(user).where(user.c.id == user_id)).one()
    query = select(membership.c.group_name).where(membership.c.user_id == user_id).order_by(membership.c.group_name)
    return {
        "id": row.id,
        "username": row.username,
        "name": row.name,
        "department": names.departments(connection).get(row.department_id or ""),
        "roles": list(connection.execute(query).scalars()),
        "must_change_password": row.must_change_password,
    }


def tokens(connection: Connection, user_id: str) -> dict[str, Any]:
    """Return somebody's API tokens, without their secrets, which nobody has."""
    query = select(api_token).where(api_token.c.user_id == user_id).order_by(api_token.c.created_at, api_token.c.id)
    return {
        "items": [
            {"id": row.id, "name": row.name, "created_at": row.created_at, "expires_at": row.expires_at}
            for row in connection.execute(query)
        ]
    }
