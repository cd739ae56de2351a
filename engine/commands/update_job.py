"""Change how often a job is still tried, or how long its lease lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from engine.commands.handlers import Answer, handles
from engine.commands.jobs import open_job
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.events import JobRetriesUpdated
from engine.store.tables.runtime import job

runs(JobRetriesUpdated)(untouched)


@dataclass(frozen=True, slots=True)
class UpdateJob:
    """Set the retries of the job ``key`` and/or let its lease end ``timeout`` milliseconds from now."""

    key: int
    retries: int | None = None
    timeout: int | None = None


@handles(UpdateJob)
def handle(command: UpdateJob, unit: UnitOfWork) -> Answer:
    """Update. Raises WorkerOnly, JobUnknown, JobNotOpen, CaseEnded, CaseSuspended."""
    case = open_job(unit, command.key)
    if command.retries is not None:
        case.execute(JobRetriesUpdated(key=command.key, retries=command.retries))
    if command.timeout is not None:
        until = unit.now + timedelta(milliseconds=command.timeout)
        leased = (job.c.key == command.key) & (job.c.status == "leased")
        unit.connection.execute(update(job).where(leased).values(lock_until=until))
    return {"key": command.key}
