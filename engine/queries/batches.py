"""Operations on many cases, with how far they are, for administrators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from engine.errors import NotFound
from engine.queries.paging import LARGEST_LIMIT
from engine.store.tables.batches import batch_item, batch_operation


class BatchUnknown(NotFound):
    """There is no such operation on many cases."""

    code = "queries.batch-unknown"


def batches(connection: Connection) -> dict[str, Any]:
    """Return the newest operations with their counts."""
    query = select(batch_operation).order_by(batch_operation.c.key.desc()).limit(LARGEST_LIMIT)
    return {"items": [_shown(connection, row) for row in connection.execute(query).mappings()]}


def batch(connection: Connection, key: int, *, state: str | None = None) -> dict[str, Any]:
    """Return one operation with what became of its cases (in ``state``, or all). Raises BatchUnknown."""
    row = connection.execute(select(batch_operation).where(batch_operation.c.key == key)).mappings().first()
    if row is None:
        raise BatchUnknown(f"没有键为 {key} 的批量操作。")
    query = select(batch_item).where(batch_item.c.batch_key == key).order_by(batch_item.c.position)
    if state is not None:
        query = query.where(batch_item.c.state == state)
    items = [
        {
            "process_instance_key": item["root_key"],
            "state": item["state"],
            "code": item["code"],
            "message": item["message"],
            "ended_at": item["ended_at"],
        }
        for item in connection.execute(query).mappings()
    ]
    return {**_shown(connection, row), "items": items}


def _shown(connection: Connection, row: Mapping[Any, Any]) -> dict[str, Any]:
    counts = _counts(connection, row["key"])
    pending = counts.get("PENDING", 0)
    state = "ACTIVE" if pending else "CANCELED" if row["canceled_at"] is not None else "COMPLETED"
    return {
        "key": row["key"],
        "kind": row["kind"],
        "parameters": row["parameters"],
        "reason": row["reason"],
        "actor_id": row["actor_id"],
        "started_at": row["started_at"],
        "state": state,
        "total": row["total"],
        "pending": pending,
        "done": counts.get("DONE", 0),
        "failed": counts.get("FAILED", 0),
        "canceled": counts.get("CANCELED", 0),
    }


def _counts(connection: Connection, key: int) -> dict[str, int]:
    query = select(batch_item.c.state, func.count().label("many")).where(batch_item.c.batch_key == key)
    return {row.state: row.many for row in connection.execute(query.group_by(batch_item.c.state))}
