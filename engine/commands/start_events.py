"""Start events with a trigger: kept for the newest version of each process, started by messages, signals and timers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from engine.commands.actor import Actor
from engine.commands.unit import UnitOfWork
from engine.definitions.model import EventType, Expression, FlowNode, ProcessModel
from engine.errors import InvalidInput
from engine.execution import start_timer
from engine.feel import compile_expression
from engine.history.events import ProcessInstanceStarted
from engine.store.tables.correlation import start_event
from engine.store.tables.repository import process_definition

TRIGGER = Actor("system:trigger", "系统（事件触发）")
"""Who starts a case that nobody started."""


class StartEventInvalid(InvalidInput):
    """The trigger of a start event is no fixed value, or not what its kind needs."""

    code = "commands.start-event-invalid"


def keep_start_events(unit: UnitOfWork, model: ProcessModel, definition_key: int) -> None:
    """Let the start events of a new version take the place of those of older versions. Raises StartEventInvalid."""
    older = select(process_definition.c.key).where(process_definition.c.process_id == model.id)
    unit.connection.execute(delete(start_event).where(start_event.c.definition_key.in_(older)))
    for node in (*model.body.start_events(), *model.body.instantiating()):
        row = _row(node, unit.now)
        if row is not None:
            row.update(definition_key=definition_key, element_id=node.id, process_id=model.id)
            unit.connection.execute(insert(start_event), row)


def start_by_event(unit: UnitOfWork, definition_key: int, element_id: str, variables: Mapping[str, Any]) -> int:
    """Start a case at a start event with a trigger; return its key."""
    row = unit.sources.definitions.process(unit.connection, definition_key)
    case = unit.start_case(definition_key)
    case.execute(
        ProcessInstanceStarted(
            process_id=row["process_id"],
            definition_key=definition_key,
            version=row["version"],
            title=row["name"],
            initiator=TRIGGER.as_initiator(),
            variables=dict(variables),
            start_element=element_id,
        )
    )
    return case.root_key


def _row(node: FlowNode, now: datetime) -> dict[str, Any] | None:
    event = node.event
    if event is None or event.type is EventType.NONE:
        return None
    row: dict[str, Any] = {"kind": event.type.value.lower(), "name": None, "due_at": None}
    row |= {"repetitions": None, "every": None}
    if event.type is EventType.MESSAGE and event.message is not None:
        row["name"] = _fixed(node, event.message.name, now)
    elif event.type is EventType.SIGNAL and event.signal_name is not None:
        row["name"] = _fixed(node, event.signal_name, now)
    elif event.type is EventType.TIMER and event.timer is not None and event.timer_kind is not None:
        due, repetitions, every = start_timer(event.timer_kind, _fixed(node, event.timer, now), now)
        row |= {"due_at": due, "repetitions": repetitions, "every": every}
    else:
        return None
    return row


def _fixed(node: FlowNode, expression: Expression, now: datetime) -> Any:
    """A start event has no variables yet: its expression sees none."""
    if not expression.is_feel:
        return expression.source
    value = compile_expression(expression.source).evaluate({}, now=now)
    if value is None:
        raise StartEventInvalid(f"开始事件“{node.name or node.id}”的触发条件须为定值，不能引用变量。")
    return value
