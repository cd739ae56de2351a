"""What becomes of timers and jobs."""

from __future__ import annotations

from typing import Any

from engine.history.appliers.registry import applies
from engine.history.event import Event, moment_if_any
from engine.store.batch import Batch
from engine.store.tables.runtime import job


@applies("timer_scheduled")
def timer_scheduled(event: Event, batch: Batch) -> None:
    """A timer waits for its moment; without one it waits for the clock that it follows."""
    due_at = moment_if_any(event.payload["due_at"])
    _insert(
        event,
        batch,
        kind="timer",
        type="timer",
        status="waiting" if due_at is None else "ready",
        due_at=due_at,
        follows_clock=event.payload["follows_clock"],
        retries=1,
        headers={},
    )


@applies("timer_rescheduled")
def timer_rescheduled(event: Event, batch: Batch) -> None:
    """The clock that a timer follows has a new due moment, or none for now."""
    due_at = moment_if_any(event.payload["due_at"])
    status = "waiting" if due_at is None else "ready"
    batch.update(job, (event.payload["key"],), {"due_at": due_at, "status": status})


@applies("job_created")
def job_created(event: Event, batch: Batch) -> None:
    """A worker is wanted."""
    payload = event.payload
    _insert(
        event,
        batch,
        kind=payload["kind"],
        type=payload["type"],
        status="ready",
        due_at=event.at,
        follows_clock=None,
        retries=payload["retries"],
        headers=payload["headers"],
        listener_event=payload["listener_event"],
    )


@applies("job_error_thrown")
def job_error_thrown(event: Event, batch: Batch) -> None:
    """A job is over with a BPMN error."""
    job_done(event, batch)
    batch.update(job, (event.payload["key"],), {"error_code": event.payload["error_code"]})


@applies("timer_fired", "job_completed")
def job_done(event: Event, batch: Batch) -> None:
    """A timer or job is over."""
    batch.update(job, (event.payload["key"],), {"status": "done", "ended_at": event.at, "lock_until": None})


@applies("timer_canceled", "job_canceled")
def job_canceled(event: Event, batch: Batch) -> None:
    """A timer or job is wanted no longer."""
    batch.update(job, (event.payload["key"],), {"status": "cancelled", "ended_at": event.at, "lock_until": None})


@applies("job_failed")
def job_failed(event: Event, batch: Batch) -> None:
    """A worker failed: the job waits for its next try, or for the incident to be resolved."""
    payload = event.payload
    batch.update(
        job,
        (payload["key"],),
        {
            "status": "ready" if payload["retries"] > 0 else "failed",
            "retries": payload["retries"],
            "due_at": moment_if_any(payload["retry_at"]) or event.at,
            "last_error": payload["message"],
            "lock_until": None,
        },
    )


@applies("job_retries_updated")
def job_retries_updated(event: Event, batch: Batch) -> None:
    """A job may be tried again; one with an open incident waits until that is resolved."""
    batch.update(job, (event.payload["key"],), {"retries": event.payload["retries"]})


@applies("incident_retried")
def incident_retried(event: Event, batch: Batch) -> None:
    """A job whose incident is resolved is offered again."""
    payload = event.payload
    if payload["job_key"] is not None:
        values = {"status": "ready", "retries": payload["job_retries"], "due_at": event.at, "lock_until": None}
        batch.update(job, (payload["job_key"],), values)


def _insert(event: Event, batch: Batch, **values: Any) -> None:
    payload = event.payload
    batch.insert(
        job,
        {
            "key": payload["key"],
            "root_key": event.root_key,
            "process_instance_key": payload["process_instance_key"],
            "element_instance_key": payload["element_instance_key"],
            "element_id": payload["element_id"],
            "lock_owner": None,
            "lock_until": None,
            "fence": 0,
            "attempts": 0,
            "last_error": None,
            "error_code": None,
            "listener_event": None,
            "created_at": event.at,
            "ended_at": None,
            **values,
        },
    )
