"""Set variables of a running case from outside its tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.administration import require_administrator
from engine.commands.errors import CaseUnknown
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.execution import Machine
from engine.history.events import VariablesUpdated
from engine.store.tables.runtime import element_instance


@dataclass(frozen=True, slots=True)
class UpdateVariables:
    """Set variables seen from the element instance ``scope_key``; in that very scope with ``local``."""

    scope_key: int
    variables: Mapping[str, Any]
    local: bool = False
    reason: str | None = None


@runs(VariablesUpdated)
def run(event: VariablesUpdated, source: MachineSource) -> Machine:
    """Set them; conditional events may follow."""
    machine = source.load()
    machine.variables_set(event.scope_key, event.variables, event.local)
    return machine


@handles(UpdateVariables)
def handle(command: UpdateVariables, unit: UnitOfWork) -> Answer:
    """Update. Raises AdministratorOnly, CaseUnknown, CaseEnded, CaseSuspended."""
    require_administrator(unit.actor)
    query = select(element_instance.c.root_key).where(element_instance.c.key == command.scope_key)
    row = unit.connection.execute(query).first()
    if row is None:
        raise CaseUnknown(f"没有键为 {command.scope_key} 的元素实例，请核对。")
    case = unit.open_case(row.root_key)
    case.require_live()
    case.execute(
        VariablesUpdated(
            scope_key=command.scope_key,
            variables=dict(command.variables),
            local=command.local,
            reason=command.reason,
        )
    )
    return {"key": command.scope_key}
