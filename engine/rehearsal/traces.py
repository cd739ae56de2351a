"""What happened in a case, read from its history: path, ends, decisions, flows taken, clocks, open tasks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.model import ElementType
from engine.platform import Platform
from engine.store.database import reading
from engine.store.tables.deadlines import clock
from engine.store.tables.history import history_event
from engine.store.tables.runtime import process_instance, user_task, variable


@dataclass(slots=True)
class Trace:
    """One case as a rehearsal sees it."""

    state: str = ""
    path: list[str] = field(default_factory=list)
    """Ids of completed elements, in order."""
    ends: list[str] = field(default_factory=list)
    """Ids of completed end events of the outermost process, in order."""
    decisions: dict[str, list[Any]] = field(default_factory=dict)
    """Decision id to its values, in order."""
    variables: dict[str, Any] = field(default_factory=dict)
    tasks: list[str] = field(default_factory=list)
    """Element ids of open user tasks, in order of their keys."""
    due: dict[str, str | None] = field(default_factory=dict)
    """Time limit id to the last day of its clock (None while it stands still)."""
    provisional: list[str] = field(default_factory=list)
    """Ids of the clocks whose date is provisional (暂算)."""
    outcomes: dict[str, list[str]] = field(default_factory=dict)
    """Element id to the outcomes of its user tasks, in order."""
    taken: dict[str, set[str]] = field(default_factory=dict)
    """Process id to the sequence flows taken."""
    flows: dict[str, set[str]] = field(default_factory=dict)
    """Process id to all its sequence flows."""
    incidents: list[str] = field(default_factory=list)
    """What stands in the way at the end, in Chinese."""


def read_trace(platform: Platform, root_key: int) -> Trace:
    """Return the trace of a case."""
    trace = Trace()
    with reading(platform.engine) as connection:
        _read_events(connection, platform, root_key, trace)
        row = connection.execute(select(process_instance).where(process_instance.c.key == root_key)).one()
        trace.state = row.state
        query = select(variable.c.name, variable.c.value).where(variable.c.scope_key == root_key)
        trace.variables = {row.name: row.value for row in connection.execute(query)}
        open_tasks = (
            select(user_task.c.element_id)
            .where(user_task.c.root_key == root_key, user_task.c.state == "CREATED")
            .order_by(user_task.c.key)
        )
        trace.tasks = list(connection.execute(open_tasks).scalars())
        for found in connection.execute(select(clock).where(clock.c.root_key == root_key).order_by(clock.c.key)):
            deadline = found.state.get("deadline")
            trace.due[found.limit_id] = None if deadline is None else deadline["due"]
            if found.provisional:
                trace.provisional.append(found.limit_id)
    return trace


def _read_events(connection: Connection, platform: Platform, root_key: int, trace: Trace) -> None:
    query = (
        select(history_event.c.type, history_event.c.payload)
        .where(history_event.c.root_key == root_key)
        .order_by(history_event.c.seq)
    )
    open_incidents: dict[int, str] = {}
    elements: dict[int, str] = {}
    for type_, text in connection.execute(query):
        payload = json.loads(text)
        if type_ == "element_completed":
            _element_completed(connection, platform, root_key, payload, trace)
        elif type_ == "decision_evaluated":
            trace.decisions.setdefault(payload["decision_id"], []).append(payload["evaluation"]["value"])
        elif type_ == "user_task_created":
            elements[payload["key"]] = payload["element_id"]
        elif type_ == "user_task_completed" and payload["outcome"] is not None:
            trace.outcomes.setdefault(elements[payload["key"]], []).append(payload["outcome"])
        elif type_ == "incident_raised":
            open_incidents[payload["key"]] = f"{payload['element_id']}：{payload['message']}"
        elif type_ == "incident_resolved":
            open_incidents.pop(payload["key"], None)
    trace.incidents = list(open_incidents.values())


def _element_completed(
    connection: Connection, platform: Platform, root_key: int, payload: dict[str, Any], trace: Trace
) -> None:
    trace.path.append(payload["element_id"])
    if payload["element_type"] == ElementType.END_EVENT and payload["process_instance_key"] == root_key:
        trace.ends.append(payload["element_id"])
    model = platform.sources.definitions.model(connection, payload["definition_key"])
    if model.id not in trace.flows:
        scopes = [model.body, *(node.body for node in model.body.walk() if node.body is not None)]
        trace.flows[model.id] = {flow for scope in scopes for flow in scope.flows}
    trace.taken.setdefault(model.id, set()).update(payload["taken"])
