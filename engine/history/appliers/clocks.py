"""What becomes of the clocks of a case."""

from __future__ import annotations

from datetime import datetime

from engine.history.appliers.registry import applies
from engine.history.event import Event, moment_from_text
from engine.store.batch import Batch
from engine.store.tables.deadlines import clock


@applies("clock_started")
def clock_started(event: Event, batch: Batch) -> None:
    """A time limit begins to run."""
    payload = event.payload
    batch.insert(
        clock,
        {
            "key": payload["key"],
            "root_key": event.root_key,
            "limit_id": payload["limit_id"],
            "name": payload["name"],
            "status": payload["status"],
            "due_at": _moment(payload["due_at"]),
            "amber_at": _moment(payload["amber_at"]),
            "provisional": payload["provisional"],
            "calendar_version": payload["calendar_version"],
            "state": payload["state"],
        },
    )


@applies("clock_changed")
def clock_changed(event: Event, batch: Batch) -> None:
    """A time limit was suspended, resumed, extended, restarted, stopped or reckoned anew."""
    payload = event.payload
    batch.update(
        clock,
        (payload["key"],),
        {
            "status": payload["status"],
            "due_at": _moment(payload["due_at"]),
            "amber_at": _moment(payload["amber_at"]),
            "provisional": payload["provisional"],
            "calendar_version": payload["calendar_version"],
            "state": payload["state"],
        },
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else moment_from_text(text)
