"""Tell the right people that a legal clock turned amber or red, or ran out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.commands.clocks.access import department_of
from engine.commands.clocks.escalation import recipients
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.deadlines import Deadline, Light, clock_from_dict
from engine.history.clock_events import ClockLightReached
from engine.history.event import moment_text
from engine.store.tables.deadlines import clock

runs(ClockLightReached)(untouched)

LIGHTS = (Light.AMBER, Light.RED, Light.OVERDUE)
"""The lights that people are told of, in order."""


@dataclass(frozen=True, slots=True)
class NoteClockLight:
    """Look at the clock ``clock_key`` of the case ``key`` and tell of its light, each light once a due date."""

    key: int
    clock_key: int


@handles(NoteClockLight)
def handle(command: NoteClockLight, unit: UnitOfWork) -> Answer:
    """Tell, after looking again under the case's lock. Raises CaseUnknown, CaseBusy."""
    case = unit.open_case(command.key, wait=False)
    row = unit.connection.execute(select(clock).where(clock.c.key == command.clock_key)).mappings().first()
    nothing: Answer = {"key": command.key, "light": None}
    if row is None or row["watch_at"] is None or row["watch_at"] > unit.now or case.ended:
        return nothing
    state = clock_from_dict(row["state"])
    light = state.light(unit.now)
    deadline = state.deadline
    if light not in LIGHTS or deadline is None:
        return nothing
    case.execute(_event(unit, case.definition_key, row, light, deadline))
    return {"key": command.key, "light": light.value}


def _event(unit: UnitOfWork, definition_key: int, row: Any, light: Light, deadline: Deadline) -> ClockLightReached:
    model = unit.sources.definitions.model(unit.connection, definition_key)
    root_key, limit_id = row["root_key"], row["limit_id"]
    department = department_of(unit, root_key)
    told = recipients(unit.connection, root_key, limit_id, light.value, model, department)
    next_at = _next(light, deadline)
    return ClockLightReached(
        key=row["key"],
        limit_id=limit_id,
        name=row["name"],
        light=light.value,
        due_at=moment_text(deadline.due_at),
        recipients=list(told.users),
        groups=list(told.groups),
        next_at=None if next_at is None else moment_text(next_at),
    )


def _next(light: Light, deadline: Deadline) -> datetime | None:
    """When the next light is reached; amber and red may fall together, so that only the later one is told of."""
    if light is Light.AMBER:
        return deadline.red_at
    return deadline.due_at if light is Light.RED else None
