"""Throw a BPMN error from a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.handlers import Answer, handles
from engine.commands.jobs import open_job
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.execution import Machine
from engine.history.events import JobErrorThrown


@dataclass(frozen=True, slots=True)
class ThrowJobError:
    """Throw the error ``error_code`` from the job ``key``; what catches it gets the variables."""

    key: int
    error_code: str
    message: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)
    fence: int | None = None


@runs(JobErrorThrown)
def run(event: JobErrorThrown, source: MachineSource) -> Machine:
    """Go on from what catches the error; an incident where nothing does."""
    machine = source.load()
    machine.job_error_thrown(event.key, event.error_code, event.message, event.variables)
    return machine


@handles(ThrowJobError)
def handle(command: ThrowJobError, unit: UnitOfWork) -> Answer:
    """Throw. Raises WorkerOnly, JobUnknown, JobNotOpen, JobTaken, CaseEnded, CaseSuspended."""
    case = open_job(unit, command.key, command.fence)
    case.execute(
        JobErrorThrown(
            key=command.key,
            error_code=command.error_code,
            message=command.message,
            variables=dict(command.variables),
        )
    )
    return {"key": command.key}
