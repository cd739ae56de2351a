"""Fire a timer that fell due."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.errors import JobUnknown
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.execution import Machine
from engine.history.events import TimerFired
from engine.store.tables.runtime import job


@dataclass(frozen=True, slots=True)
class FireTimer:
    """Fire the timer job ``key`` if it is due and its case is free; else do nothing and say so."""

    key: int


@runs(TimerFired)
def run(event: TimerFired, source: MachineSource) -> Machine:
    """Go on from the timer."""
    machine = source.load()
    machine.timer_fired(event.key)
    return machine


@handles(FireTimer)
def handle(command: FireTimer, unit: UnitOfWork) -> Answer:
    """Fire, after looking again under the case's lock. Raises JobUnknown, CaseBusy, CaseSuspended."""
    row = unit.connection.execute(select(job.c.root_key).where(job.c.key == command.key)).first()
    if row is None:
        raise JobUnknown(f"没有键为 {command.key} 的定时作业。")
    case = unit.open_case(row.root_key, wait=False)
    now = unit.connection.execute(select(job.c.status, job.c.due_at).where(job.c.key == command.key)).one()
    if now.status != "ready" or now.due_at is None or now.due_at > unit.now:
        return {"key": command.key, "fired": False}
    case.require_live()
    case.execute(TimerFired(key=command.key))
    return {"key": command.key, "fired": True}
