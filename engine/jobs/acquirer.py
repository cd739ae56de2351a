"""Fires due timers. Any number of processes may do so at once: the case's lock and the job's status decide who does.

A timer is fired in the transaction that marks it done, so that a crash at any moment loses none and doubles none.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from engine.commands.actor import SCHEDULER
from engine.commands.bus import CommandBus
from engine.commands.errors import CaseBusy, CaseEnded, CaseSuspended
from engine.commands.fire_timer import FireTimer
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import BanjieError
from engine.store.database import reading
from engine.store.tables.runtime import job, process_instance

logger = logging.getLogger(__name__)

BATCH = 100
"""How many due timers one round takes up."""

FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NoteTimerFailure:
    """Keep why a timer could not be fired, and try again later."""

    key: int
    message: str


def fire_due_timers(bus: CommandBus) -> int:
    """Fire the timers that are due now and return how many were fired here. One that fails is tried again later."""
    fired = 0
    for key in _due(bus, bus.clock.now()):
        try:
            fired += bool(bus.execute(FireTimer(key), SCHEDULER)["fired"])
        except (CaseBusy, CaseSuspended, CaseEnded):
            continue
        except BanjieError as error:
            logger.error("timer %s could not be fired: %s", key, error.message)
            bus.execute(NoteTimerFailure(key, error.message), SCHEDULER)
        except Exception as error:
            # A mistake of the program in one case must not hold up the timers of all others.
            logger.exception("timer %s could not be fired", key)
            bus.execute(NoteTimerFailure(key, repr(error)), SCHEDULER)
    return fired


@handles(NoteTimerFailure)
def note_timer_failure(command: NoteTimerFailure, unit: UnitOfWork) -> Answer:
    """Count the attempt and put the next one off, twice as long each time."""
    query = select(job.c.attempts, job.c.status).where(job.c.key == command.key)
    row = unit.connection.execute(query).one()
    if row.status == "ready":
        pause = min(FIRST_RETRY * 2 ** min(row.attempts, 12), LONGEST_RETRY)
        unit.connection.execute(
            update(job)
            .where(job.c.key == command.key)
            .values(attempts=row.attempts + 1, last_error=command.message, lock_until=unit.now + pause)
        )
    return {"key": command.key}


def next_due(bus: CommandBus) -> datetime | None:
    """Return when the next timer falls due, for those who wait on a clock of their own."""
    with reading(bus.engine) as connection:
        query = select(job.c.due_at).where(*_WAITING).order_by(job.c.due_at).limit(1)
        due: datetime | None = connection.execute(query).scalar()
        return due


_WAITING = (job.c.kind == "timer", job.c.status == "ready")


def _due(bus: CommandBus, now: datetime) -> list[int]:
    with reading(bus.engine) as connection:
        query = (
            select(job.c.key)
            .join(process_instance, process_instance.c.key == job.c.root_key)
            .where(
                *_WAITING,
                job.c.due_at <= now,
                process_instance.c.suspended.is_(False),
                (job.c.lock_until.is_(None)) | (job.c.lock_until <= now),
            )
            .order_by(job.c.due_at, job.c.key)
            .limit(BATCH)
        )
        return [int(key) for key in connection.execute(query).scalars()]
