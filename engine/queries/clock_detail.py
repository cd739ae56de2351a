"""One clock of a case with everything that was done to it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.deadlines import clock_from_dict
from engine.queries import names
from engine.queries.clocks import LIGHTS, ClockUnknown
from engine.queries.sight import Sight, require_sight
from engine.queries.viewer import Viewer
from engine.store.tables.deadlines import clock
from engine.store.tables.history import history_event


def clock_detail(connection: Connection, viewer: Viewer, key: int, limit_id: str, now: datetime) -> dict[str, Any]:
    """Return the newest clock of a limit with its records, oldest first. Raises CaseInvisible, ClockUnknown."""
    root_key, _ = require_sight(connection, viewer, key, Sight.OUTLINE)
    query = select(clock).where(clock.c.root_key == root_key, clock.c.limit_id == limit_id)
    row = connection.execute(query.order_by(clock.c.key.desc()).limit(1)).mappings().first()
    if row is None:
        raise ClockUnknown(f"案件没有期限 {limit_id}。")
    state = clock_from_dict(row["state"])
    deadline, stored = state.deadline, row["state"]
    return {
        "id": limit_id,
        "name": row["name"],
        "state": row["status"],
        "started_on": state.effective_date,
        "evidence": state.evidence,
        "due_at": row["due_at"],
        "amber_at": deadline.amber_at if deadline else None,
        "red_at": deadline.red_at if deadline else None,
        "provisional": row["provisional"],
        "light": LIGHTS[state.light(now)],
        "term": stored["term"],
        "max_extensions": state.policy.max_extensions,
        "max_extension": stored["policy"]["max_extension"],
        "suspensions": stored["suspensions"],
        "extensions": stored["extensions"],
        "records": _records(connection, root_key, row["key"]),
    }


def _records(connection: Connection, root_key: int, key: int) -> list[dict[str, Any]]:
    columns = history_event.c
    query = (
        select(columns.at, columns.actor_id, columns.payload)
        .where(columns.root_key == root_key, columns.type == "clock_changed", columns.payload.is_not(None))
        .order_by(columns.seq)
    )
    rows = [(row.at, row.actor_id, json.loads(row.payload)) for row in connection.execute(query)]
    people = names.people(connection, (actor for _, actor, _ in rows))
    return [
        {**payload["record"], "recorded_at": at.isoformat(), "actor": (people.get(actor) or {"name": actor})["name"]}
        for at, actor, payload in rows
        if payload["key"] == key
    ]
