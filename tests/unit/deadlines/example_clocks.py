"""A clock of twenty working days and the operations the tests put it through."""

from __future__ import annotations

from datetime import date, datetime

from engine.clock import LEGAL_ZONE
from engine.deadlines import (
    Calendar,
    ClockPolicy,
    ClockState,
    Extend,
    Length,
    Operation,
    Resume,
    Start,
    Stop,
    Suspend,
    Term,
    Unit,
    forward,
    what_if,
)

WD20 = Length(20, Unit.WORKING_DAY)
START = Start(datetime(2026, 9, 18, 9, 0, tzinfo=LEGAL_ZONE), "收件回执")
SUSPEND = Suspend(date(2026, 9, 28), "征求第三方意见", "征求意见书")
RESUME = Resume(date(2026, 10, 12), "第三方复函")
EXTEND = Extend(date(2026, 10, 20), WD20, "政府信息公开工作机构负责人", "延期答复告知书")
STOP = Stop(datetime(2026, 10, 21, 15, 0, tzinfo=LEGAL_ZONE), "已答复")


def new_clock(term: Term | None = None, policy: ClockPolicy | None = None) -> ClockState:
    term = term or forward(20)
    return ClockState("答复", term, policy or ClockPolicy.usual(term, max_extensions=1, max_extension=WD20))


def after(calendar: Calendar, *operations: Operation, clock: ClockState | None = None) -> ClockState:
    return what_if(clock or new_clock(), operations, calendar)[-1].state


def due(state: ClockState) -> date | None:
    return state.deadline.due if state.deadline else None


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, 0, tzinfo=LEGAL_ZONE)
