"""Stop a legal clock: what it was for is done or has fallen away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.commands.clocks.access import open_case_for_clocks, require_texts
from engine.commands.clocks.reactor import ClockReactor
from engine.commands.clocks.runners import runs_clocks
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.deadlines import Stop
from engine.history.clock_events import ClockStopped


@dataclass(frozen=True, slots=True)
class StopClock:
    """Stop the clock of ``limit_id``; ``day`` is the legal date of what ended it."""

    key: int
    limit_id: str
    day: date
    reason: str


@runs_clocks(ClockStopped)
def run(event: ClockStopped, reactor: ClockReactor) -> None:
    """Stop."""
    reactor.operate(event.limit_id, Stop(reactor.now, event.reason, date.fromisoformat(event.day)))


@handles(StopClock)
def handle(command: StopClock, unit: UnitOfWork) -> Answer:
    """Stop; the clock keeps the date it was judged by.

    Raises CaseUnknown, NotConcernedWithCase, CaseEnded, GroundMissing, ClockOperationRefused.
    """
    require_texts(事由=command.reason)
    case = open_case_for_clocks(unit, command.key)
    case.execute(
        ClockStopped(
            limit_id=command.limit_id,
            day=command.day.isoformat(),
            reason=command.reason,
        )
    )
    return {"key": command.key}
