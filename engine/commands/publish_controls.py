"""Put a version of the register of controls in force."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, insert, select

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.controls import read_registry
from engine.history.control_events import ControlsPublished
from engine.store.tables.controls import control_registry


@dataclass(frozen=True, slots=True)
class PublishControls:
    """Publish the register written in ``content`` (YAML); it replaces the one in force as a whole."""

    content: str
    source: str


@handles(PublishControls)
def handle(command: PublishControls, unit: UnitOfWork) -> Answer:
    """Publish. Raises AdministratorOnly, ControlsInvalid. A version published before changes nothing."""
    require_administrator(unit.actor)
    registry = read_registry(command.content, command.source)
    table = control_registry
    position = unit.connection.execute(select(func.max(table.c.position))).scalar() or 0
    known = unit.connection.execute(select(table.c.position).where(table.c.version == registry.version)).scalar()
    if known is not None and known == position:
        return {"version": registry.version, "new": False}
    if known is not None:
        unit.connection.execute(table.delete().where(table.c.version == registry.version))
    unit.connection.execute(
        insert(table),
        {
            "version": registry.version,
            "position": position + 1,
            "content": command.content,
            "source": command.source,
            "actor_id": unit.actor.id,
            "published_at": unit.now,
        },
    )
    unit.log(ControlsPublished(version=registry.version, controls=len(registry.controls), source=command.source))
    return {"version": registry.version, "new": True}
