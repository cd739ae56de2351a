"""Report that a job failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from engine.commands.handlers import Answer, handles
from engine.commands.jobs import element_instance_of, open_job
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.execution import Machine
from engine.history.event import moment_text
from engine.history.events import JobFailed


@dataclass(frozen=True, slots=True)
class FailJob:
    """Say that the job ``key`` failed and how many retries are left; it is offered again after ``back_off`` ms."""

    key: int
    retries: int
    message: str = ""
    back_off: int = 0
    variables: Mapping[str, Any] = field(default_factory=dict)
    fence: int | None = None


@runs(JobFailed)
def run(event: JobFailed, source: MachineSource) -> Machine | None:
    """With no retries left an incident is raised; the worker's variables become local to the element."""
    if event.retries > 0 and not event.variables:
        return None
    machine = source.load()
    if event.variables:
        machine.variables_set(event.element_instance_key, event.variables, True)
    if event.retries <= 0:
        machine.job_failed_without_retries(event.key, event.message or "作业失败，没有剩余的重试次数。")
    return machine


@handles(FailJob)
def handle(command: FailJob, unit: UnitOfWork) -> Answer:
    """Fail. Raises WorkerOnly, JobUnknown, JobNotOpen, JobTaken, CaseEnded, CaseSuspended."""
    case = open_job(unit, command.key, command.fence)
    retry_at = moment_text(unit.now + timedelta(milliseconds=command.back_off)) if command.back_off > 0 else None
    case.execute(
        JobFailed(
            key=command.key,
            element_instance_key=element_instance_of(unit, command.key),
            retries=max(0, command.retries),
            message=command.message,
            retry_at=retry_at,
            variables=dict(command.variables),
        )
    )
    return {"key": command.key}
