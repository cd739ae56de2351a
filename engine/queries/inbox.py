"""待办: the open user tasks that somebody holds or may take, the most urgent first.

Four branches, each walked along an index and cut off at the page's length: what is held and what is offered, with a
due date and without. One query with OR would read every open task.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, union

from engine.queries.lookup import looked_up
from engine.queries.paging import Page, Position, Request, decode, encode
from engine.queries.standing_in import acts_for, held_by_absent, offered_to_absent
from engine.queries.user_tasks import Moment, Row, conditions_of, may_take, select_tasks, task_values
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
    """Return how many open user tasks the viewer holds or may take.

    What is offered has no assignee, so nothing is counted twice; without filters the two indexes alone are read.
    """
    offered: Select[Any] = _offered_keys(viewer)
    held = _held(select(user_task.c.key), viewer)
    conditions = [] if request is None else conditions_of(request)
    if conditions:
        tasks = select(user_task.c.key).where(*conditions)
        tasks = tasks.join(process_instance, process_instance.c.key == user_task.c.root_key)
        held = _held(tasks, viewer)
        offered, _ = looked_up(connection, offered.subquery(), tasks, user_task.c.key)
    return sum(
        int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())
        for query in (*held, offered)
    )


def open_tasks_of_case(connection: Connection, viewer: Viewer, root_key: int, moment: Moment) -> list[dict[str, Any]]:
    """Return the user tasks of one case that the viewer holds or may take, oldest first."""
    query = select_tasks().where(user_task.c.root_key == root_key, OPEN).order_by(user_task.c.key)
    rows = connection.execute(query).mappings().all()
    mine = [row for row in rows if row["assignee_id"] == viewer.id or _may_do(viewer, row)]
    return task_values(connection, viewer, mine, moment)


def _branch_rows(
    connection: Connection, viewer: Viewer, request: Request, after: Position | None, limit: int, *, due: bool
) -> list[Row]:
    """Return the rows of all branches, in order: first which they are, by narrow rows, then what they hold."""
    filters = conditions_of(request)
    conditions = [*filters, *_after(after, due)]
    order = (user_task.c.due_at, user_task.c.key) if due else (user_task.c.key,)
    tasks = select(user_task.c.key, user_task.c.due_at).where(*conditions)
    if filters:
        tasks = tasks.join(process_instance, process_instance.c.key == user_task.c.root_key)
    keys: list[int] = []
    for held in _held(tasks, viewer):
        keys += connection.execute(held.order_by(*order).limit(limit)).scalars()
    offered, columns = looked_up(connection, _offered_keys(viewer).subquery(), tasks, user_task.c.key)
    offered = offered.order_by(columns.due_at, columns.key) if due else offered.order_by(columns.key)
    keys += connection.execute(offered.limit(limit)).scalars()
    rows: Sequence[Row] = []
    if keys:
        rows = connection.execute(select_tasks().where(user_task.c.key.in_(keys))).mappings().all()
    return sorted(rows, key=lambda row: (row["due_at"], row["key"]) if due else row["key"])[:limit]


def _held(query: Select[Any], viewer: Viewer) -> list[Select[Any]]:
    """Return a query for what the viewer holds and one for what each person holds for whom the viewer stands in."""
    return [query.where(OPEN, held) for held in (user_task.c.assignee_id == viewer.id, *held_by_absent(viewer))]


def _offered_keys(viewer: Viewer) -> Select[tuple[int]]:
    """The candidates' table holds open tasks without an assignee, and no others."""
    own = (
        select(user_task_candidate.c.user_task_key)
        .where(user_task_candidate.c.principal.in_(viewer.principals))
        .distinct()
    )
    absent = list(offered_to_absent(viewer))
    return select(union(own, *absent).subquery().c.user_task_key) if absent else own


def _after(after: Position | None, due: bool) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [user_task.c.due_at.is_not(None) if due else user_task.c.due_at.is_(None)]
    if after is not None:
        moment, key = after
        later: ColumnElement[bool] = user_task.c.key > key
        if due and moment is not None:
            later = or_(user_task.c.due_at > moment, and_(user_task.c.due_at == moment, user_task.c.key > key))
        conditions.append(later)
    return conditions


def _may_do(viewer: Viewer, row: Row) -> bool:
    if row["assignee_id"] is None:
        return may_take(viewer, row)
    return acts_for(viewer, row) is not None
