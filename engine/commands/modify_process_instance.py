"""Move tokens by hand: activate elements and terminate element instances of a running case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.errors import NotFound
from engine.execution import Machine
from engine.history.events import ProcessInstanceModified
from engine.store.tables.runtime import element_instance


@dataclass(frozen=True, slots=True)
class Activation:
    """One element to activate. ``variables`` by scope element id; None for the process instance."""

    element_id: str
    variables: Mapping[str | None, Mapping[str, Any]] = field(default_factory=dict)
    ancestor_key: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Terminate the instances of ``source``, an element's id or an element instance's key, and activate for each."""

    source: str | int
    target: Activation


@dataclass(frozen=True, slots=True)
class ModifyProcessInstance:
    """First activate, then terminate, in the case ``key``: what is activated keeps alive what would else end.

    ``terminate_elements`` names elements of which every instance that is active is terminated.
    """

    key: int
    activate: Sequence[Activation] = ()
    terminate: Sequence[int] = ()
    reason: str = ""
    terminate_elements: Sequence[str] = ()
    moves: Sequence[Move] = ()


class NothingToMove(NotFound):
    """No instance of the element is active."""

    code = "commands.nothing-to-move"


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
    """Modify, all or nothing. Raises AdministratorOnly, CaseUnknown, NothingToMove and what is refused else."""
    require_administrator(unit.actor)
    case = unit.open_case(command.key)
    case.require_live()
    activate, terminate = _resolve(unit, command)
    production = case.execute(
        ProcessInstanceModified(
            activate=[
                {
                    "element_id": item.element_id,
                    "variables": {name or "": dict(values) for name, values in item.variables.items()},
                    "ancestor_key": item.ancestor_key,
                }
                for item in activate
            ],
            terminate=terminate,
            reason=command.reason,
        )
    )
    return {"key": command.key, "case_ended": production.ended}


def _resolve(unit: UnitOfWork, command: ModifyProcessInstance) -> tuple[list[Activation], list[int]]:
    """What to activate and to terminate, with elements replaced by those of their instances that are active now."""
    activate, terminate = list(command.activate), list(command.terminate)
    for element_id in command.terminate_elements:
        terminate += _active(unit, command.key, element_id)
    for move in command.moves:
        sources = [move.source] if isinstance(move.source, int) else _active(unit, command.key, move.source)
        terminate += sources
        activate += [move.target] * len(sources)
    return activate, list(dict.fromkeys(terminate))


def _active(unit: UnitOfWork, root_key: int, element_id: str) -> list[int]:
    columns = element_instance.c
    query = select(columns.key).where(
        columns.root_key == root_key, columns.element_id == element_id, columns.state == "ACTIVE"
    )
    keys = [int(key) for key in unit.connection.execute(query.order_by(columns.key)).scalars()]
    if not keys:
        raise NothingToMove(f"元素 {element_id} 没有正在进行的实例，请核对元素编号。")
    return keys
