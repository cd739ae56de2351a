"""Timers and jobs, for administrators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from engine.queries.paging import LARGEST_LIMIT
from engine.store.tables.runtime import job

STATUSES = ("due", "scheduled", "waiting", "running", "failed", "done", "canceled")
"""What administrators may ask for."""


def jobs(connection: Connection, now: datetime, status: str | None = None) -> dict[str, Any]:
    """Return timers and jobs in a status, the next due first; without one, all that are still wanted."""
    query = select(job).where(*_conditions(status, now)).order_by(job.c.due_at, job.c.key).limit(LARGEST_LIMIT)
    return {
        "items": [
            {
                "key": row["key"],
                "kind": "timer" if row["kind"] == "timer" else "job",
                "type": row["type"],
                "status": _shown(row, now),
                "due_at": row["due_at"],
                "attempts": row["attempts"],
                "retries": row["retries"],
                "process_instance_key": row["root_key"],
                "element_id": row["element_id"],
                "last_error": row["last_error"],
            }
            for row in connection.execute(query).mappings()
        ]
    }


def _conditions(status: str | None, now: datetime) -> list[ColumnElement[bool]]:
    columns = job.c
    match status:
        case None:
            return [columns.status.in_(("ready", "leased", "waiting", "failed"))]
        case "due":
            return [columns.status == "ready", columns.due_at <= now]
        case "scheduled":
            return [columns.status == "ready", columns.due_at > now]
        case "running":
            return [columns.status == "leased"]
        case "canceled":
            return [columns.status == "cancelled"]
        case _:
            return [columns.status == status]


def _shown(row: Mapping[Any, Any], now: datetime) -> str:
    if row["status"] == "ready":
        return "scheduled" if row["due_at"] is not None and row["due_at"] > now else "due"
    status = str(row["status"])
    return {"leased": "running", "cancelled": "canceled"}.get(status, status)
