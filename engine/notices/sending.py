"""The outbox: what is due is leased, handed over outside any transaction, and reported; what fails is tried again.

Any number of processes may send at once. One that dies leaves a lease that runs out, and another takes over; so a
notice may in the worst case be sent twice, under the same message id, and never not at all.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update

from engine.commands.actor import SCHEDULER
from engine.commands.bus import CommandBus
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.notices.channels import CHANNELS, NotDelivered
from engine.queries.settings import policy_of
from engine.store.database import reading
from engine.store.tables.notices import notice, outbox

logger = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(minutes=10)
"""Longer than a batch of sendings may take."""
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
MOST_ATTEMPTS = 12
"""About two days; then it is given up and shown to administrators."""


@dataclass(frozen=True, slots=True)
class LeaseLetters:
    """Take up to ``count`` letters that are due, for a while."""

    count: int = BATCH


@dataclass(frozen=True, slots=True)
class NoteSending:
    """Keep what came of a letter taken under ``fence``; ``error`` None means that it was handed over."""

    key: int
    channel: str
    fence: int
    error: str | None = None


def send_due(bus: CommandBus) -> int:
    """Send what is due and return how many letters were handed over."""
    if not _any_due(bus):
        return 0
    letters = bus.execute(LeaseLetters(), SCHEDULER)["letters"]
    with reading(bus.engine) as connection:
        policy = policy_of(connection, bus.vault)
    sent = 0
    for letter in letters:
        channel = CHANNELS.get(letter["channel"])
        error = None
        try:
            if channel is None:
                raise NotDelivered(f"没有名为 {letter['channel']} 的发送方式。")
            channel.send(policy, letter["address"], letter["text"], f"{letter['key']}.{letter['channel']}")
            sent += 1
        except NotDelivered as failure:
            error = failure.message
            logger.warning("notice %s was not delivered: %s", letter["key"], error)
        bus.execute(NoteSending(letter["key"], letter["channel"], letter["fence"], error), SCHEDULER)
    return sent


@handles(LeaseLetters)
def lease(command: LeaseLetters, unit: UnitOfWork) -> Answer:
    """Lease them; on PostgreSQL those that another process is taking are passed over."""
    columns = outbox.c
    query = (
        select(outbox, notice.c.text)
        .join(notice, notice.c.key == columns.key)
        .where(*_due(unit.now))
        .order_by(columns.due_at, columns.key)
        .limit(command.count)
    )
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True, of=outbox)
    letters = []
    for row in unit.connection.execute(query).mappings().all():
        fence = row["fence"] + 1
        values = {"status": "leased", "lock_until": unit.now + LEASE, "fence": fence, "attempts": row["attempts"] + 1}
        unit.connection.execute(update(outbox).where(*_is(row["key"], row["channel"])).values(values))
        letters.append(
            {
                "key": row["key"],
                "channel": row["channel"],
                "address": row["address"],
                "text": row["text"],
                "fence": fence,
            }
        )
    return {"letters": letters}


@handles(NoteSending)
def note(command: NoteSending, unit: UnitOfWork) -> Answer:
    """Keep it, unless the lease has passed to another meanwhile."""
    this = (*_is(command.key, command.channel), outbox.c.fence == command.fence, outbox.c.status == "leased")
    row = unit.connection.execute(select(outbox.c.attempts).where(*this)).first()
    if row is None:
        return {"kept": False}
    if command.error is None:
        values = {"status": "sent", "sent_at": unit.now, "lock_until": None, "last_error": None}
    else:
        pause = min(FIRST_RETRY * 2 ** min(row.attempts - 1, 12), LONGEST_RETRY)
        status = "failed" if row.attempts >= MOST_ATTEMPTS else "ready"
        values = {"status": status, "due_at": unit.now + pause, "lock_until": None, "last_error": command.error}
    unit.connection.execute(update(outbox).where(*this).values(values))
    return {"kept": True}


def _any_due(bus: CommandBus) -> bool:
    """Look before leasing: leasing writes, and mostly there is nothing to send."""
    with reading(bus.engine) as connection:
        return connection.execute(select(outbox.c.key).where(*_due(bus.clock.now())).limit(1)).first() is not None


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    columns = outbox.c
    return (
        or_(columns.status == "ready", (columns.status == "leased") & (columns.lock_until <= now)),
        columns.due_at <= now,
    )


def _is(key: int, channel: str) -> tuple[ColumnElement[bool], ...]:
    return outbox.c.key == key, outbox.c.channel == channel
