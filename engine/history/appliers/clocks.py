"""What becomes of the clocks of a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.history.appliers.registry import applies
from engine.history.event import Event, moment_if_any
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
            "due_at": moment_if_any(payload["due_at"]),
            "amber_at": moment_if_any(payload["amber_at"]),
            "provisional": payload["provisional"],
            "calendar_version": payload["calendar_version"],
            "state": payload["state"],
            "warned": None,
            "watch_at": _watch_at(payload),
        },
    )


@applies("clock_changed")
def clock_changed(event: Event, batch: Batch) -> None:
    """A time limit was suspended, resumed, extended, restarted, stopped or reckoned anew."""
    payload = event.payload
    values = {
        "status": payload["status"],
        "due_at": moment_if_any(payload["due_at"]),
        "amber_at": moment_if_any(payload["amber_at"]),
        "provisional": payload["provisional"],
        "calendar_version": payload["calendar_version"],
        "state": payload["state"],
    }
    record = payload["record"]
    if payload["status"] != "running" or record["old_due_at"] != record["new_due_at"]:
        # Another due date: people are warned anew.
        values |= {"warned": None, "watch_at": _watch_at(payload)}
    batch.update(clock, (payload["key"],), values)


@applies("clock_light_reached")
def clock_light_reached(event: Event, batch: Batch) -> None:
    """People were told of a light; the next one is watched for."""
    payload = event.payload
    next_at = moment_if_any(payload["next_at"])
    batch.update(clock, (payload["key"],), {"warned": payload["light"], "watch_at": next_at})


@applies(
    "clock_suspended",
    "clock_resumed",
    "clock_extended",
    "clock_restarted",
    "clock_stopped",
    "clock_start_corrected",
    "clocks_recomputed",
    "calendar_proposed",
    "calendar_proposal_confirmed",
    "calendar_proposal_rejected",
)
def told_by_clock_changed(event: Event, batch: Batch) -> None:
    """The ``clock_changed`` that follows says what changes; calendars concern no case."""


def _watch_at(payload: Mapping[str, Any]) -> datetime | None:
    """A least time that must be left has nothing to warn of, nor has a clock that stands still."""
    term = payload["state"]["term"]
    leaves_time = term["direction"] == "minimum" and term["counting"] == "forward"
    return None if payload["status"] != "running" or leaves_time else moment_if_any(payload["amber_at"])
