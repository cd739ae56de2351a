"""Do to one case what was ordered for many.

The case is changed in the transaction that marks its item done, so that a crash at any moment loses none and doubles
none; one who comes second, on another node, finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from engine.commands.batches import BatchKind, carry_out
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.store.tables.batches import batch_item, batch_operation


@dataclass(frozen=True, slots=True)
class RunBatchItem:
    """Take the case at ``position`` of the operation ``batch_key`` up; the actor is the one who ordered it."""

    batch_key: int
    position: int


@dataclass(frozen=True, slots=True)
class NoteBatchItemFailure:
    """Keep why the case could not be changed."""

    batch_key: int
    position: int
    code: str
    message: str


@handles(RunBatchItem)
def handle(command: RunBatchItem, unit: UnitOfWork) -> Answer:
    """Do it, unless it is done or another is at it. Raises whatever the single command refuses."""
    row = _claim(unit, command.batch_key, command.position)
    if row is None:
        return {"run": False}
    carry_out(unit, BatchKind(row["kind"]), row["root_key"], row["parameters"], row["reason"])
    _end(unit, command, {"state": "DONE"})
    return {"run": True}


@handles(NoteBatchItemFailure)
def note_failure(command: NoteBatchItemFailure, unit: UnitOfWork) -> Answer:
    """Mark the item failed, unless it has been dealt with in the meantime."""
    if _claim(unit, command.batch_key, command.position) is not None:
        _end(unit, command, {"state": "FAILED", "code": command.code, "message": command.message})
    return {"batch_key": command.batch_key}


def _claim(unit: UnitOfWork, batch_key: int, position: int) -> Mapping[Any, Any] | None:
    """Lock a pending item until the end of the transaction; None if it is not pending or another holds it."""
    query = (
        select(batch_item.c.root_key, batch_operation.c.kind, batch_operation.c.parameters, batch_operation.c.reason)
        .join(batch_operation, batch_operation.c.key == batch_item.c.batch_key)
        .where(batch_item.c.batch_key == batch_key, batch_item.c.position == position, batch_item.c.state == "PENDING")
    )
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update(of=batch_item, skip_locked=True)
    return unit.connection.execute(query).mappings().first()


def _end(unit: UnitOfWork, command: RunBatchItem | NoteBatchItemFailure, values: Mapping[str, Any]) -> None:
    this = (batch_item.c.batch_key == command.batch_key) & (batch_item.c.position == command.position)
    unit.connection.execute(update(batch_item).where(this).values(ended_at=unit.now, **values))
