"""Suspend a legal clock: from a day on, days do not count (中止)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.commands.clocks.access import open_case_for_clocks, require_texts
from engine.commands.clocks.reactor import ClockReactor
from engine.commands.clocks.runners import runs_clocks
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.deadlines import Suspend
from engine.history.clock_events import ClockSuspended


@dataclass(frozen=True, slots=True)
class SuspendClock:
    """Let the clock of ``limit_id`` in the case ``key`` stand still from ``first_day`` on, for ``ground``."""

    key: int
    limit_id: str
    first_day: date
    ground: str
    paper: str


@runs_clocks(ClockSuspended)
def run(event: ClockSuspended, reactor: ClockReactor) -> None:
    """Suspend."""
    reactor.operate(event.limit_id, Suspend(date.fromisoformat(event.first_day), event.ground, event.paper))


@handles(SuspendClock)
def handle(command: SuspendClock, unit: UnitOfWork) -> Answer:
    """Suspend; the due date is open until the clock is resumed.

    Raises CaseUnknown, NotConcernedWithCase, CaseEnded, GroundMissing, ClockOperationRefused.
    """
    require_texts(事由=command.ground, 文书=command.paper)
    case = open_case_for_clocks(unit, command.key)
    case.execute(
        ClockSuspended(
            limit_id=command.limit_id,
            first_day=command.first_day.isoformat(),
            ground=command.ground,
            paper=command.paper,
        )
    )
    return {"key": command.key}
