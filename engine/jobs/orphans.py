"""Takes away what nobody needs: uploads that nothing took, contents that no document names, old idempotency keys."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from engine.commands.actor import SCHEDULER
from engine.commands.bus import CommandBus
from engine.commands.drop_old_requests import DropOldRequests
from engine.commands.drop_orphans import DropOrphanedDocuments, SweepContent, orphaned
from engine.store.database import reading
from engine.store.tables.general import document

YOUNG = timedelta(days=1)
"""What was put less long ago may belong to an upload that is being entered."""
_PART = 500


def drop_orphans(bus: CommandBus) -> int:
    """Delete uploads that nothing took in time, and exports that nobody fetches any more; return how many."""
    with reading(bus.engine) as connection:
        if connection.execute(orphaned(connection, bus.clock.now()).limit(1)).first() is None:
            return 0
    return int(bus.execute(DropOrphanedDocuments(), SCHEDULER)["dropped"])


def drop_old_requests(bus: CommandBus) -> int:
    """Forget idempotency keys that are kept no longer; return how many."""
    dropped = 0
    while some := int(bus.execute(DropOldRequests(), SCHEDULER)["dropped"]):
        dropped += some
    return dropped


def sweep_contents(bus: CommandBus) -> int:
    """Remove the contents that no document names; return how many."""
    removed, part = 0, []
    for digest in bus.sources.contents.older_than(bus.clock.now() - YOUNG):
        part.append(digest)
        if len(part) == _PART:
            removed += _sweep(bus, part)
            part = []
    return removed + _sweep(bus, part)


def _sweep(bus: CommandBus, digests: list[str]) -> int:
    with reading(bus.engine) as connection:
        query = select(document.c.digest).where(document.c.digest.in_(digests))
        named = set(connection.execute(query).scalars())
    return sum(bool(bus.execute(SweepContent(each), SCHEDULER)["removed"]) for each in digests if each not in named)
