"""Resume a suspended legal clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.commands.clocks.access import open_case_for_clocks, require_texts
from engine.commands.clocks.reactor import ClockReactor
from engine.commands.clocks.runners import runs_clocks
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.deadlines import Resume
from engine.history.clock_events import ClockResumed


@dataclass(frozen=True, slots=True)
class ResumeClock:
    """Let the clock of ``limit_id`` in the case ``key`` run again; ``last_day`` is the last day that does not count."""

    key: int
    limit_id: str
    last_day: date
    paper: str


@runs_clocks(ClockResumed)
def run(event: ClockResumed, reactor: ClockReactor) -> None:
    """Resume."""
    reactor.operate(event.limit_id, Resume(date.fromisoformat(event.last_day), event.paper))


@handles(ResumeClock)
def handle(command: ResumeClock, unit: UnitOfWork) -> Answer:
    """Resume; followers learn the new due date.

    Raises CaseUnknown, NotConcernedWithCase, CaseEnded, GroundMissing, ClockOperationRefused.
    """
    require_texts(文书=command.paper)
    case = open_case_for_clocks(unit, command.key)
    case.execute(
        ClockResumed(
            limit_id=command.limit_id,
            last_day=command.last_day.isoformat(),
            paper=command.paper,
        )
    )
    return {"key": command.key}
