"""Counting periods of days forward and backward, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.deadlines.calendar import ONE_DAY, Calendar, move
from engine.deadlines.months import add_months
from engine.deadlines.schedule import ProofDay, Schedule, day_ends
from engine.deadlines.suspension import Suspension, covering
from engine.deadlines.term import Direction, Length, Roll, Term, Unit


class _SuspendedOpenly(Exception):
    """The count ran into a suspension without an end."""


class DayCount:
    """One computation: walks day by day and keeps the proof. Used once, then thrown away."""

    def __init__(self, calendar: Calendar, suspensions: Sequence[Suspension] = ()) -> None:
        self._calendar = calendar
        self._suspensions = suspensions
        self._proof: list[ProofDay] = []
        self._number = 0
        self._provisional = False

    def forward(self, term: Term, start: date, extensions: Sequence[Length]) -> Schedule:
        """Return the schedule of ``term`` from ``start``, each extension beginning where the period before it ends.

        For a duty an extension begins at the unrolled end (the shorter reading), else at the rolled one.
        """
        try:
            return self._forward(term, start, extensions)
        except _SuspendedOpenly:
            return self._schedule(start, None, None)

    def _forward(self, term: Term, start: date, extensions: Sequence[Length]) -> Schedule:
        if not term.start_day_counted:
            self._note(start, "起算日，不计入")
        raw = self._count(start, term.length, include_first=term.start_day_counted)
        for extension in extensions:
            begin = raw if term.direction is Direction.DUTY else self._roll(raw, term.roll)
            raw = self._count(begin, extension, include_first=False)
        return self._schedule(start, raw, self._roll(raw, term.roll))

    def backward(self, term: Term, event: date) -> Schedule:
        """Return the schedule of ``term`` counted back from ``event``, which does not count itself."""
        self._note(event, "基准日，不计入")
        raw = self._count_back(event, term.length, term.clear_days)
        return self._schedule(event, raw, self._roll(raw, term.roll))

    def _count(self, begin: date, length: Length, *, include_first: bool) -> date:
        left = _days_to_count(begin, length, include_first)
        day = move(begin, -ONE_DAY) if include_first else begin
        while left:
            day = move(day, ONE_DAY)
            left -= self._step(day, length.unit is Unit.WORKING_DAY)
        return day

    def _count_back(self, event: date, length: Length, clear_days: bool) -> date:
        if length.unit in (Unit.MONTH, Unit.YEAR):
            left = (event - add_months(event, -_months(length))).days
        else:
            left = length.amount + clear_days
        day = event
        while left:
            day = move(day, -ONE_DAY)
            left -= self._step(day, length.unit is Unit.WORKING_DAY)
        return day

    def _step(self, day: date, only_working: bool) -> bool:
        """Note ``day`` and return whether it counts."""
        if suspension := covering(self._suspensions, day):
            self._note_suspended(day, suspension)
            return False
        explanation = self._calendar.explain(day)
        if only_working:
            self._provisional = self._provisional or explanation.provisional
            if not explanation.working:
                self._note(day, f"{explanation.reason}，不计入")
                return False
        self._number += 1
        self._proof.append(ProofDay(day, True, self._number, f"{explanation.reason}，第{self._number}日"))
        return True

    def _roll(self, raw: date, roll: Roll) -> date:
        if roll is Roll.NONE:
            return raw
        day, step = raw, ONE_DAY if roll is Roll.NEXT else -ONE_DAY
        while not self._can_be_last(day):
            day = move(day, step)
            self._note_rolled(day, raw)
        return day

    def _can_be_last(self, day: date) -> bool:
        self._provisional = self._provisional or self._calendar.is_provisional(day)
        return self._calendar.is_working_day(day) and covering(self._suspensions, day) is None

    def _note_rolled(self, day: date, raw: date) -> None:
        if suspension := covering(self._suspensions, day):
            self._note_suspended(day, suspension)
            return
        explanation = self._calendar.explain(day)
        verb = "顺延" if day > raw else "提前"
        reason = f"期限末日 {raw} 为休息日，{verb}至此" if explanation.working else f"不能作为末日，继续{verb}"
        self._note(day, f"{explanation.reason}，{reason}")

    def _note_suspended(self, day: date, suspension: Suspension) -> None:
        if suspension.last is None:
            self._note(day, f"自此日起中止（{suspension.ground}），尚未恢复")
            raise _SuspendedOpenly
        self._note(day, f"中止期间（{suspension.ground}），不计入")

    def _note(self, day: date, reason: str) -> None:
        self._proof.append(ProofDay(day, False, None, reason))

    def _schedule(self, start: date, raw: date | None, due: date | None) -> Schedule:
        version = self._calendar.version
        due_at = day_ends(due) if due else None
        return Schedule(start, raw, due, due_at, self._provisional, version, tuple(self._proof))


def _days_to_count(begin: date, length: Length, include_first: bool) -> int:
    """Months and years become the days up to the corresponding day, so that suspensions lengthen them day for day."""
    if length.unit not in (Unit.MONTH, Unit.YEAR):
        return length.amount
    end = add_months(begin, _months(length))
    # With the first day counted the last is the day before the corresponding one: the same number of days.
    return max((end - begin).days, 1 if include_first else 0)


def _months(length: Length) -> int:
    return length.amount * (12 if length.unit is Unit.YEAR else 1)
