"""Who may act on a case's clocks, and finding the case."""

from __future__ import annotations

from sqlalchemy import select

from engine.commands.case import Case
from engine.commands.errors import CaseUnknown
from engine.commands.unit import UnitOfWork
from engine.errors import Forbidden, InvalidInput
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import process_instance, user_task, user_task_candidate

HEADS = ("科室负责人", "分管负责人")
"""Roles of the case's department that may act on its clocks beside whoever has work to do in it."""


class NotConcernedWithCase(Forbidden):
    """The actor neither has work in the case nor heads its department."""

    code = "commands.not-concerned-with-case"


class GroundMissing(InvalidInput):
    """An act on a clock names its ground and the paper that proves it."""

    code = "commands.ground-missing"


def open_case_for_clocks(unit: UnitOfWork, key: int) -> Case:
    """Lock the case ``key`` for an act on its clocks.

    Raises CaseUnknown, NotConcernedWithCase, CaseEnded. A suspended case is no obstacle: its legal clocks run on.
    """
    if not _may_act(unit, key):
        known = unit.connection.execute(select(process_instance.c.key).where(process_instance.c.key == key)).first()
        if known is None:
            raise CaseUnknown(f"没有编号为 {key} 的案件，请核对。")
        raise NotConcernedWithCase("只有本案的办理人和主办科室的负责人可以操作期限。")
    case = unit.open_case(key)
    if not case.suspended:
        case.require_live()
    return case


def require_texts(**texts: str | None) -> None:
    """Raise GroundMissing unless every text says something; the names are what people call them."""
    missing = [name for name, text in texts.items() if not (text or "").strip()]
    if missing:
        raise GroundMissing(f"请写明{'、'.join(missing)}。", details={"missing": missing})


def department_of(unit: UnitOfWork, key: int) -> str | None:
    """Return the department whose procedure a case runs, or its initiator's where the diagram names none."""
    query = (
        select(process_definition.c.department, process_instance.c.department.label("initiators"))
        .join(process_definition, process_definition.c.key == process_instance.c.definition_key)
        .where(process_instance.c.key == key)
    )
    row = unit.connection.execute(query).first()
    return None if row is None else row.department or row.initiators


def _may_act(unit: UnitOfWork, key: int) -> bool:
    held = select(user_task.c.key).where(
        user_task.c.root_key == key, user_task.c.state == "CREATED", user_task.c.assignee_id == unit.actor.id
    )
    offered = select(user_task_candidate.c.user_task_key).where(
        user_task_candidate.c.root_key == key, user_task_candidate.c.principal.in_(unit.actor.principals)
    )
    if any(unit.connection.execute(query.limit(1)).first() is not None for query in (held, offered)):
        return True
    department = department_of(unit, key)
    return any(f"{role}@{department}" in unit.actor.groups for role in HEADS)
