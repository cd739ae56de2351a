"""One's own notices are read by oneself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import update

from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.store.tables.notices import notice


@dataclass(frozen=True, slots=True)
class ReadNotices:
    """Mark the actor's notices ``keys`` read; None means all of them."""

    keys: Sequence[int] | None = None


@handles(ReadNotices)
def handle(command: ReadNotices, unit: UnitOfWork) -> Answer:
    """Mark; those of others, and those read already, stay as they are."""
    wanted = update(notice).where(notice.c.user_id == unit.actor.id, notice.c.read_at.is_(None))
    if command.keys is not None:
        wanted = wanted.where(notice.c.key.in_(list(command.keys)))
    return {"read": unit.connection.execute(wanted.values(read_at=unit.now)).rowcount}
