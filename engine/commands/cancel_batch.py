"""Call off what is left of an operation on many cases."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.queries.batches import BatchUnknown
from engine.store.tables.batches import batch_item, batch_operation


@dataclass(frozen=True, slots=True)
class CancelBatch:
    """Leave the cases alone that the operation ``key`` has not come to yet."""

    key: int


@handles(CancelBatch)
def handle(command: CancelBatch, unit: UnitOfWork) -> Answer:
    """Call it off; what is done stays done. Raises AdministratorOnly, BatchUnknown."""
    require_administrator(unit.actor)
    this = batch_operation.c.key == command.key
    if unit.connection.execute(select(batch_operation.c.key).where(this)).first() is None:
        raise BatchUnknown(f"没有键为 {command.key} 的批量操作。")
    left = (batch_item.c.batch_key == command.key) & (batch_item.c.state == "PENDING")
    canceled = unit.connection.execute(update(batch_item).where(left).values(state="CANCELED", ended_at=unit.now))
    if canceled.rowcount:
        unit.connection.execute(update(batch_operation).where(this).values(canceled_at=unit.now))
    return {"key": command.key, "canceled": canceled.rowcount}
