"""Try again what failed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.administration import require_administrator
from engine.commands.errors import IncidentUnknown
from engine.commands.handlers import Answer, handles
from engine.commands.reoffer_user_task import UNHELD, require_reoffered
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.execution import Machine
from engine.history.events import IncidentRetried
from engine.store.tables.runtime import incident, job


@dataclass(frozen=True, slots=True)
class ResolveIncident:
    """Try the element of the incident ``key`` again, after its cause has been dealt with."""

    key: int


@runs(IncidentRetried)
def run(event: IncidentRetried, source: MachineSource) -> Machine:
    """Go on from the failed element; it may fail again, with a new incident."""
    machine = source.load()
    machine.incident_resolved(event.key)
    return machine


@handles(ResolveIncident)
def handle(command: ResolveIncident, unit: UnitOfWork) -> Answer:
    """Resolve. Raises AdministratorOnly, IncidentUnknown, CaseEnded, CaseSuspended, RoleStillUnheld."""
    require_administrator(unit.actor)
    columns = incident.c
    query = select(columns.root_key, columns.state, columns.job_key, columns.error_type).where(
        columns.key == command.key
    )
    row = unit.connection.execute(query).first()
    if row is None:
        raise _unknown(command.key)
    case = unit.open_case(row.root_key)
    # Another may have resolved it while this one waited for the case.
    row = unit.connection.execute(query).one()
    if row.state != "ACTIVE":
        raise _unknown(command.key)
    case.require_live()
    if row.error_type == UNHELD:
        require_reoffered(unit, case, command.key)
        return {"key": command.key}
    case.execute(IncidentRetried(key=command.key, job_key=row.job_key, job_retries=_retries(unit, row.job_key)))
    return {"key": command.key}


def _unknown(key: int) -> IncidentUnknown:
    return IncidentUnknown(f"没有键为 {key} 的未解决异常。")


def _retries(unit: UnitOfWork, job_key: int | None) -> int | None:
    """A job that is offered again is tried at least once more."""
    if job_key is None:
        return None
    return max(1, int(unit.connection.execute(select(job.c.retries).where(job.c.key == job_key)).scalar_one()))
