"""Import of a notice in the holiday-cn format: ``{"year", "papers", "days": [{name, date, isOffDay}]}``."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from engine.deadlines.calendar_year import SATURDAY, CalendarDay, CalendarYear, DayKind, YearStatus
from engine.deadlines.errors import CalendarInvalid, HolidayImportInvalid
from engine.deadlines.statutory import statutory_days

_MAXIMUM_BYTES = 100_000
_MAXIMUM_DAYS = 200


def from_holiday_json(year: int, content: bytes, *, source: str | None = None) -> CalendarYear:
    """Return ``year`` as an official calendar year.

    ``source`` names the notice; without it the file's ``papers`` do. Raises HolidayImportInvalid with every problem:
    not JSON, another year, no days (a notice not yet published), days listed twice or of the wrong type.
    """
    data = _parse(content)
    problems: list[str] = []
    if data.get("year") != year:
        problems.append(f"文件年份为 {data.get('year')}，与所选 {year} 年不符")
    days = _days(data.get("days"), problems)
    notice = source or _papers(data.get("papers"))
    if not notice:
        problems.append("缺少来源文件（papers），请填写国务院办公厅通知的名称或文号")
    if problems:
        raise _invalid(problems)
    try:
        return CalendarYear(year, YearStatus.OFFICIAL, notice, tuple(sorted(days, key=lambda day: day.date)))
    except CalendarInvalid as error:
        raise _invalid([error.message]) from error


def _parse(content: bytes) -> dict[str, Any]:
    if len(content) > _MAXIMUM_BYTES:
        raise _invalid(["文件过大，请检查是否选错文件"])
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _invalid([f"不是合法的 JSON（{error}）"]) from error
    if not isinstance(data, dict):
        raise _invalid(["顶层须为对象，含 year、papers、days"])
    return data


def _days(entries: object, problems: list[str]) -> list[CalendarDay]:
    if not isinstance(entries, list) or not entries:
        problems.append("没有任何日期：该年放假安排可能尚未公布，不能作为正式日历")
        return []
    if len(entries) > _MAXIMUM_DAYS:
        problems.append(f"日期多于 {_MAXIMUM_DAYS} 个，请检查文件")
        return []
    days = []
    for position, entry in enumerate(entries, start=1):
        try:
            days.append(_day(entry))
        except (KeyError, TypeError, ValueError) as error:
            problems.append(f"第 {position} 个日期有误，应有 name、date、isOffDay（{error}）")
    return days


def _day(entry: Any) -> CalendarDay:
    name, day, off = entry["name"], date.fromisoformat(entry["date"]), entry["isOffDay"]
    if not isinstance(name, str) or not name.strip() or not isinstance(off, bool):
        raise TypeError("name 须为文字，isOffDay 须为 true 或 false")
    return CalendarDay(day, off, name.strip(), _kind(day, off))


def _kind(day: date, off: bool) -> DayKind:
    if not off:
        return DayKind.WORKING_WEEKEND
    if day in statutory_days(day.year):
        return DayKind.STATUTORY
    return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.COMPENSATION


def _papers(papers: object) -> str:
    if not isinstance(papers, list):
        return ""
    return "；".join(paper for paper in papers if isinstance(paper, str))


def _invalid(problems: list[str]) -> HolidayImportInvalid:
    details: dict[str, object] = {"problems": problems}
    return HolidayImportInvalid("放假安排未能导入，请更正后重试：" + "；".join(problems), details=details)
