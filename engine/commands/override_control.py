"""Let a user task pass in spite of a control: the right person, for a reason, before it is completed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.clocks.access import department_of, require_texts
from engine.commands.controls.registries import current_registry
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import require_open, unknown
from engine.errors import Forbidden, NotFound
from engine.history.control_events import ControlOverridden
from engine.store.tables.runtime import user_task

runs(ControlOverridden)(untouched)


class ControlUnknown(NotFound):
    """The register in force has no such control."""

    code = "controls.unknown"


class OverrideForbidden(Forbidden):
    """The control can't be overridden, or not by this person."""

    code = "controls.override-forbidden"


@dataclass(frozen=True, slots=True)
class OverrideControl:
    """Override control ``control_id`` for the user task ``key``."""

    key: int
    control_id: str
    reason: str


@handles(OverrideControl)
def handle(command: OverrideControl, unit: UnitOfWork) -> Answer:
    """Override; it counts when somebody else completes the user task.

    Raises UserTaskUnknown, UserTaskNotOpen, CaseEnded, CaseSuspended, GroundMissing, ControlUnknown,
    OverrideForbidden.
    """
    require_texts(理由=command.reason)
    registry = current_registry(unit.connection)
    control = None if registry is None else registry.controls.get(command.control_id)
    if registry is None or control is None:
        raise ControlUnknown(f"没有编号为 {command.control_id} 的控制。")
    row = unit.connection.execute(select(user_task).where(user_task.c.key == command.key)).mappings().first()
    if row is None:
        raise unknown(command.key)
    if control.override is None:
        raise OverrideForbidden(f"“{control.title}”不允许例外。{control.said}")
    if not control.override.allows(unit.actor.groups, department_of(unit, row["root_key"])):
        raise OverrideForbidden(f"只有 {'、'.join(control.override.by)} 可以批准“{control.title}”的例外。")
    if row["assignee_id"] == unit.actor.id:
        raise OverrideForbidden("办理人不能批准自己的例外，请由另一位有权的负责人批准。")
    case = unit.open_case(row["root_key"])
    require_open(unit.connection.execute(select(user_task).where(user_task.c.key == command.key)).mappings().one())
    case.require_live()
    case.execute(
        ControlOverridden(
            user_task_key=command.key,
            control_id=control.id,
            words=control.said,
            registry_version=registry.version,
            reason=command.reason,
        )
    )
    return {"key": command.key, "control": control.id}
