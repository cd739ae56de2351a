"""Versions of the register of controls as they were published; what was read once is kept, for it never changes."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from engine.controls import Control, Registry, read_registry
from engine.store.prepared import PreparedQuery
from engine.store.tables.controls import control_registry

_CURRENT = PreparedQuery(select(control_registry.c.version).order_by(control_registry.c.position.desc()).limit(1))
_MOST = 20_000

_registries: dict[str, Registry] = {}
_watching: dict[tuple[str, int, str], tuple[Control, ...]] = {}


def current_registry(connection: Connection) -> Registry | None:
    """Return the register in force, None where none was published."""
    row = _CURRENT.first(connection, {})
    if row is None:
        return None
    version = row["version"]
    if version not in _registries:
        query = select(control_registry.c.content).where(control_registry.c.version == version)
        _registries[version] = read_registry(connection.execute(query).scalar_one())
    return _registries[version]


def watching(
    registry: Registry,
    definition_key: int,
    process_id: str,
    element_id: str,
    properties: Mapping[str, str],
    process_properties: Mapping[str, str],
) -> tuple[Control, ...]:
    """Return the controls that watch an element; looked up once for each version of register and diagram."""
    key = (registry.version, definition_key, element_id)
    if key not in _watching:
        if len(_watching) >= _MOST:
            _watching.clear()
        _watching[key] = tuple(registry.watching(process_id, element_id, properties, process_properties))
    return _watching[key]
