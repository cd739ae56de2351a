"""What becomes of all that hangs on a user task when the user task goes."""

from __future__ import annotations

from engine.history.event import Event
from engine.store.batch import Batch
from engine.store.tables.actions import handover, held_completion, signer
from engine.store.tables.runtime import user_task


def release_bound(event: Event, batch: Batch) -> None:
    """Cancel the bound user tasks of a user task that is cut short, with what was held for it."""
    key = event.payload["key"]
    ended = {"state": "CANCELED", "ended_at": event.at}
    batch.update_where(user_task, {"bound_to": key, "state": "CREATED"}, ended)
    for state in ("OPEN", "WAITING"):
        batch.update_where(signer, {"task_key": key, "state": state}, ended)
    batch.update_where(handover, {"task_key": key, "state": "OPEN"}, {"state": "DONE", "ended_at": event.at})
    batch.delete_where(held_completion, "task_key", key)
