"""Forget idempotency keys of long ago: nobody sends such a request again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.store.tables.general import request_key

KEPT = timedelta(days=30)
"""How long a repeated request is given its first answer."""
SLICE = timedelta(days=1)
"""What is forgotten in one transaction, so that no other waits long."""


@dataclass(frozen=True, slots=True)
class DropOldRequests:
    """Forget the oldest day of keys that are kept no longer."""


@handles(DropOldRequests)
def handle(command: DropOldRequests, unit: UnitOfWork) -> Answer:
    """Forget them; ``dropped`` is 0 when there are none."""
    created = request_key.c.created_at
    oldest = unit.connection.execute(select(func.min(created))).scalar()
    if oldest is None or oldest > unit.now - KEPT:
        return {"dropped": 0}
    until = min(oldest + SLICE, unit.now - KEPT)
    return {"dropped": unit.connection.execute(delete(request_key).where(created <= until)).rowcount}
