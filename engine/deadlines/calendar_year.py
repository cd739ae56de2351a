"""One year of the working calendar: what the State Council's notice (or, before it, the law alone) says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from engine.deadlines.errors import CalendarInvalid
from engine.deadlines.statutory import statutory_days
from engine.errors import Place

SATURDAY = 5


class DayKind(StrEnum):
    """Why a day is listed. ``weekend`` is a day of rest within a holiday's span; ``override`` a local closure."""

    STATUTORY = "statutory"
    COMPENSATION = "compensation"
    WEEKEND = "weekend"
    WORKING_WEEKEND = "working-weekend"
    OVERRIDE = "override"


class YearStatus(StrEnum):
    """How far a year can be relied on: by the notice, by the law alone, or not at all."""

    OFFICIAL = "official"
    PROVISIONAL = "provisional"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that differs from the plain week, or is named by the notice."""

    date: date
    off: bool
    name: str
    kind: DayKind

    def problem(self) -> str | None:
        """Return why this day cannot be (Chinese), or None."""
        weekend = self.date.weekday() >= SATURDAY
        if self.kind is DayKind.WORKING_WEEKEND and (self.off or not weekend):
            return f"{self.date}：调休上班日须为周六或周日且不放假"
        if self.kind is DayKind.WEEKEND and not (self.off and weekend):
            return f"{self.date}：休息日须为周六或周日且放假"
        if self.kind is DayKind.COMPENSATION and (not self.off or weekend):
            return f"{self.date}：调休放假日须为周一至周五且放假"
        if self.kind is DayKind.STATUTORY and not self.off:
            return f"{self.date}：法定节假日须放假"
        return None


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The days of one year's notice, in order. A notice may also name days of the December before.

    Raises CalendarInvalid when a day lies outside, is listed twice or contradicts its kind.
    """

    year: int
    status: YearStatus
    source: str
    days: tuple[CalendarDay, ...]

    def __post_init__(self) -> None:
        problems = [problem for day in self.days if (problem := day.problem())]
        dates = [day.date for day in self.days]
        problems += [f"{day}：不属于{self.year}年放假安排" for day in dates if not self._covers(day)]
        if any(later <= earlier for earlier, later in pairwise(dates)):
            problems.append("日期须按先后排列且不得重复")
        if problems:
            message = f"{self.year}年工作日历有误，请更正后重试：" + "；".join(problems)
            raise CalendarInvalid(message, details={"problems": problems})

    def _covers(self, day: date) -> bool:
        return day.year == self.year or (day.year == self.year - 1 and day.month == 12)

    @classmethod
    def from_law(cls, year: int, status: YearStatus = YearStatus.MISSING) -> CalendarYear:
        """Return the year as the law alone has it: weekends and the statutory days that are certain, no 调休."""
        days = tuple(CalendarDay(day, True, name, DayKind.STATUTORY) for day, name in statutory_days(year).items())
        return cls(year, status, "全国年节及纪念日放假办法（放假安排未录入，暂算）", days)

    def missing_statutory_days(self) -> tuple[date, ...]:
        """Return the statutory days that this year does not list as off: to be looked at before publishing."""
        listed = {day.date for day in self.days if day.off}
        return tuple(day for day in statutory_days(self.year) if day not in listed)

    def with_override(self, day: date, off: bool, name: str) -> CalendarYear:
        """Return the year with a local closure (weather, power cut) or a local working day put in."""
        kept = [listed for listed in self.days if listed.date != day]
        days = sorted([*kept, CalendarDay(day, off, name, DayKind.OVERRIDE)], key=lambda listed: listed.date)
        return CalendarYear(self.year, self.status, self.source, tuple(days))

    def to_dict(self) -> dict[str, object]:
        """Return the year as plain JSON/YAML values, dates as ISO text."""
        days = [{"date": d.date.isoformat(), "off": d.off, "name": d.name, "kind": d.kind.value} for d in self.days]
        return {"year": self.year, "status": self.status.value, "source": self.source, "days": days}

    @classmethod
    def from_dict(cls, data: object, *, place: Place | None = None) -> CalendarYear:
        """Read what ``to_dict`` writes (dates may be date objects, as YAML gives them).

        Raises CalendarInvalid, with ``place``, for anything else.
        """
        try:
            return cls._read(data)
        except CalendarInvalid as error:
            raise CalendarInvalid(error.message, place=place, details=error.details) from error
        except (KeyError, TypeError, ValueError) as error:
            message = f"工作日历文件格式不对（{error}），应有 year、status、source、days，请对照其他年份更正"
            raise CalendarInvalid(message, place=place) from error

    @classmethod
    def _read(cls, data: object) -> CalendarYear:
        if not isinstance(data, Mapping):
            raise TypeError("顶层须为键值表")
        year, source = data["year"], data["source"]
        if type(year) is not int or not isinstance(source, str):
            raise TypeError("year 须为整数，source 须为文字")
        return cls(year, YearStatus(data["status"]), source, tuple(_read_day(day) for day in data["days"]))


def _read_day(data: Mapping[str, object]) -> CalendarDay:
    day, off, name = data["date"], data["off"], data["name"]
    if isinstance(day, str):
        day = date.fromisoformat(day)
    if type(day) is not date or not isinstance(off, bool) or not isinstance(name, str):
        raise TypeError(f"日期 {day} 的 date、off、name 类型不对")
    return CalendarDay(day, off, name, DayKind(str(data["kind"])))
