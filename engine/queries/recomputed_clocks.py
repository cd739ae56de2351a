"""What a calendar that was put in force did to open time limits: old and new due dates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select

from engine.queries.visibility import restricted_definitions
from engine.store.tables.controls import calendar_proposal
from engine.store.tables.deadlines import calendar, clock
from engine.store.tables.history import history_event
from engine.store.tables.runtime import process_instance

_WITHIN = timedelta(days=2)
"""The ticker reckons within minutes; what waits longer (a case that is always busy) is counted as waiting."""
_MOST = 500
_SCHEDULER = "system:scheduler"


def recomputed_clocks(connection: Connection, key: int) -> dict[str, Any]:
    """Return the limits that the confirmation of proposal ``key`` moved, oldest first; how many it left as they were,
    how many are of restricted cases, of which administrators know nothing, and how many still wait to be reckoned.

    A proposal that is unknown or not confirmed changed nothing.
    """
    query = select(calendar_proposal).where(calendar_proposal.c.key == key, calendar_proposal.c.state == "CONFIRMED")
    row = connection.execute(query).mappings().first()
    if row is None:
        return {"items": [], "unmoved": 0, "restricted": 0, "waiting": 0}
    columns = history_event.c
    events = connection.execute(
        select(columns.root_key, columns.at, columns.payload)
        .where(
            columns.actor_id == _SCHEDULER,
            columns.at >= row["decided_at"],
            columns.at <= row["decided_at"] + _WITHIN,
            columns.type == "clock_changed",
            columns.payload.is_not(None),
        )
        .order_by(columns.at)
        .limit(_MOST)
    ).all()
    found = [(event, json.loads(event.payload)) for event in events]
    ours = [(event, payload) for event, payload in found if _is_ours(payload["record"], row["version"])]
    moved = [(event, payload) for event, payload in ours if _moved(payload["record"])]
    clock_names = _names(connection, {payload["key"] for _, payload in moved})
    titles = _titles(connection, {event.root_key for event, _ in moved})
    items = [
        {
            "process_instance_key": event.root_key,
            "case_title": titles[event.root_key],
            "clock_id": payload["limit_id"],
            "clock_name": clock_names.get(payload["key"], payload["limit_id"]),
            "old_due": payload["record"]["old_due"],
            "new_due": payload["record"]["new_due"],
            "at": event.at,
        }
        for event, payload in moved
        if event.root_key in titles
    ]
    return {
        "items": items,
        "unmoved": len(ours) - len(moved),
        "restricted": len(moved) - len(items),
        "waiting": _waiting(connection),
    }


def _is_ours(record: Mapping[str, Any], version: str) -> bool:
    return bool(record["operation"] == "recompute" and record["calendar_version"] == version)


def _moved(record: Mapping[str, Any]) -> bool:
    return bool(record["old_due"] != record["new_due"])


def _names(connection: Connection, keys: set[int]) -> dict[int, str]:
    if not keys:
        return {}
    query = select(clock.c.key, clock.c.name).where(clock.c.key.in_(keys))
    return {row.key: row.name for row in connection.execute(query)}


def _waiting(connection: Connection) -> int:
    """Count the running clocks that were reckoned with another calendar than the one in force."""
    newest = connection.execute(select(calendar.c.version).order_by(calendar.c.position.desc()).limit(1)).scalar()
    other = or_(clock.c.calendar_version < newest, clock.c.calendar_version > newest)
    query = select(func.count()).select_from(clock).where(clock.c.status == "running", other)
    return int(connection.execute(query).scalar_one())


def _titles(connection: Connection, keys: set[int]) -> dict[int, str]:
    if not keys:
        return {}
    query = select(process_instance.c.key, process_instance.c.title).where(
        process_instance.c.key.in_(keys), process_instance.c.definition_key.not_in(restricted_definitions())
    )
    return {row.key: row.title for row in connection.execute(query)}
