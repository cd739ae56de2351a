"""Takes up the cases of operations on many, one command a case. Any number of processes may do so at once."""

from __future__ import annotations

import logging

from sqlalchemy import select

from engine.commands.actor import SCHEDULER
from engine.commands.bus import CommandBus
from engine.commands.errors import CaseBusy
from engine.commands.run_batch_item import NoteBatchItemFailure, RunBatchItem
from engine.errors import BanjieError
from engine.identity.people import load_actor
from engine.store.database import reading
from engine.store.tables.batches import batch_item, batch_operation

logger = logging.getLogger(__name__)

BATCH = 100
"""How many cases one round takes up."""


def run_batches(bus: CommandBus) -> int:
    """Take up pending cases, oldest order first, and return how many were changed or refused here."""
    ended = 0
    for batch_key, position, actor_id in _pending(bus):
        try:
            ended += bool(_run(bus, RunBatchItem(batch_key, position), actor_id))
        except CaseBusy:
            continue
        except BanjieError as error:
            bus.execute(NoteBatchItemFailure(batch_key, position, error.code, error.message), SCHEDULER)
            ended += 1
        except Exception as error:
            # A mistake of the program in one case must not hold up the others.
            logger.exception("item %s of batch %s failed", position, batch_key)
            bus.execute(NoteBatchItemFailure(batch_key, position, "commands.failed", repr(error)), SCHEDULER)
            ended += 1
    return ended


def _run(bus: CommandBus, command: RunBatchItem, actor_id: str) -> bool:
    """Run an item as the one who ordered it, with the rights that one has now. Raises UserUnknown."""
    with reading(bus.engine) as connection:
        actor = load_actor(connection, actor_id)
    return bool(bus.execute(command, actor)["run"])


def _pending(bus: CommandBus) -> list[tuple[int, int, str]]:
    query = (
        select(batch_item.c.batch_key, batch_item.c.position, batch_operation.c.actor_id)
        .join(batch_operation, batch_operation.c.key == batch_item.c.batch_key)
        .where(batch_item.c.state == "PENDING")
        .order_by(batch_item.c.batch_key, batch_item.c.position)
        .limit(BATCH)
    )
    with reading(bus.engine) as connection:
        return [(row.batch_key, row.position, row.actor_id) for row in connection.execute(query)]
