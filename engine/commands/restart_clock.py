"""Begin a legal clock anew (重新起算), as when a supplement arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.commands.clocks.access import open_case_for_clocks, require_texts
from engine.commands.clocks.reactor import ClockReactor
from engine.commands.clocks.runners import runs_clocks
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.deadlines import Restart
from engine.history.clock_events import ClockRestarted


@dataclass(frozen=True, slots=True)
class RestartClock:
    """Begin the clock of ``limit_id`` anew on ``day``; ``evidence`` proves the day."""

    key: int
    limit_id: str
    day: date
    ground: str
    evidence: str


@runs_clocks(ClockRestarted)
def run(event: ClockRestarted, reactor: ClockReactor) -> None:
    """Begin anew."""
    day = date.fromisoformat(event.day)
    reactor.operate(event.limit_id, Restart(reactor.now, event.ground, event.evidence, day))


@handles(RestartClock)
def handle(command: RestartClock, unit: UnitOfWork) -> Answer:
    """Begin anew; suspensions and extensions of the old period are over.

    Raises CaseUnknown, NotConcernedWithCase, CaseEnded, GroundMissing, ClockOperationRefused.
    """
    require_texts(事由=command.ground, 依据=command.evidence)
    case = open_case_for_clocks(unit, command.key)
    case.execute(
        ClockRestarted(
            limit_id=command.limit_id,
            day=command.day.isoformat(),
            ground=command.ground,
            evidence=command.evidence,
        )
    )
    return {"key": command.key}
