"""Extend a legal clock, as far as its rule allows (延长)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.commands.clocks.access import open_case_for_clocks, require_texts
from engine.commands.clocks.reactor import ClockReactor
from engine.commands.clocks.runners import runs_clocks
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.deadlines import Extend, Length, Unit
from engine.history.clock_events import ClockExtended


@dataclass(frozen=True, slots=True)
class ExtendClock:
    """Lengthen the clock of ``limit_id`` by ``amount`` of ``unit``; ``paper`` is the notice given to the party."""

    key: int
    limit_id: str
    amount: int
    unit: str
    decided_on: date
    approver: str
    paper: str


@runs_clocks(ClockExtended)
def run(event: ClockExtended, reactor: ClockReactor) -> None:
    """Extend."""
    by = Length(event.amount, Unit(event.unit))
    decided_on = date.fromisoformat(event.decided_on)
    reactor.operate(event.limit_id, Extend(decided_on, by, event.approver, event.paper))


@handles(ExtendClock)
def handle(command: ExtendClock, unit: UnitOfWork) -> Answer:
    """Extend; how often and how far is what the table of time limits says.

    Raises CaseUnknown, NotConcernedWithCase, CaseEnded, GroundMissing, ClockOperationRefused, ExtensionRefused.
    """
    require_texts(批准人=command.approver, 文书=command.paper)
    case = open_case_for_clocks(unit, command.key)
    case.execute(
        ClockExtended(
            limit_id=command.limit_id,
            amount=command.amount,
            unit=Unit(command.unit).value,
            decided_on=command.decided_on.isoformat(),
            approver=command.approver,
            paper=command.paper,
        )
    )
    return {"key": command.key}
