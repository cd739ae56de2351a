"""What an operation on many cases does to each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from engine.commands.cancel_process_instance import CancelProcessInstance
from engine.commands.handlers import handler_of
from engine.commands.migrate_process_instance import MigrateProcessInstance
from engine.commands.modify_process_instance import Activation, ModifyProcessInstance, Move
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.unit import UnitOfWork
from engine.errors import InvalidInput
from engine.execution.errors import ElementInstanceUnknown
from engine.store.tables.runtime import incident


class BatchKind(StrEnum):
    """What is done to each case."""

    CANCEL = "CANCEL"
    RESOLVE_INCIDENTS = "RESOLVE_INCIDENTS"
    MIGRATE = "MIGRATE"
    MODIFY = "MODIFY"


class BatchInvalid(InvalidInput):
    """The order names no cases, too many, or not what its kind needs."""

    code = "commands.batch-invalid"


def check_parameters(kind: BatchKind, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of an order as they are kept; raise BatchInvalid.

    MIGRATE takes ``definition_key`` and ``mapping`` (element ids, old to new), MODIFY ``moves`` (a list of
    ``source`` and ``target`` element ids), the others nothing.
    """
    wanted = _PARAMETERS[kind]
    unknown = set(parameters) - wanted.keys()
    if unknown:
        raise BatchInvalid(f"批量操作不认识参数：{'、'.join(sorted(unknown))}，请移除。")
    for name, fits in wanted.items():
        if not fits(parameters.get(name)):
            raise BatchInvalid(f"批量操作的参数 {name} 缺少或不合要求，请改正。")
    return dict(parameters)


def carry_out(unit: UnitOfWork, kind: BatchKind, root_key: int, parameters: Mapping[str, Any], reason: str) -> None:
    """Do to one case what was ordered, as the single command for it does; raises what that refuses."""
    match kind:
        case BatchKind.CANCEL:
            _handle(unit, CancelProcessInstance(root_key, reason))
        case BatchKind.MIGRATE:
            target, mapping = parameters["definition_key"], parameters.get("mapping") or {}
            _handle(unit, MigrateProcessInstance(root_key, target, mapping, reason))
        case BatchKind.MODIFY:
            moves = [Move(each["source"], Activation(each["target"])) for each in parameters["moves"]]
            _handle(unit, ModifyProcessInstance(root_key, reason=reason, moves=moves))
        case BatchKind.RESOLVE_INCIDENTS:
            _resolve_incidents(unit, root_key)


def _handle(unit: UnitOfWork, command: object) -> None:
    handler_of(command)(command, unit)


def _resolve_incidents(unit: UnitOfWork, root_key: int) -> None:
    unit.open_case(root_key)  # before looking: nobody adds or resolves one meanwhile
    query = select(incident.c.key).where(incident.c.root_key == root_key, incident.c.state == "ACTIVE")
    for key in unit.connection.execute(query.order_by(incident.c.key)).scalars().all():
        try:
            _handle(unit, ResolveIncident(key))
        except ElementInstanceUnknown:
            continue  # what an earlier one set going again has ended this element: nothing has changed by this


def _is_mapping(value: Any) -> bool:
    return value is None or (
        isinstance(value, Mapping) and all(isinstance(part, str) and part for pair in value.items() for part in pair)
    )


def _is_key(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _are_moves(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(each, Mapping)
            and each.keys() == {"source", "target"}
            and all(isinstance(part, str) and part for part in each.values())
            for each in value
        )
    )


_PARAMETERS: Mapping[BatchKind, Mapping[str, Callable[[Any], bool]]] = {
    BatchKind.CANCEL: {},
    BatchKind.RESOLVE_INCIDENTS: {},
    BatchKind.MIGRATE: {"definition_key": _is_key, "mapping": _is_mapping},
    BatchKind.MODIFY: {"moves": _are_moves},
}
