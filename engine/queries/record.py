"""审批记录: who did what in a case, with opinion, outcome, time taken and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.repository import Definitions
from engine.queries import names
from engine.queries.case import case_labels
from engine.queries.events import Step, steps_of
from engine.queries.sight import Sight, require_sight
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields
from engine.store.tables.runtime import user_task

Row = Mapping[Any, Any]


def record(connection: Connection, viewer: Viewer, key: int, definitions: Definitions) -> dict[str, Any]:
    """Return the record of a case in order; raise CaseInvisible. Who sees the outline only is given no content."""
    root_key, sight = require_sight(connection, viewer, key, Sight.OUTLINE)
    steps = list(steps_of(connection, root_key))
    people = names.people(connection, (id_ for step in steps for id_ in (step.actor_id, step.on_behalf_of)))
    hidden = hidden_fields(connection, definitions, viewer, root_key)
    query = select(user_task).where(user_task.c.root_key == root_key)
    tasks: dict[int, Row] = {row["key"]: row for row in connection.execute(query).mappings()}
    ledger = _Ledger(root_key, case_labels(connection, definitions, root_key))
    items = []
    for step in steps:
        item = _item(step, people, tasks)
        if item["element_id"] is None and step.command.type in BY_ITSELF:
            item["element_name"] = _happened_at(connection, definitions, step)
        changes = ledger.changes(step)
        if sight is Sight.CONTENT:
            item["changes"] = [change for change in changes if change["name"] not in hidden]
        else:
            item.update(opinion=None, changes=[])
        items.append(item)
    return {"items": items}


class _Ledger:
    """The values of variables as they stand, to say what each step changed."""

    def __init__(self, root_key: int, labels: Mapping[str, str]) -> None:
        self._root_key = root_key
        self._labels = labels
        self._values: dict[tuple[int, str], Any] = {}

    def changes(self, step: Step) -> list[dict[str, Any]]:
        """Note the step's changes and return them."""
        found = []
        for event in step.events:
            if event.type != "variable_changed" or event.payload is None:
                continue
            name, new = event.payload["name"], event.payload["value"]
            place = (event.payload["scope_key"], name)
            old = self._values.get(place)
            self._values[place] = new
            found.append({"name": name, "label": self._labels.get(name), "old": old, "new": new})
        return found


COMPLETIONS = frozenset(
    {
        "user_task_completed",
        "user_task_reworked",
        "user_task_recorded",
        "user_task_merged",
        "signer_answered",
        "completion_took_effect",
    }
)
"""Commands by which a user task is done."""


BY_ITSELF = frozenset({"timer_fired", "job_completed", "job_failed", "job_error_thrown"})
"""Commands that nobody gives at a user task; the element they go on from says what they are about."""


def _happened_at(connection: Connection, definitions: Definitions, step: Step) -> str | None:
    """Return the name of the element at which a step went on by itself; None where it has none."""
    for event in step.events:
        payload = event.payload or {}
        if "element_id" in payload and "definition_key" in payload:
            node = definitions.model(connection, payload["definition_key"]).node(payload["element_id"])
            return None if node is None else node.name or None
    return None


def _item(step: Step, people: Mapping[str, names.Named], tasks: Mapping[int, Row]) -> dict[str, Any]:
    payload = step.command.payload or {}
    concerns_task = step.command.type.startswith(("user_task_", "completion_", "signer_", "delegation_"))
    task = tasks.get(payload.get("key", 0)) if concerns_task else None
    completed = step.command.type in COMPLETIONS
    return {
        "at": step.at,
        "actor": people.get(step.actor_id),
        "on_behalf_of": people.get(step.on_behalf_of or ""),
        "action": step.label,
        "element_id": None if task is None else task["element_id"],
        "element_name": None if task is None else task["name"],
        "opinion": payload.get("opinion") or payload.get("reason"),
        "outcome": payload.get("outcome"),
        "duration_seconds": int((step.at - task["created_at"]).total_seconds()) if task and completed else None,
        "due_at": task["due_at"] if task and completed else None,
    }
