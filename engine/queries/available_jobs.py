"""Whether there is anything for a worker to do: asked often, so that nothing is locked for nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, or_, select

from engine.store.tables.runtime import job


def job_waits(connection: Connection, type_: str, now: datetime) -> bool:
    """Return whether a job of a type waits for a worker, or was left by one whose lease ran out."""
    open_ = or_(job.c.status == "ready", (job.c.status == "leased") & (job.c.lock_until <= now))
    query = select(job.c.key).where(job.c.type == type_, job.c.kind != "timer", open_, job.c.due_at <= now).limit(1)
    return connection.execute(query).first() is not None
