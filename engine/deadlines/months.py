"""Months and years by the corresponding day (民法典 §202)."""

from __future__ import annotations

import calendar as gregorian
from datetime import date

from engine.deadlines.errors import DateOutOfRange


def add_months(day: date, months: int) -> date:
    """Return the corresponding day ``months`` later (earlier if negative), or the month's end where there is none.

    Raises DateOutOfRange outside the years that can be reckoned.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1900 <= year <= 9000:
        raise DateOutOfRange(f"{year}年超出可推算的范围，请检查起算日和期限")
    last = gregorian.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))
