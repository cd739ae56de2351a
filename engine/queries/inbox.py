"""待办: the open user tasks that somebody holds or may take, the most urgent first.

Four branches, each walked along an index and cut off at the page's length: what is held and what is offered, with a
due date and without. One query with OR would read every open task.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, union

from engine.queries.paging import Page, Position, Request, decode, encode
from engine.queries.user_tasks import Moment, Row, conditions_of, is_candidate, select_tasks, task_values
from engine.queries.viewer import Viewer
from engine.store.tables.runtime import process_instance, user_task, user_task_candidate

OPEN = user_task.c.state == "CREATED"


def inbox(connection: Connection, viewer: Viewer, request: Request, moment: Moment) -> Page:
    """Return a page of the viewer's open user tasks. Raises CursorInvalid."""
    after = decode(request.cursor)
    wanted = request.limit + 1
    rows: list[Row] = []
    if after is None or after[0] is not None:
        rows = _branch_rows(connection, viewer, request, after, wanted, due=True)
    if len(rows) < wanted:
        rest = after if after is not None and after[0] is None else None
        rows += _branch_rows(connection, viewer, request, rest, wanted - len(rows), due=False)
    shown, more = rows[: request.limit], len(rows) > request.limit
    cursor = encode((shown[-1]["due_at"], shown[-1]["key"])) if more else None
    return Page(task_values(connection, viewer, shown, moment), cursor, count(connection, viewer, request))


def count(connection: Connection, viewer: Viewer, request: Request | None = None) -> int:
    """Return how many open user tasks the viewer holds or may take."""
    conditions = [] if request is None else conditions_of(request)
    keys = []
    for branch in (_held(select(user_task.c.key), viewer), _offered(select(user_task.c.key), viewer)):
        if conditions:
            branch = branch.join(process_instance, process_instance.c.key == user_task.c.root_key).where(*conditions)
        keys.append(branch)
    return int(connection.execute(select(func.count()).select_from(union(*keys).subquery())).scalar_one())


def open_tasks_of_case(connection: Connection, viewer: Viewer, root_key: int, moment: Moment) -> list[dict[str, Any]]:
    """Return the user tasks of one case that the viewer holds or may take, oldest first."""
    query = select_tasks().where(user_task.c.root_key == root_key, OPEN).order_by(user_task.c.key)
    rows = connection.execute(query).mappings().all()
    mine = [row for row in rows if row["assignee_id"] == viewer.id or _may_take(viewer, row)]
    return task_values(connection, viewer, mine, moment)


def _branch_rows(
    connection: Connection, viewer: Viewer, request: Request, after: Position | None, limit: int, *, due: bool
) -> list[Row]:
    conditions = [*conditions_of(request), *_after(after, due)]
    order = (user_task.c.due_at, user_task.c.key) if due else (user_task.c.key,)
    found: dict[int, Row] = {}
    for branch in (_held(select_tasks(), viewer), _offered(select_tasks(), viewer)):
        query = branch.where(*conditions).order_by(*order).limit(limit)
        for row in connection.execute(query).mappings():
            found[row["key"]] = row
    ranked = sorted(found.values(), key=lambda row: (row["due_at"], row["key"]) if due else row["key"])
    return ranked[:limit]


def _held(query: Select[Any], viewer: Viewer) -> Select[Any]:
    return query.where(OPEN, user_task.c.assignee_id == viewer.id)


def _offered(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """A task may be offered under several names at once; IN with a subquery takes it once."""
    offered = select(user_task_candidate.c.user_task_key).where(user_task_candidate.c.principal.in_(viewer.principals))
    return query.where(OPEN, user_task.c.assignee_id.is_(None), user_task.c.key.in_(offered))


def _after(after: Position | None, due: bool) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [user_task.c.due_at.is_not(None) if due else user_task.c.due_at.is_(None)]
    if after is not None:
        moment, key = after
        later: ColumnElement[bool] = user_task.c.key > key
        if due and moment is not None:
            later = or_(user_task.c.due_at > moment, and_(user_task.c.due_at == moment, user_task.c.key > key))
        conditions.append(later)
    return conditions


def _may_take(viewer: Viewer, row: Row) -> bool:
    return row["assignee_id"] is None and is_candidate(viewer, row)
