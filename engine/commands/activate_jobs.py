"""Hand jobs out to workers, each under a lease. Delivery is no history: what counts is what a worker reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select, update

from engine.commands.handlers import Answer, handles
from engine.commands.jobs import require_worker
from engine.commands.unit import UnitOfWork
from engine.queries.variables import visible_variables
from engine.store.tables.runtime import job, process_instance

MAXIMUM = 1000
"""How many jobs may be asked for at once."""


@dataclass(frozen=True, slots=True)
class ActivateJobs:
    """Lease up to ``maximum`` jobs of a type for ``timeout`` milliseconds to ``worker``."""

    type: str
    worker: str
    maximum: int = 1
    timeout: int = 300_000
    fetch: Sequence[str] | None = None
    """Names of variables to give along; None for all that are visible."""


@handles(ActivateJobs)
def handle(command: ActivateJobs, unit: UnitOfWork) -> Answer:
    """Lease. A job whose lease ran out is handed out again, with a higher fence. Raises WorkerOnly."""
    require_worker(unit.actor)
    query = (
        select(job, process_instance.c.process_id, process_instance.c.version, process_instance.c.definition_key)
        .join(process_instance, process_instance.c.key == job.c.process_instance_key)
        .where(
            job.c.type == command.type,
            job.c.kind != "timer",
            or_(
                job.c.status == "ready",
                (job.c.status == "leased") & (job.c.lock_until <= unit.now),
            ),
            job.c.due_at <= unit.now,
            process_instance.c.suspended.is_(False),
        )
        .order_by(job.c.due_at, job.c.key)
        .limit(max(0, min(command.maximum, MAXIMUM)))
    )
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update(of=job, skip_locked=True)
    rows = unit.connection.execute(query).mappings().all()
    return {"jobs": [_lease(command, unit, dict(row)) for row in rows]}


def _lease(command: ActivateJobs, unit: UnitOfWork, row: dict[str, Any]) -> dict[str, Any]:
    until = unit.now + timedelta(milliseconds=command.timeout)
    unit.connection.execute(
        update(job)
        .where(job.c.key == row["key"])
        .values(
            status="leased",
            lock_owner=command.worker,
            lock_until=until,
            fence=row["fence"] + 1,
            attempts=row["attempts"] + 1,
        )
    )
    variables = visible_variables(unit.connection, row["element_instance_key"])
    if command.fetch:
        variables = {name: value for name, value in variables.items() if name in command.fetch}
    return {
        "key": row["key"],
        "type": row["type"],
        "kind": row["kind"],
        "process_id": row["process_id"],
        "version": row["version"],
        "definition_key": row["definition_key"],
        "process_instance_key": row["process_instance_key"],
        "element_id": row["element_id"],
        "element_instance_key": row["element_instance_key"],
        "headers": row["headers"],
        "worker": command.worker,
        "retries": row["retries"],
        "deadline": int(until.timestamp() * 1000),
        "variables": variables,
        "fence": row["fence"] + 1,
    }
