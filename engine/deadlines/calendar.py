"""The working calendar: which days count, and why. Immutable; identified by a digest of its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from engine.deadlines.calendar_year import SATURDAY, CalendarDay, CalendarYear, DayKind, YearStatus
from engine.deadlines.errors import CalendarInvalid, DateOutOfRange

ONE_DAY = timedelta(days=1)
MAXIMUM_AMOUNT = 36_600
"""Longest count in days (a hundred years): bounds every loop."""
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class DayExplanation:
    """Why a day is a working day or not; ``provisional`` when no notice covers its year (暂算)."""

    date: date
    working: bool
    provisional: bool
    kind: DayKind | None
    reason: str


@dataclass(frozen=True, slots=True)
class CountedDate:
    """A date found by counting, and whether the count looked at provisional days."""

    date: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class CountedDays:
    """A number of working days, and whether the count looked at provisional days."""

    days: int
    provisional: bool


class Calendar:
    """Working days by year. A year that was not given is reckoned by weekends and statutory days, as missing.

    ``version`` is the SHA-256 of the content in hex: equal content, equal version.
    """

    __slots__ = ("_days", "_synthetic", "_years", "version")

    def __init__(self, years: Iterable[CalendarYear]) -> None:
        given = sorted(years, key=lambda year: year.year)
        self._years: Mapping[int, CalendarYear] = MappingProxyType({year.year: year for year in given})
        if len(self._years) != len(given):
            raise CalendarInvalid("同一年份的工作日历出现两次，请只保留一份")
        # In ascending order, so that a notice's days of the December before prevail over the older notice.
        self._days: Mapping[date, CalendarDay] = MappingProxyType({d.date: d for y in given for d in y.days})
        self._synthetic: dict[int, Mapping[date, CalendarDay]] = {}
        self.version: str = _digest(given)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and other.version == self.version

    def __hash__(self) -> int:
        return hash(self.version)

    def __repr__(self) -> str:
        return f"Calendar({min(self._years, default=None)}–{max(self._years, default=None)}, {self.version[:12]})"

    @property
    def years(self) -> tuple[CalendarYear, ...]:
        """Return the years it was built from, ascending."""
        return tuple(self._years.values())

    def with_year(self, year: CalendarYear) -> Calendar:
        """Return a calendar in which ``year`` replaces its predecessor (a notice is published)."""
        return Calendar([*(old for old in self._years.values() if old.year != year.year), year])

    def status(self, year: int) -> YearStatus:
        """Return how far ``year`` can be relied on."""
        known = self._years.get(year)
        return known.status if known else YearStatus.MISSING

    def is_provisional(self, day: date) -> bool:
        """Return whether no State Council notice covers ``day``'s year."""
        return self.status(day.year) is not YearStatus.OFFICIAL

    def listed(self, day: date) -> CalendarDay | None:
        """Return the entry for ``day``, or None for an ordinary day of the week."""
        if (entry := self._days.get(day)) is not None or day.year in self._years:
            return entry
        return self._reckoned(day.year).get(day)

    def _reckoned(self, year: int) -> Mapping[date, CalendarDay]:
        if year not in self._synthetic:
            self._synthetic[year] = {day.date: day for day in CalendarYear.from_law(year).days}
        return self._synthetic[year]

    def is_working_day(self, day: date) -> bool:
        """Return whether ``day`` is a working day: weekends and holidays are not, 调休上班 days are."""
        entry = self.listed(day)
        return not entry.off if entry else day.weekday() < SATURDAY

    def add_working_days(self, start: date, days: int) -> CountedDate:
        """Return the ``days``-th working day after ``start`` (before it, if negative); ``start`` is not counted.

        Zero gives ``start`` itself, working or not. Raises DateOutOfRange beyond a hundred years.
        """
        _check_amount(days)
        step = ONE_DAY if days >= 0 else -ONE_DAY
        day, left, provisional = start, abs(days), False
        while left:
            day = move(day, step)
            provisional = provisional or self.is_provisional(day)
            left -= self.is_working_day(day)
        return CountedDate(day, provisional)

    def working_days_between(self, start: date, end: date) -> CountedDays:
        """Return how many working days lie after ``start`` up to ``end`` inclusive (negative if ``end`` is earlier).

        The inverse of ``add_working_days``: ``start`` is not counted. Raises DateOutOfRange beyond a hundred years.
        """
        span = (end - start).days
        _check_amount(span)
        # Backwards, the same rule seen from the other side: the later day is the one not counted.
        first = start + ONE_DAY if span >= 0 else end
        days = [first + timedelta(days=shift) for shift in range(abs(span))]
        count = sum(map(self.is_working_day, days))
        return CountedDays(count if span >= 0 else -count, any(map(self.is_provisional, days)))

    def explain(self, day: date) -> DayExplanation:
        """Return whether ``day`` is a working day and why, in Chinese."""
        entry, provisional = self.listed(day), self.is_provisional(day)
        reason = f"周{_WEEKDAYS[day.weekday()]}，{_reason(day, entry)}"
        if provisional:
            reason += f"（暂算：{day.year}年放假安排尚未公布）"
        return DayExplanation(day, self.is_working_day(day), provisional, entry.kind if entry else None, reason)


def move(day: date, by: timedelta) -> date:
    """Return ``day`` moved; raises DateOutOfRange outside the years that can be reckoned."""
    try:
        moved = day + by
    except OverflowError:
        raise DateOutOfRange("日期超出可推算的范围，请检查起算日和期限") from None
    if not 1900 <= moved.year <= 9000:
        raise DateOutOfRange(f"{moved} 超出可推算的范围（1900年至9000年），请检查起算日和期限")
    return moved


def _reason(day: date, entry: CalendarDay | None) -> str:
    if entry is None:
        return "工作日" if day.weekday() < SATURDAY else "休息日"
    texts = {
        DayKind.STATUTORY: f"法定节假日（{entry.name}）",
        DayKind.COMPENSATION: f"调休放假（{entry.name}）",
        DayKind.WEEKEND: f"休息日（{entry.name}假期）",
        DayKind.WORKING_WEEKEND: f"调休上班（{entry.name}）",
        DayKind.OVERRIDE: f"{'停止办公' if entry.off else '照常办公'}（{entry.name}）",
    }
    return texts[entry.kind]


def _check_amount(days: int) -> None:
    if abs(days) > MAXIMUM_AMOUNT:
        raise DateOutOfRange(f"{days} 天超过可推算的上限 {MAXIMUM_AMOUNT} 天，请检查录入")


def _digest(years: list[CalendarYear]) -> str:
    content = json.dumps([year.to_dict() for year in years], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()
