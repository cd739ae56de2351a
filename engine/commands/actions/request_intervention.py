"""Ask the procedure's owner for 跳转 (a jump to another step) or 终止 (ending the case)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.actions.errors import NoOwner, TargetUnknown
from engine.commands.actions.levels import levels_from
from engine.commands.actions.shared import members, require_reason
from engine.commands.errors import CaseUnknown
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.definitions.model import ElementType
from engine.history.action_events import InterventionRequested
from engine.queries.sight import Sight, sight_of
from engine.store.keys import draw_key
from engine.store.tables.runtime import element_instance

JUMP, TERMINATE = "JUMP", "TERMINATE"
NO_TARGETS = frozenset({ElementType.BOUNDARY_EVENT, ElementType.EVENT_SUB_PROCESS, ElementType.START_EVENT})


@dataclass(frozen=True, slots=True)
class RequestIntervention:
    """Ask to end the case, or to cut the element instances ``terminate`` short and go on at ``element_id``."""

    process_instance_key: int
    kind: str
    reason: str
    element_id: str | None = None
    terminate: Sequence[int] = ()


@handles(RequestIntervention)
def handle(command: RequestIntervention, unit: UnitOfWork) -> Answer:
    """Ask; nothing else happens before the owner agrees.

    Raises CaseUnknown, CaseEnded, ReasonMissing, TargetUnknown, NoOwner.
    """
    if command.kind not in (JUMP, TERMINATE):
        raise ValueError(f"no such intervention: {command.kind}")
    if sight_of(unit.connection, unit.actor, command.process_instance_key) is Sight.NOTHING:
        raise CaseUnknown(f"没有编号为 {command.process_instance_key} 的案件，或者您无权查看。")
    reason = require_reason(command.reason)
    case = unit.open_case(command.process_instance_key)
    case.require_live()
    if command.kind == JUMP:
        _require_places(unit, command, case.definition_key)
    key = draw_key(unit.connection)
    owners = owner_groups(unit, case.definition_key, unit.actor.id)
    case.execute(
        InterventionRequested(
            key=key,
            kind=command.kind,
            element_id=command.element_id if command.kind == JUMP else None,
            terminate=list(command.terminate) if command.kind == JUMP else [],
            owner_groups=owners,
            reason=reason,
        )
    )
    return {"key": key, "owner_groups": owners}


def owner_groups(unit: UnitOfWork, definition_key: int, but: str) -> list[str]:
    """Return the role that decides: the head of the procedure's department, else the next level up; raise NoOwner."""
    department = unit.sources.definitions.model(unit.connection, definition_key).properties.get("department")
    for group in levels_from(f"科室负责人@{department}") if department else ():
        if members(unit.connection, [group]) - {but}:
            return [group]
    raise NoOwner("找不到可以批准的流程主管：请在流程图中写明主管科室，并为其配置负责人。")


def _require_places(unit: UnitOfWork, command: RequestIntervention, definition_key: int) -> None:
    node = unit.sources.definitions.model(unit.connection, definition_key).node(command.element_id or "")
    if node is None or node.type in NO_TARGETS:
        raise TargetUnknown("流程中没有可以跳转到的这一步骤，请重新选择。")
    query = select(element_instance.c.key).where(
        element_instance.c.root_key == command.process_instance_key,
        element_instance.c.state == "ACTIVE",
        element_instance.c.type != "PROCESS",
    )
    alive = set(unit.connection.execute(query).scalars())
    if not command.terminate or not set(command.terminate) <= alive:
        raise TargetUnknown("请选择要离开的步骤；所选步骤可能已经办结，请刷新。")
