"""End a case before its end."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.execution import Machine
from engine.history.events import ProcessInstanceCanceled


@dataclass(frozen=True, slots=True)
class CancelProcessInstance:
    """Terminate everything that is active in the case ``key``; the reason is kept."""

    key: int
    reason: str


@runs(ProcessInstanceCanceled)
def run(event: ProcessInstanceCanceled, source: MachineSource) -> Machine:
    """Terminate all."""
    machine = source.load()
    machine.terminate()
    return machine


@handles(CancelProcessInstance)
def handle(command: CancelProcessInstance, unit: UnitOfWork) -> Answer:
    """Cancel; a suspended case can be cancelled too. Raises AdministratorOnly, CaseUnknown, CaseEnded."""
    require_administrator(unit.actor)
    case = unit.open_case(command.key)
    case.suspend(False)
    case.require_live()
    case.execute(ProcessInstanceCanceled(reason=command.reason))
    return {"key": command.key}
