"""Draws of experts with what proves them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from engine.controls.draw import problems_of
from engine.queries import names
from engine.queries.sight import Sight, require_sight
from engine.queries.viewer import Viewer
from engine.store.tables.controls import expert_draw
from engine.store.tables.history import history_event


def draws_of(connection: Connection, viewer: Viewer, key: int) -> list[dict[str, Any]]:
    """Return the draws of a case, oldest first; the seed only once it is open. Raises CaseInvisible."""
    root_key, _ = require_sight(connection, viewer, key, Sight.CONTENT)
    rows = list(
        connection.execute(
            select(expert_draw).where(expert_draw.c.root_key == root_key).order_by(expert_draw.c.key)
        ).mappings()
    )
    return draw_values(connection, rows)


def draw_values(connection: Connection, rows: Sequence[Mapping[Any, Any]]) -> list[dict[str, Any]]:
    """Return draws as they are shown, the seed only once it is open."""
    people = names.people(connection, (row["committed_by"] for row in rows))
    return [_values(row, people) for row in rows]


def recorded_draws(connection: Connection, root_key: int) -> list[tuple[str, Mapping[str, Any]]]:
    """Return what history says of draws in a case: type and payload of each event."""
    columns = history_event.c
    query = select(columns.type, columns.payload).where(
        columns.root_key == root_key,
        columns.type.in_(("expert_draw_committed", "experts_drawn")),
        columns.payload.is_not(None),
    )
    return [(row.type, json.loads(row.payload)) for row in connection.execute(query.order_by(columns.seq))]


def verify_draws(events: Iterable[tuple[str, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Return each draw with what is wrong about it, from the record alone."""
    committed: dict[int, Mapping[str, Any]] = {}
    found = []
    for type_, payload in events:
        if type_ == "expert_draw_committed":
            committed[payload["key"]] = payload
        elif payload["key"] not in committed:
            found.append({"key": payload["key"], "problems": ["没有抽取前的公布记录"], "drawn": payload["drawn"]})
        else:
            problems = list(problems_of(committed.pop(payload["key"]), payload))
            found.append({"key": payload["key"], "problems": problems, "drawn": payload["drawn"]})
    return found


def _values(row: Mapping[Any, Any], people: Mapping[str, names.Named]) -> dict[str, Any]:
    values = dict(row)
    drawn = row["state"] == "DRAWN"
    values["seed"] = row["seed"] if drawn else None
    values["committed_by"] = people.get(row["committed_by"])
    values["reproduced"] = None
    if drawn:
        record = {**values, "alternates": row["alternates_wanted"]}
        values["reproduced"] = not problems_of(record, values)
    return values
