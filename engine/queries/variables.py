"""Variables as an element instance sees them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.repository import Definitions
from engine.queries.sight import Sight, require_sight
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields
from engine.store.tables.runtime import element_instance, variable


def visible_variables(connection: Connection, element_instance_key: int) -> dict[str, Any]:
    """Return all variables seen from an element instance: its own scope and the enclosing ones, inner before outer."""
    visible: dict[str, Any] = {}
    for scope_key in scope_chain(connection, element_instance_key):
        rows = connection.execute(select(variable.c.name, variable.c.value).where(variable.c.scope_key == scope_key))
        for name, value in rows:
            visible.setdefault(name, value)
    return visible


def scope_chain(connection: Connection, element_instance_key: int) -> list[int]:
    """Return the keys of an element instance and its enclosing scopes up to its process instance."""
    chain: list[int] = []
    key: int | None = element_instance_key
    while key is not None:
        chain.append(key)
        query = select(element_instance.c.scope_key, element_instance.c.type).where(element_instance.c.key == key)
        row = connection.execute(query).first()
        key = None if row is None or row.type == "PROCESS" else row.scope_key
    return chain


def case_scopes(connection: Connection, viewer: Viewer, key: int, definitions: Definitions) -> dict[str, Any]:
    """Return every variable of a case with the scope it lives in; raise CaseInvisible."""
    root_key, _ = require_sight(connection, viewer, key, Sight.CONTENT)
    hidden = hidden_fields(connection, definitions, viewer, root_key)
    query = (
        select(variable, element_instance.c.element_id)
        .join(element_instance, element_instance.c.key == variable.c.scope_key)
        .where(variable.c.root_key == root_key)
        .order_by(variable.c.scope_key, variable.c.name)
    )
    return {
        "items": [
            {
                "name": row["name"],
                "value": row["value"],
                "scope_key": row["scope_key"],
                "element_id": row["element_id"],
                "process_instance_key": root_key,
            }
            for row in connection.execute(query).mappings()
            if row["name"] not in hidden
        ]
    }
