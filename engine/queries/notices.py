"""One's own notices, and, for administrators, the outbox."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from engine.queries.paging import LARGEST_LIMIT, Page, Request, decode, encode
from engine.queries.viewer import Viewer
from engine.store.tables.notices import notice, outbox


def notices(connection: Connection, viewer: Viewer, request: Request, *, unread_only: bool = False) -> Page:
    """Return a page of the viewer's notices, the latest first; ``total`` counts the unread. Raises CursorInvalid."""
    columns = notice.c
    query = select(notice).where(columns.user_id == viewer.id)
    if unread_only:
        query = query.where(columns.read_at.is_(None))
    after = decode(request.cursor)
    if after is not None:
        at, key = after
        query = query.where(or_(columns.created_at < at, and_(columns.created_at == at, columns.key < key)))
    query = query.order_by(columns.created_at.desc(), columns.key.desc()).limit(request.limit + 1)
    rows = connection.execute(query).mappings().all()
    shown = rows[: request.limit]
    items = [
        {
            "key": row["key"],
            "kind": row["kind"],
            "text": row["text"],
            "process_instance_key": row["root_key"],
            "user_task_key": row["user_task_key"],
            "created_at": row["created_at"],
            "read_at": row["read_at"],
        }
        for row in shown
    ]
    cursor = encode((shown[-1]["created_at"], shown[-1]["key"])) if len(rows) > request.limit else None
    return Page(items, cursor, unread(connection, viewer))


def unread(connection: Connection, viewer: Viewer) -> int:
    """Return how many notices the viewer has not read."""
    query = select(func.count()).where(notice.c.user_id == viewer.id, notice.c.read_at.is_(None))
    return int(connection.execute(query).scalar_one())


def letters(connection: Connection, status: str | None) -> dict[str, Any]:
    """Return the latest letters of the outbox, for administrators: what was sent, waits, or failed and why."""
    query = select(outbox).order_by(outbox.c.created_at.desc(), outbox.c.key).limit(LARGEST_LIMIT)
    if status is not None:
        query = query.where(outbox.c.status == status)
    return {"items": [dict(row) for row in connection.execute(query).mappings()]}
