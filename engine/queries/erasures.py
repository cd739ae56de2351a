"""Proposals to erase content."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.queries import names
from engine.store.tables.controls import erasure


def erasures(connection: Connection) -> list[dict[str, Any]]:
    """Return all proposals, newest first."""
    rows = list(connection.execute(select(erasure).order_by(erasure.c.key.desc()).limit(200)).mappings())
    people = names.people(connection, (id_ for row in rows for id_ in (row["proposed_by"], row["decided_by"] or "")))
    return [
        {
            **row,
            "process_instance_key": row["root_key"],
            "events": row["seqs"],
            "proposed_by": people.get(row["proposed_by"]),
            "decided_by": people.get(row["decided_by"] or ""),
        }
        for row in rows
    ]
