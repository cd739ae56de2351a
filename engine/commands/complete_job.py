"""Report a job done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.handlers import Answer, handles
from engine.commands.jobs import open_job
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.execution import Machine
from engine.history.events import JobCompleted


@dataclass(frozen=True, slots=True)
class CompleteJob:
    """Finish the job ``key``; its result becomes variables by the element's output mappings.

    With ``fence`` (given when the job was activated) a worker whose lease has passed to another is refused.
    """

    key: int
    variables: Mapping[str, Any] = field(default_factory=dict)
    fence: int | None = None


@runs(JobCompleted)
def run(event: JobCompleted, source: MachineSource) -> Machine:
    """Go on from the job's element."""
    machine = source.load()
    machine.job_completed(event.key, event.variables)
    return machine


@handles(CompleteJob)
def handle(command: CompleteJob, unit: UnitOfWork) -> Answer:
    """Complete. Raises AdministratorOnly, JobUnknown, JobNotOpen, JobTaken, CaseEnded, CaseSuspended."""
    case = open_job(unit, command.key, command.fence)
    production = case.execute(JobCompleted(key=command.key, variables=dict(command.variables)))
    return {"key": command.key, "case_ended": production.ended}
