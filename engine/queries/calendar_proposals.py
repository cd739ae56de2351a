"""Proposed years of the working calendar, with what each would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from engine.deadlines import Calendar, CalendarDay, CalendarInvalid, CalendarYear, DayKind, compare_calendars
from engine.queries import names
from engine.store.tables.controls import calendar_proposal
from engine.store.tables.deadlines import clock


def proposals(connection: Connection, current: Calendar) -> list[dict[str, Any]]:
    """Return all proposals, newest first; open ones with their difference from the calendar in force."""
    query = select(calendar_proposal).order_by(calendar_proposal.c.key.desc()).limit(200)
    rows = list(connection.execute(query).mappings())
    people = names.people(connection, (id_ for row in rows for id_ in (row["proposed_by"], row["decided_by"])))
    open_clocks = connection.execute(select(func.count()).where(clock.c.status == "running")).scalar() or 0
    return [
        {
            **{name: row[name] for name in ("key", "year", "source", "state", "proposed_at", "decided_at", "reason")},
            "proposed_by": people.get(row["proposed_by"]) or {"id": row["proposed_by"], "name": row["proposed_by"]},
            "decided_by": people.get(row["decided_by"] or ""),
            "open_clocks": open_clocks if row["state"] == "PROPOSED" else None,
            "changes": _changes(current, row["content"]) if row["state"] == "PROPOSED" else [],
        }
        for row in rows
    ]


def year_with_overrides(current: Calendar, year: int, overrides: Iterable[Mapping[str, Any]]) -> CalendarYear:
    """Return a year of the calendar in force with single days changed (停止办公, 照常办公).

    Each override has ``date``, ``off``, ``name``. Raises CalendarInvalid for a year that was never published.
    """
    known = next((found for found in current.years if found.year == year), None)
    if known is None:
        raise CalendarInvalid(f"{year} 年日历尚未发布，不能单独调整某一天；请先导入该年日历。")
    days = {day.date: day for day in known.days}
    for override in overrides:
        day: date = override["date"]
        days[day] = CalendarDay(day, override["off"], override["name"], DayKind.OVERRIDE)
    return CalendarYear(year, known.status, known.source, tuple(days[day] for day in sorted(days)))


def _changes(current: Calendar, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    difference = compare_calendars(current, current.with_year(CalendarYear.from_dict(content)))
    return [
        {
            "date": change.date,
            "was_working": change.was_working,
            "is_working": change.is_working,
            "old_reason": change.old_reason,
            "new_reason": change.new_reason,
        }
        for change in (*difference.days, *difference.renamed)
    ]
