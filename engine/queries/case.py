"""One case: where it stands, its data, its diagrams' labels."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.repository import Definitions, FormUnknown
from engine.queries.cases import case_values
from engine.queries.forms import choices_of, labels_of, start_form_key
from engine.queries.sight import Sight, require_sight
from engine.queries.user_tasks import Moment
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields, shown
from engine.store.tables.history import history_event
from engine.store.tables.runtime import process_instance, user_task, variable


def case_detail(
    connection: Connection, viewer: Viewer, key: int, moment: Moment, definitions: Definitions
) -> dict[str, Any]:
    """Return a case with its variables; raise CaseInvisible. Who sees the outline only is given no variables."""
    root_key, sight = require_sight(connection, viewer, key, Sight.OUTLINE)
    row = connection.execute(select(process_instance).where(process_instance.c.key == root_key)).mappings().one()
    values = case_values(connection, [row], moment, definitions)[0]
    _add_bases(connection, root_key, values["clocks"])
    content = sight is Sight.CONTENT
    hidden = hidden_fields(connection, definitions, viewer, root_key)
    variables = shown(case_variables(connection, root_key), hidden) if content else {}
    forms = _case_forms(connection, definitions, root_key)
    return {
        **values,
        "variables": variables,
        "labels": labels_of(connection, definitions, forms),
        "choices": choices_of(connection, definitions, forms, variables),
    }


def case_variables(connection: Connection, root_key: int) -> dict[str, Any]:
    """Return the variables of the case's outermost scope."""
    rows = connection.execute(select(variable.c.name, variable.c.value).where(variable.c.scope_key == root_key))
    return {row.name: row.value for row in rows}


def case_labels(connection: Connection, definitions: Definitions, root_key: int) -> dict[str, str]:
    """Return what the forms of the case call its variables."""
    return labels_of(connection, definitions, _case_forms(connection, definitions, root_key))


def _case_forms(connection: Connection, definitions: Definitions, root_key: int) -> list[int]:
    """Return the forms that the case has shown, the start's first."""
    instance = select(process_instance.c.definition_key).where(process_instance.c.key == root_key)
    keys: list[int] = []
    try:
        start_form = start_form_key(connection, definitions, connection.execute(instance).scalar_one())
    except FormUnknown:
        start_form = None  # A form bound by a version tag may have none that fits; the case runs without its labels.
    if start_form is not None:
        keys.append(start_form)
    query = select(user_task.c.form_key).where(user_task.c.root_key == root_key, user_task.c.form_key.is_not(None))
    keys += connection.execute(query.order_by(user_task.c.key)).scalars()
    return keys


def _add_bases(connection: Connection, root_key: int, clocks: list[dict[str, Any]]) -> None:
    """Say on which article or line each clock rests; the event that started it knows."""
    if not clocks:
        return
    query = select(history_event.c.payload).where(
        history_event.c.root_key == root_key,
        history_event.c.type == "clock_started",
        history_event.c.payload.is_not(None),
    )
    started = (json.loads(text) for text in connection.execute(query).scalars())
    bases = {payload["limit_id"]: payload.get("basis") or None for payload in started}
    for clock in clocks:
        clock["basis"] = bases.get(clock["id"])
