"""Incidents: elements that can't go on without help."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.queries.paging import LARGEST_LIMIT
from engine.store.tables.runtime import incident, process_instance


def incidents(connection: Connection, state: str = "active") -> dict[str, Any]:
    """Return the latest incidents in a state (``active`` or ``resolved``), the latest first."""
    query = (
        select(incident, process_instance.c.title)
        .join(process_instance, process_instance.c.key == incident.c.root_key)
        .where(incident.c.state == state.upper())
        .order_by(incident.c.created_at.desc(), incident.c.key.desc())
        .limit(LARGEST_LIMIT)
    )
    return {
        "items": [
            {
                "key": row["key"],
                "process_instance_key": row["root_key"],
                "case_title": row["title"],
                "element_id": row["element_id"],
                "error_type": row["error_type"],
                "message": row["message"],
                "created_at": row["created_at"],
                "resolved_at": row["resolved_at"],
            }
            for row in connection.execute(query).mappings()
        ]
    }
