"""The events of a case with their place in the hash chain, for those who check it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, func, select

from engine.definitions.repository import Definitions
from engine.queries import names
from engine.queries.paging import Page, Request, decode, encode
from engine.queries.sight import Sight, require_sight
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields, shown_event
from engine.store.tables.history import history_event


def history(connection: Connection, viewer: Viewer, key: int, request: Request, definitions: Definitions) -> Page:
    """Return a page of a case's events, oldest first; raise CaseInvisible, CursorInvalid."""
    root_key, _ = require_sight(connection, viewer, key, Sight.CONTENT)
    hidden = hidden_fields(connection, definitions, viewer, root_key)
    columns = history_event.c
    after = decode(request.cursor)
    query = select(history_event).where(columns.root_key == root_key, columns.seq > (0 if after is None else after[1]))
    rows = connection.execute(query.order_by(columns.seq).limit(request.limit + 1)).mappings().all()
    shown = rows[: request.limit]
    people = names.people(connection, (id_ for row in shown for id_ in (row["actor_id"], row["on_behalf_of"])))
    items = [
        {
            "seq": row["seq"],
            "command_seq": row["command_seq"],
            "at": row["at"],
            "type": row["type"],
            "version": row["version"],
            "actor": people.get(row["actor_id"]),
            "on_behalf_of": people.get(row["on_behalf_of"] or ""),
            "payload": _payload(row["type"], row["payload"], hidden),
            "digest": row["digest"],
            "hash": row["hash"],
        }
        for row in shown
    ]
    total = connection.execute(select(func.max(columns.seq)).where(columns.root_key == root_key)).scalar() or 0
    cursor = encode((None, shown[-1]["seq"])) if len(rows) > request.limit else None
    return Page(items, cursor, int(total))


def _payload(type_: str, text: str | None, hidden: frozenset[str]) -> Any:
    """The content; none where it was erased, or where nothing of it may be shown."""
    payload = None if text is None else json.loads(text)
    if hidden and isinstance(payload, dict):
        payload.pop("facts", None)
    return shown_event(type_, payload, hidden)
