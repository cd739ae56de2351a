"""Finding people and making actors of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from engine.commands.actor import Actor
from engine.identity.errors import UserUnknown
from engine.store.tables.identity import membership, user

ADMINISTRATORS = "系统管理员"
AUDITORS = "审计管理员"


def find_by_username(connection: Connection, username: str) -> Mapping[Any, Any] | None:
    """Return the row of an active user, or None."""
    query = select(user).where(user.c.username == username, user.c.active)
    return connection.execute(query).mappings().first()


def load_actor(connection: Connection, user_id: str) -> Actor:
    """Return the actor for a user as it stands now; raise UserUnknown when there is none or it is inactive."""
    row = connection.execute(select(user).where(user.c.id == user_id, user.c.active)).mappings().first()
    if row is None:
        raise UserUnknown("用户不存在或已停用。")
    groups = frozenset(
        connection.execute(select(membership.c.group_name).where(membership.c.user_id == user_id)).scalars()
    )
    return Actor(
        id=row["id"],
        name=row["name"],
        department=row["department_id"],
        groups=groups,
        administrator=ADMINISTRATORS in groups,
        auditor=AUDITORS in groups,
    )
