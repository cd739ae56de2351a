"""Finding people and making actors of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.commands.actor import Absent, Actor
from engine.identity.errors import UserUnknown
from engine.identity.roles import ADMINISTRATORS, AUDITORS, EXCLUSIVE
from engine.store.tables.identity import membership, user
from engine.store.tables.people import substitution

__all__ = ["ADMINISTRATORS", "AUDITORS", "absent_of", "find_by_username", "load_actor"]


def find_by_username(connection: Connection, username: str) -> Mapping[Any, Any] | None:
    """Return the row of an active user, or None."""
    query = select(user).where(user.c.username == username, user.c.active)
    return connection.execute(query).mappings().first()


def load_actor(connection: Connection, user_id: str, now: datetime | None = None) -> Actor:
    """Return the actor for a user as it stands now; raise UserUnknown when there is none or it is inactive.

    With ``now`` it is told for whom the user stands in at that moment.
    """
    row = connection.execute(select(user).where(user.c.id == user_id, user.c.active)).mappings().first()
    if row is None:
        raise UserUnknown("用户不存在或已停用。")
    groups = _groups(connection, user_id)
    return Actor(
        id=row["id"],
        name=row["name"],
        department=row["department_id"],
        groups=groups,
        administrator=ADMINISTRATORS in groups,
        auditor=AUDITORS in groups,
        outside=row["kind"] == "outside",
        stands_for=() if now is None else absent_of(connection, user_id, now),
    )


def absent_of(connection: Connection, user_id: str, now: datetime) -> tuple[Absent, ...]:
    """Return for whom a user stands in at a moment. What administrators may do passes to nobody."""
    columns = substitution.c
    query = (
        select(columns.principal_id, columns.process_ids, user.c.name)
        .join(user, user.c.id == columns.principal_id)
        .where(
            columns.substitute_id == user_id,
            columns.starts_at <= now,
            columns.ends_at > now,
            columns.withdrawn_at.is_(None),
        )
        .order_by(columns.key)
    )
    return tuple(
        Absent(
            row.principal_id,
            row.name,
            _groups(connection, row.principal_id) - frozenset(EXCLUSIVE),
            None if row.process_ids is None else frozenset(row.process_ids),
        )
        for row in connection.execute(query).all()
    )


def _groups(connection: Connection, user_id: str) -> frozenset[str]:
    query = select(membership.c.group_name).where(membership.c.user_id == user_id)
    return frozenset(connection.execute(query).scalars())
