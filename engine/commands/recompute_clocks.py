"""Reckon the running clocks of a case anew after another calendar was put in force."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.clocks.reactor import ClockReactor
from engine.commands.clocks.runners import runs_clocks
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.history.clock_events import ClocksRecomputed
from engine.store.tables.deadlines import calendar, clock


@dataclass(frozen=True, slots=True)
class RecomputeClocks:
    """Reckon the clocks of the case ``key`` with the calendar in force; done again it changes nothing."""

    key: int


@runs_clocks(ClocksRecomputed)
def run(event: ClocksRecomputed, reactor: ClockReactor) -> None:
    """Reckon what was reckoned with another calendar."""
    reactor.reckon_again(event.reason)


@handles(RecomputeClocks)
def handle(command: RecomputeClocks, unit: UnitOfWork) -> Answer:
    """Reckon anew; each clock's old and new due dates are recorded. Raises CaseUnknown, CaseBusy."""
    case = unit.open_case(command.key, wait=False)
    query = select(calendar.c.version, calendar.c.source).order_by(calendar.c.position.desc()).limit(1)
    newest = unit.connection.execute(query).first()
    if newest is None or case.ended:
        return {"key": command.key, "changed": 0}
    outdated = select(clock.c.key).where(
        clock.c.root_key == command.key, clock.c.status == "running", clock.c.calendar_version != newest.version
    )
    if unit.connection.execute(outdated).first() is None:
        return {"key": command.key, "changed": 0}
    reason = f"工作日历更新：{newest.source}"
    production = case.execute(ClocksRecomputed(calendar_version=newest.version, reason=reason))
    return {"key": command.key, "changed": sum(type_ == "clock_changed" for type_, _ in production.derived)}
