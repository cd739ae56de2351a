"""Move tokens by hand: activate elements and terminate element instances of a running case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.execution import Machine
from engine.history.events import ProcessInstanceModified


@dataclass(frozen=True, slots=True)
class Activation:
    """One element to activate. ``variables`` by scope element id; None for the process instance."""

    element_id: str
    variables: Mapping[str | None, Mapping[str, Any]] = field(default_factory=dict)
    ancestor_key: int | None = None


@dataclass(frozen=True, slots=True)
class ModifyProcessInstance:
    """First activate, then terminate, in the case ``key``: what is activated keeps alive what would else end."""

    key: int
    activate: Sequence[Activation] = ()
    terminate: Sequence[int] = ()
    reason: str = ""


@runs(ProcessInstanceModified)
def run(event: ProcessInstanceModified, source: MachineSource) -> Machine:
    """Move the tokens."""
    machine = source.load()
    for item in event.activate:
        variables = {name or None: values for name, values in item["variables"].items()}
        machine.element_activated(item["element_id"], variables, item["ancestor_key"])
    for key in event.terminate:
        machine.element_terminated(key)
    return machine


@handles(ModifyProcessInstance)
def handle(command: ModifyProcessInstance, unit: UnitOfWork) -> Answer:
    """Modify, all or nothing. Raises AdministratorOnly, CaseUnknown, CaseEnded, CaseSuspended, ExecutionError."""
    require_administrator(unit.actor)
    case = unit.open_case(command.key)
    case.require_live()
    production = case.execute(
        ProcessInstanceModified(
            activate=[
                {
                    "element_id": item.element_id,
                    "variables": {name or "": dict(values) for name, values in item.variables.items()},
                    "ancestor_key": item.ancestor_key,
                }
                for item in command.activate
            ],
            terminate=list(command.terminate),
            reason=command.reason,
        )
    )
    return {"key": command.key, "case_ended": production.ended}
