"""Watches seals that were taken out: whoever keeps them is told when one is not back in time."""

from __future__ import annotations

import logging

from sqlalchemy import select

from engine.commands.actor import SCHEDULER
from engine.commands.bus import CommandBus
from engine.commands.errors import CaseBusy
from engine.commands.note_seal_overdue import NoteSealOverdue
from engine.errors import BanjieError
from engine.store.database import reading
from engine.store.tables.issuing import seal_loan

logger = logging.getLogger(__name__)

BATCH = 100


def watch_seals(bus: CommandBus) -> int:
    """Tell of seals that are overdue; return how many were told of."""
    columns = seal_loan.c
    query = select(columns.key).where(columns.watch_at <= bus.clock.now()).order_by(columns.watch_at, columns.key)
    with reading(bus.engine) as connection:
        keys = list(connection.execute(query.limit(BATCH)).scalars())
    told = 0
    for key in keys:
        try:
            told += bool(bus.execute(NoteSealOverdue(key), SCHEDULER)["told"])
        except CaseBusy:
            continue
        except BanjieError as error:
            logger.error("seal loan %s could not be told of: %s", key, error.message)
        except Exception:
            # A mistake of the program in one case must not hold up what is for all others.
            logger.exception("seal loan %s could not be told of", key)
    return told
