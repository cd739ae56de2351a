"""Correct the day a legal clock started on (更正收到日期), with evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.commands.clocks.access import open_case_for_clocks, require_texts
from engine.commands.clocks.reactor import ClockReactor
from engine.commands.clocks.runners import runs_clocks
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.history.clock_events import ClockStartCorrected


@dataclass(frozen=True, slots=True)
class CorrectClockStart:
    """Correct the starting day of the clock of ``limit_id`` to ``day``; ``evidence`` proves it (postmark, receipt)."""

    key: int
    limit_id: str
    day: date
    evidence: str
    reason: str


@runs_clocks(ClockStartCorrected)
def run(event: ClockStartCorrected, reactor: ClockReactor) -> None:
    """Correct; suspensions and extensions stay."""
    reactor.replace_start(event.limit_id, date.fromisoformat(event.day), event.evidence, event.reason)


@handles(CorrectClockStart)
def handle(command: CorrectClockStart, unit: UnitOfWork) -> Answer:
    """Correct; the old and the new day and due date are recorded.

    Raises CaseUnknown, NotConcernedWithCase, CaseEnded, GroundMissing, ClockOperationRefused.
    """
    require_texts(依据=command.evidence, 事由=command.reason)
    case = open_case_for_clocks(unit, command.key)
    case.execute(
        ClockStartCorrected(
            limit_id=command.limit_id,
            day=command.day.isoformat(),
            evidence=command.evidence,
            reason=command.reason,
        )
    )
    return {"key": command.key}
