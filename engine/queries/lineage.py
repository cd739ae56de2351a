"""Where a process instance came from, and the flows it went along."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from engine.store.tables.history import history_event
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import process_instance

DEEPEST = 100
"""Calls of calls that are followed."""


def call_hierarchy(connection: Connection, key: int) -> list[dict[str, Any]]:
    """Return the process instances that led to one, the outermost first, itself last."""
    chain: list[dict[str, Any]] = []
    wanted: int | None = key
    while wanted is not None and len(chain) < DEEPEST:
        query = (
            select(process_instance, process_definition.c.name)
            .join(process_definition, process_definition.c.key == process_instance.c.definition_key)
            .where(process_instance.c.key == wanted)
        )
        row = connection.execute(query).mappings().one()
        chain.append(
            {
                "process_instance_key": row["key"],
                "process_definition_key": row["definition_key"],
                "process_definition_name": row["name"],
            }
        )
        wanted = row["parent_key"]
    return chain[::-1]


def taken_flows(connection: Connection, root_key: int, key: int) -> list[str]:
    """Return the ids of the sequence flows that a process instance's tokens took, each once, in order."""
    query = (
        select(history_event.c.payload)
        .where(
            history_event.c.root_key == root_key,
            history_event.c.type == "element_completed",
            history_event.c.payload.is_not(None),
        )
        .order_by(history_event.c.seq)
    )
    flows: dict[str, None] = {}
    for text in connection.execute(query).scalars():
        payload = json.loads(text)
        if payload["process_instance_key"] == key:
            flows.update(dict.fromkeys(payload["taken"]))
    return list(flows)
