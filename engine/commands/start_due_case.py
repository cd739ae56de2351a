"""Start a case whose timer start event fell due."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from engine.commands.handlers import Answer, handles
from engine.commands.start_events import start_by_event
from engine.commands.unit import UnitOfWork
from engine.execution import next_due
from engine.store.tables.correlation import start_event


@dataclass(frozen=True, slots=True)
class StartDueCase:
    """Start a case at a timer start event if it is due; else do nothing and say so."""

    definition_key: int
    element_id: str


@handles(StartDueCase)
def handle(command: StartDueCase, unit: UnitOfWork) -> Answer:
    """Start one case and set the timer for its next; of the ones missed meanwhile each starts its own."""
    this = (start_event.c.definition_key == command.definition_key) & (start_event.c.element_id == command.element_id)
    query = select(start_event).where(this)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True)
    row = unit.connection.execute(query).first()
    if row is None or row.due_at is None or row.due_at > unit.now:
        return {"started": None}
    left = row.repetitions if row.repetitions == -1 else row.repetitions - 1
    due = next_due(row.due_at, row.every) if left != 0 and row.every else None
    unit.connection.execute(update(start_event).where(this).values(due_at=due, repetitions=left))
    return {"started": start_by_event(unit, command.definition_key, command.element_id, {})}
