"""Periods in hours and minutes: they run from the moment (民法典 §201②), day and night, and do not roll."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from engine.deadlines.calendar import Calendar
from engine.deadlines.schedule import ProofDay, Schedule, day_ends, last_day_before, legal_day
from engine.deadlines.suspension import Suspension, covering
from engine.deadlines.term import Length, Term, Unit


def count_forward(
    term: Term, start: datetime, extensions: Sequence[Length], suspensions: Sequence[Suspension], calendar: Calendar
) -> Schedule:
    """Return the schedule of ``term`` from the moment ``start``; a suspended day takes none of the time."""
    duration = length_of(term, extensions)
    moment, proof = run(start, duration, suspensions)
    if moment is None:
        return Schedule(legal_day(start), None, None, None, False, calendar.version, tuple(proof))
    return _done(start, moment, proof, calendar)


def length_of(term: Term, extensions: Sequence[Length]) -> timedelta:
    """Return the whole time that ``term`` and its extensions give."""
    return _duration(term.length) + sum(map(_duration, extensions), timedelta())


def run(
    start: datetime, duration: timedelta, suspensions: Sequence[Suspension]
) -> tuple[datetime | None, list[ProofDay]]:
    """Return the moment ``duration`` has run, or None when an open suspension stops it, with the proof by days."""
    left, moment = duration, start.astimezone(UTC)
    proof: list[ProofDay] = []
    number = 0
    while left:
        day = legal_day(moment)
        suspension = covering(suspensions, day)
        if suspension is not None and suspension.last is None:
            proof.append(ProofDay(day, False, None, f"自此日起中止（{suspension.ground}），尚未恢复"))
            return None, proof
        if suspension is not None:
            proof.append(ProofDay(day, False, None, f"中止期间（{suspension.ground}），不计入"))
            moment = day_ends(day)
            continue
        taken = min(left, day_ends(day) - moment)
        left, moment, number = left - taken, moment + taken, number + 1
        proof.append(ProofDay(day, True, number, f"即时起算，计{_hours(taken)}"))
    return moment, proof


def count_backward(term: Term, event: datetime, calendar: Calendar) -> Schedule:
    """Return the schedule of ``term`` counted back from the moment ``event``."""
    moment = event.astimezone(UTC) - _duration(term.length)
    proof = [ProofDay(legal_day(moment), True, 1, f"自基准时刻倒推{term.length}")]
    return _done(event, moment, proof, calendar)


def _done(start: datetime, moment: datetime, proof: list[ProofDay], calendar: Calendar) -> Schedule:
    day = last_day_before(moment)
    return Schedule(legal_day(start), day, day, moment, False, calendar.version, tuple(proof))


def _duration(length: Length) -> timedelta:
    return timedelta(hours=length.amount) if length.unit is Unit.HOUR else timedelta(minutes=length.amount)


def _hours(taken: timedelta) -> str:
    minutes, seconds = divmod(round(taken.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "小时"), (minutes, "分"), (seconds, "秒"))
    return "".join(f"{value}{name}" for value, name in parts if value) or "不足1秒"
