"""已办: the user tasks somebody completed, the latest first."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, or_, select

from engine.queries.paging import Page, Request, decode, encode
from engine.queries.user_tasks import Moment, conditions_of, select_tasks, task_values
from engine.queries.viewer import Viewer
from engine.store.tables.runtime import process_instance, user_task


def done(connection: Connection, viewer: Viewer, request: Request, moment: Moment) -> Page:
    """Return a page of what the viewer completed. Raises CursorInvalid."""
    query = select_tasks().where(user_task.c.completed_by == viewer.id, *conditions_of(request))
    after = decode(request.cursor)
    if after is not None:
        at, key = after
        query = query.where(or_(user_task.c.ended_at < at, and_(user_task.c.ended_at == at, user_task.c.key < key)))
    query = query.order_by(user_task.c.ended_at.desc(), user_task.c.key.desc()).limit(request.limit + 1)
    rows = connection.execute(query).mappings().all()
    shown = rows[: request.limit]
    cursor = encode((shown[-1]["ended_at"], shown[-1]["key"])) if len(rows) > request.limit else None
    return Page(task_values(connection, viewer, shown, moment), cursor, count(connection, viewer, request))


def count(connection: Connection, viewer: Viewer, request: Request | None = None) -> int:
    """Return how many user tasks the viewer completed."""
    query = select(func.count()).select_from(user_task).where(user_task.c.completed_by == viewer.id)
    conditions = [] if request is None else conditions_of(request)
    if conditions:
        query = query.join(process_instance, process_instance.c.key == user_task.c.root_key).where(*conditions)
    return int(connection.execute(query).scalar_one())
