"""Let a case stand still, and let it go on."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.events import ProcessInstanceResumed, ProcessInstanceSuspended

runs(ProcessInstanceSuspended)(untouched)
runs(ProcessInstanceResumed)(untouched)


@dataclass(frozen=True, slots=True)
class SuspendProcessInstance:
    """Allow nothing in the case ``key`` until it is resumed. Its legal clocks run on: only law suspends them."""

    key: int
    reason: str


@dataclass(frozen=True, slots=True)
class ResumeProcessInstance:
    """Let the suspended case ``key`` go on; what fell due meanwhile fires at the next tick."""

    key: int


@handles(SuspendProcessInstance)
def handle_suspend(command: SuspendProcessInstance, unit: UnitOfWork) -> Answer:
    """Suspend. Raises AdministratorOnly, CaseUnknown, CaseEnded, CaseSuspended."""
    require_administrator(unit.actor)
    case = unit.open_case(command.key)
    case.require_live()
    case.execute(ProcessInstanceSuspended(reason=command.reason))
    case.suspend(True)
    return {"key": command.key}


@handles(ResumeProcessInstance)
def handle_resume(command: ResumeProcessInstance, unit: UnitOfWork) -> Answer:
    """Resume; a case that is not suspended stays as it is. Raises AdministratorOnly, CaseUnknown."""
    require_administrator(unit.actor)
    case = unit.open_case(command.key)
    if case.suspended:
        case.suspend(False)
        case.execute(ProcessInstanceResumed())
    return {"key": command.key}
