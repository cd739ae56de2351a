"""The due date of a term: the entry point to all rules of computing periods (民法典 §§201–204, 民诉法 §85)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engine.deadlines import hours
from engine.deadlines.calendar import Calendar
from engine.deadlines.counting import DayCount
from engine.deadlines.errors import TermInvalid
from engine.deadlines.schedule import Schedule, legal_day
from engine.deadlines.suspension import Suspension
from engine.deadlines.term import Length, Term


def compute_due(
    term: Term,
    start: date | datetime,
    calendar: Calendar,
    *,
    suspensions: Sequence[Suspension] = (),
    extensions: Sequence[Length] = (),
) -> Schedule:
    """Return due date, moment and proof of ``term``.

    ``start`` is the day of the starting event (of the event counted back from), or a moment with a zone, which periods
    in hours need. Raises TermInvalid when it is missing there, or when a backward term is suspended or extended.
    """
    if term.backward and (suspensions or extensions):
        raise TermInvalid("倒推期限不能中止或延长；基准日变动的，请按新的日期重新起算")
    if any(extension.unit.by_moment != term.length.unit.by_moment for extension in extensions):
        raise TermInvalid("按小时计算的期限与按日计算的延长不能混用")
    if term.length.unit.by_moment:
        return _by_moment(term, start, calendar, suspensions, extensions)
    day = legal_day(start) if isinstance(start, datetime) else start
    if term.backward:
        return DayCount(calendar).backward(term, day)
    return DayCount(calendar, suspensions).forward(term, day, extensions)


def _by_moment(
    term: Term,
    start: date | datetime,
    calendar: Calendar,
    suspensions: Sequence[Suspension],
    extensions: Sequence[Length],
) -> Schedule:
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise TermInvalid("按小时、分钟计算的期限须有起算时刻（含时区），请补录")
    if term.backward:
        return hours.count_backward(term, start, calendar)
    return hours.count_forward(term, start, extensions, suspensions, calendar)
