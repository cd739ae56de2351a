"""One year of the working calendar in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.deadlines import Calendar


def calendar_year(calendar: Calendar, year: int) -> dict[str, Any]:
    """Return the days of a year that differ from the plain week, and how far the year can be relied on."""
    source = next((known.source for known in calendar.years if known.year == year), None)
    listed = {day.date: day for known in calendar.years for day in known.days if day.date.year == year}
    if not any(known.year == year for known in calendar.years):
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        days = (calendar.listed(date.fromordinal(number)) for number in range(first, last + 1))
        listed = {day.date: day for day in days if day is not None}
    return {
        "year": year,
        "status": calendar.status(year).value,
        "version": calendar.version,
        "source": source,
        "days": [
            {
                "date": day.date,
                "off": day.off,
                "name": day.name,
                "kind": day.kind.value,
                "provisional": calendar.is_provisional(day.date),
            }
            for _, day in sorted(listed.items())
        ],
    }
