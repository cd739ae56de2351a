"""Outside systems that diagrams may call, for administrators: of the headers only the names, for values are secrets."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.queries import names
from engine.store.tables.general import connection as connection_table


def connections(connection: Connection) -> list[dict[str, Any]]:
    """Return all, by name."""
    rows = connection.execute(select(connection_table).order_by(connection_table.c.name)).all()
    people = names.people(connection, (row.actor_id for row in rows))
    return [
        {
            "name": row.name,
            "base_url": row.base_url,
            "address": row.address,
            "headers": sorted(row.headers),
            "timeout_seconds": row.timeout_seconds,
            "changed_by": people.get(row.actor_id),
            "changed_at": row.changed_at,
        }
        for row in rows
    ]
