"""All that a page needs to replay a case step by step, in one request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.repository import Definitions
from engine.queries import names
from engine.queries.case import case_labels
from engine.queries.events import Recorded, Step, steps_of
from engine.queries.sight import Sight, require_sight
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields, shown_event
from engine.store.tables.runtime import element_instance, process_instance

HIDDEN_FROM_OUTLINE = frozenset({"variable_changed", "decision_evaluated"})
"""Events that carry what is in a case."""
_CONTENT_FIELDS = frozenset({"variables", "facts", "record", "headers"})


def replay(connection: Connection, viewer: Viewer, key: int, definitions: Definitions) -> dict[str, Any]:
    """Return diagrams and steps of a case; raise CaseInvisible. Who sees the outline only is given no data."""
    root_key, sight = require_sight(connection, viewer, key, Sight.OUTLINE)
    steps = list(steps_of(connection, root_key))
    instances = connection.execute(
        select(process_instance).where(process_instance.c.root_key == root_key).order_by(process_instance.c.key)
    ).mappings()
    rows = {row["key"]: row for row in instances}
    root = rows.pop(root_key)
    return {
        "definition": _diagram(connection, definitions, root["definition_key"]),
        "called": [
            {
                **_diagram(connection, definitions, row["definition_key"]),
                "process_instance_key": row["key"],
                "called_from": _element_id(connection, row["parent_element_instance_key"]),
            }
            for row in rows.values()
        ],
        "steps": step_values(
            connection,
            steps,
            content=sight is Sight.CONTENT,
            hidden=hidden_fields(connection, definitions, viewer, root_key),
        ),
        "labels": case_labels(connection, definitions, root_key),
    }


def step_values(
    connection: Connection, steps: Sequence[Step], *, content: bool, hidden: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Return steps with the names of those who acted, without what is ``hidden`` of the variables."""
    people = names.people(connection, (id_ for step in steps for id_ in (step.actor_id, step.on_behalf_of)))
    return [
        {
            "index": index,
            "at": step.at,
            "actor": people.get(step.actor_id),
            "on_behalf_of": people.get(step.on_behalf_of or ""),
            "command": step.label,
            "type": step.command.type,
            "events": [
                event_values(event)
                for event in _shown(step, hidden)
                if event.payload is not None and (content or event.type not in HIDDEN_FROM_OUTLINE)
            ],
        }
        for index, step in enumerate(steps)
    ]


def _shown(step: Step, hidden: frozenset[str]) -> Iterator[Recorded]:
    for event in (step.command, *step.events):
        yield Recorded(event.seq, event.type, shown_event(event.type, event.payload, hidden)) if hidden else event


def event_values(event: Recorded) -> dict[str, Any]:
    """Return an event for replaying: its fields without the form's data, which the changes of variables repeat."""
    payload: Mapping[str, Any] = event.payload or {}
    values: dict[str, Any] = {name: value for name, value in payload.items() if name not in _CONTENT_FIELDS}
    values["type"] = event.type
    if event.type.startswith("element_"):
        values["element_instance_key"] = payload.get("key")
    return values


def _diagram(connection: Connection, definitions: Definitions, definition_key: int) -> dict[str, Any]:
    return {"key": definition_key, "xml": definitions.xml(connection, definition_key).decode("utf-8", "replace")}


def _element_id(connection: Connection, key: int | None) -> str | None:
    if key is None:
        return None
    query = select(element_instance.c.element_id).where(element_instance.c.key == key)
    return connection.execute(query).scalar()
