"""User tasks as lists show them, whichever query found their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from engine.deadlines import Calendar
from engine.queries import names
from engine.queries.clocks import clocks_of, remaining_working_days
from engine.queries.paging import Request, like
from engine.queries.standing_in import acts_for
from engine.queries.viewer import Viewer
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import process_instance, user_task

Row = Mapping[Any, Any]

TASK_COLUMNS = (
    *(column for column in user_task.c if column.name not in ("opinion", "follow_up_at")),
    process_instance.c.title,
    process_instance.c.business_key,
    process_instance.c.initiator_id,
    process_instance.c.definition_key.label("case_definition_key"),
    process_instance.c.process_id.label("case_process_id"),
    process_definition.c.restricted,
    process_instance.c.suspended,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What lights and remaining days are reckoned with. No calendar may have been published yet."""

    now: datetime
    calendar: Calendar | None


def select_tasks() -> Select[Any]:
    """Return the query for user tasks with the case they stand in; conditions are added by each question."""
    query = select(*TASK_COLUMNS).join(process_instance, process_instance.c.key == user_task.c.root_key)
    return query.join(process_definition, process_definition.c.key == process_instance.c.definition_key)


def conditions_of(request: Request) -> list[ColumnElement[bool]]:
    """Return what a list's filters ask for."""
    conditions: list[ColumnElement[bool]] = []
    if request.search:
        pattern = like(request.search)
        conditions.append(
            or_(
                user_task.c.name.like(pattern, escape="\\"),
                process_instance.c.title.like(pattern, escape="\\"),
                process_instance.c.business_key.like(pattern, escape="\\"),
            )
        )
    if request.procedure:
        conditions.append(process_instance.c.process_id == request.procedure)
    if request.department:
        deployed = select(process_definition.c.key).where(process_definition.c.department == request.department)
        conditions.append(process_instance.c.definition_key.in_(deployed))
    return conditions


def task_values(connection: Connection, viewer: Viewer, rows: Sequence[Row], moment: Moment) -> list[dict[str, Any]]:
    """Return what lists show of user tasks; a handful of queries whatever their number."""
    absent = {row["key"]: acts_for(viewer, row) for row in rows} if viewer.stands_for else {}
    ids = (id_ for row in rows for id_ in (row["initiator_id"], row["assignee_id"], absent.get(row["key"])))
    people = names.people(connection, ids)
    procedures = names.procedures(connection, (row["case_definition_key"] for row in rows))
    with_clock = [row["root_key"] for row in rows if row["clock"]]
    clocks = clocks_of(connection, with_clock, moment.now, moment.calendar)
    return [
        {
            **_values(row, viewer, people, procedures, clocks, moment),
            "on_behalf_of": people.get(absent.get(row["key"]) or ""),
        }
        for row in rows
    ]


def _values(
    row: Row,
    viewer: Viewer,
    people: Mapping[str, names.Named],
    procedures: Mapping[int, Row],
    clocks: Mapping[int, list[dict[str, Any]]],
    moment: Moment,
) -> dict[str, Any]:
    procedure = procedures[row["case_definition_key"]]
    is_open = row["state"] == "CREATED"
    return {
        "key": row["key"],
        "name": row["name"],
        "element_id": row["element_id"],
        "process_instance_key": row["root_key"],
        "process_definition_key": row["definition_key"],
        "procedure_id": procedure["process_id"],
        "procedure_name": procedure["name"],
        "case_title": row["title"],
        "case_number": row["business_key"],
        "initiator": people.get(row["initiator_id"]),
        "assignee": people.get(row["assignee_id"]),
        "candidate_groups": row["candidate_groups"],
        "created_at": row["created_at"],
        "completed_at": row["ended_at"] if row["state"] == "COMPLETED" else None,
        "outcome": row["outcome"],
        **_due_values(row, clocks.get(row["root_key"], []), moment, is_open),
        "priority": row["priority"],
        "claimable": is_open and row["assignee_id"] is None and may_take(viewer, row),
        "state": row["state"],
    }


def is_candidate(viewer: Viewer, row: Row) -> bool:
    """Return whether a user task is offered to the viewer."""
    offered = {f"group:{name}" for name in row["candidate_groups"]} | {f"user:{id_}" for id_ in row["candidate_users"]}
    return not offered.isdisjoint(viewer.principals)


def may_take(viewer: Viewer, row: Row) -> bool:
    """Return whether the viewer may take a user task, for themselves or for somebody who is away."""
    return is_candidate(viewer, row) or (bool(viewer.stands_for) and acts_for(viewer, row) is not None)


def _due_values(row: Row, clocks: Sequence[Row], moment: Moment, is_open: bool) -> dict[str, Any]:
    shown = next((clock for clock in reversed(clocks) if clock["id"] == row["clock"]), None)
    due_at = row["due_at"]
    if not is_open:
        return {"due_at": due_at, "due_provisional": False, "light": None, "remaining_working_days": None}
    if shown is not None:
        return {
            "due_at": due_at,
            "due_provisional": shown["provisional"],
            "light": shown["light"],
            "remaining_working_days": shown["remaining_working_days"],
        }
    light = None if due_at is None else ("overdue" if moment.now >= due_at else "green")
    remaining = remaining_working_days(due_at, moment.now, moment.calendar)
    return {"due_at": due_at, "due_provisional": False, "light": light, "remaining_working_days": remaining}
