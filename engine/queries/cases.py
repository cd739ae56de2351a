"""Lists of cases: those somebody started, and all that concern them; the latest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, func, or_, select

from engine.definitions.repository import Definitions
from engine.queries import names
from engine.queries.clocks import clocks_of
from engine.queries.lookup import looked_up
from engine.queries.paging import Page, Position, Request, decode, encode, like
from engine.queries.sight import concerning
from engine.queries.user_tasks import Moment
from engine.queries.viewer import Viewer
from engine.queries.visibility import restricted_definitions
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import element_instance, incident, process_instance, user_task

Row = Mapping[Any, Any]

STATES = ("ACTIVE", "COMPLETED", "TERMINATED")
MOST_COUNTED = 10_000
"""A total says no more than this: counting millions to show a number nobody turns pages to is not worth it."""

SUSPENDED = "SUSPENDED"
"""Shown instead of ACTIVE while a case stands still."""


def cases(
    connection: Connection,
    viewer: Viewer,
    request: Request,
    moment: Moment,
    definitions: Definitions,
    *,
    started_only: bool,
) -> Page:
    """Return a page of the cases that the viewer started, or of all that they may know of. Raises CursorInvalid."""
    conditions = _conditions(viewer, request, started_only)
    everything = viewer.auditor or viewer.administrator
    if everything and not viewer.auditor and not started_only:
        # A restricted case is not even known of by those who merely administer.
        open_ = process_instance.c.definition_key.not_in(restricted_definitions())
        conditions.append(or_(open_, process_instance.c.key.in_(concerning(viewer))))
    around = None if started_only or everything else concerning(viewer).subquery()
    states = STATES if around is None and not started_only and not request.state else (None,)
    rows = _rows(connection, states, request.limit + 1, around, [*conditions, *_after(decode(request.cursor))])
    shown = rows[: request.limit]
    cursor = encode((shown[-1]["started_at"], shown[-1]["key"])) if len(rows) > request.limit else None
    total = _count(connection, around, conditions)
    return Page(case_values(connection, shown, moment, definitions), cursor, total)


def count_started(connection: Connection, viewer: Viewer) -> int:
    """Return how many cases the viewer started."""
    return _count(connection, None, _conditions(viewer, Request(), started_only=True))


def case_values(
    connection: Connection, rows: Sequence[Row], moment: Moment, definitions: Definitions
) -> list[dict[str, Any]]:
    """Return what lists show of cases; a handful of queries whatever their number."""
    keys = [row["key"] for row in rows]
    elements = _current_elements(connection, keys, definitions)
    clocks = clocks_of(connection, keys, moment.now, moment.calendar)
    people = names.people(connection, (row["initiator_id"] for row in rows))
    procedures = names.procedures(connection, (row["definition_key"] for row in rows))
    active = (incident.c.root_key.in_(keys), incident.c.state == "ACTIVE")
    troubled = set(connection.execute(select(incident.c.root_key).where(*active)).scalars())
    return [
        {
            "key": row["key"],
            "procedure_id": row["process_id"],
            "procedure_name": procedures[row["definition_key"]]["name"],
            "definition_key": row["definition_key"],
            "version": row["version"],
            "case_title": row["title"],
            "case_number": row["business_key"],
            "state": SUSPENDED if row["suspended"] and row["state"] == "ACTIVE" else row["state"],
            "has_incident": row["key"] in troubled,
            "initiator": people.get(row["initiator_id"]),
            "started_at": row["started_at"],
            "ended_at": row["ended_at"],
            "current_elements": elements.get(row["key"], []),
            "clocks": clocks[row["key"]],
        }
        for row in rows
    ]


def _conditions(viewer: Viewer, request: Request, started_only: bool) -> list[ColumnElement[bool]]:
    columns = process_instance.c
    conditions: list[ColumnElement[bool]] = [columns.parent_key.is_(None)]
    if started_only:
        conditions.append(columns.initiator_id == viewer.id)
    if request.state == SUSPENDED:
        conditions += [columns.state == "ACTIVE", columns.suspended.is_(True)]
    elif request.state:
        conditions.append(columns.state == request.state)
    if request.procedure:
        conditions.append(columns.process_id == request.procedure)
    if request.department:
        deployed = select(process_definition.c.key).where(process_definition.c.department == request.department)
        conditions.append(columns.definition_key.in_(deployed))
    if request.search:
        pattern = like(request.search)
        conditions.append(
            or_(columns.title.like(pattern, escape="\\"), columns.business_key.like(pattern, escape="\\"))
        )
    return conditions


def _rows(
    connection: Connection,
    states: Sequence[str | None],
    wanted: int,
    around: Subquery | None,
    conditions: Sequence[ColumnElement[bool]],
) -> list[Row]:
    """Return the latest cases that satisfy the conditions.

    Among all cases the index begins with the state, so each state is walked along it, and cut off, by itself.
    """
    found: list[Row] = []
    for state in states:
        query: Select[Any] = select(process_instance).where(*conditions)
        columns: Any = process_instance.c
        if state is not None:
            query = query.where(columns.state == state)
        if around is not None:
            query, columns = looked_up(connection, around, query, process_instance.c.key)
        query = query.order_by(columns.started_at.desc(), columns.key.desc()).limit(wanted)
        found += connection.execute(query).mappings().all()
    found.sort(key=lambda row: (row["started_at"], row["key"]), reverse=True)
    return found[:wanted]


def _count(connection: Connection, around: Subquery | None, conditions: Sequence[ColumnElement[bool]]) -> int:
    """Return how many cases satisfy the conditions, counted no further than MOST_COUNTED."""
    query: Select[Any] = select(process_instance.c.key).where(*conditions)
    if around is None:
        query = query.where(process_instance.c.state.in_(STATES))
    else:
        query, _ = looked_up(connection, around, query, process_instance.c.key)
    found = query.limit(MOST_COUNTED).subquery()
    return int(connection.execute(select(func.count()).select_from(found)).scalar_one())


def _after(after: Position | None) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    at, key = after
    columns = process_instance.c
    return [or_(columns.started_at < at, and_(columns.started_at == at, columns.key < key))]


def _current_elements(
    connection: Connection, keys: Sequence[int], definitions: Definitions
) -> dict[int, list[dict[str, Any]]]:
    """Where cases stand: their active elements that hold nothing further, with those who have them."""
    columns = element_instance.c
    query = select(element_instance, user_task.c.assignee_id).join(
        user_task, user_task.c.key == columns.key, isouter=True
    )
    rows = (
        connection.execute(query.where(columns.root_key.in_(keys), columns.state == "ACTIVE").order_by(columns.key))
        .mappings()
        .all()
    )
    around = {row["scope_key"] for row in rows}
    people = names.people(connection, (row["assignee_id"] for row in rows))
    result: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if row["key"] in around or row["type"] == "PROCESS":
            continue
        node = definitions.model(connection, row["definition_key"]).node(row["element_id"])
        assignee = people.get(row["assignee_id"])
        result.setdefault(row["root_key"], []).append(
            {
                "element_id": row["element_id"],
                "name": row["element_id"] if node is None else node.name or node.id,
                "assignees": [assignee["name"]] if assignee else [],
            }
        )
    return result
