"""Variables as an element instance sees them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

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
