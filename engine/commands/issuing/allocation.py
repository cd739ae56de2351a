"""Giving numbers: gapless for each series and year, inside the transaction of the command that signs.

The counter's row stays locked until that transaction ends, so who comes second waits; what is rolled back gives its
number back. SQLite has one writer anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.clock import LEGAL_ZONE
from engine.commands.issuing.errors import NumberNotReserved
from engine.documents.number_series import NumberSeries
from engine.documents.organisation_files import series_of
from engine.store.tables.issuing import issued_number, number_counter, number_reservation

MOST_AT_ONCE = 100
"""How many numbers may be set aside at once."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number that was given."""

    series: str
    period: int
    number: int
    text: str
    reserved: bool

    def as_fact(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "series": self.series,
            "period": self.period,
            "number": self.number,
            "text": self.text,
            "reserved": self.reserved,
        }


def legal_year(now: datetime) -> int:
    """Return the year in which a moment lies, in Asia/Shanghai."""
    return now.astimezone(LEGAL_ZONE).year


def allocate(connection: Connection, series_id: str, now: datetime, reserved: object = None) -> Numbered:
    """Give the next number of a series, or the ``reserved`` one: a whole number of this period, or its whole text.

    Raises NumberSeriesUnknown, NumberNotReserved.
    """
    series = series_of(connection, series_id)
    year = legal_year(now)
    if reserved not in (None, ""):
        return _take_reserved(connection, series, series.period(year), reserved)
    number = advance(connection, series, series.period(year), 1)
    return Numbered(series.id, series.period(year), number, series.text(year, number), False)


def advance(connection: Connection, series: NumberSeries, period: int, count: int) -> int:
    """Count the series up and return the last number; its row stays locked until the transaction ends."""
    counter = number_counter.c
    this = (counter.series == series.id) & (counter.period == period)
    forward = update(number_counter).where(this).values(last=counter.last + count).returning(counter.last)
    last = connection.execute(forward).scalar()
    if last is None:
        _begin_period(connection, series, period)
        last = connection.execute(forward).scalar_one()
    return int(last)


def _begin_period(connection: Connection, series: NumberSeries, period: int) -> None:
    """Two may begin a year at once: the second finds the row of the first."""
    values = {"series": series.id, "period": period, "last": series.first_number(period) - 1}
    if connection.dialect.name == "postgresql":
        connection.execute(postgresql.insert(number_counter).values(values).on_conflict_do_nothing())
    elif connection.dialect.name == "sqlite":
        connection.execute(sqlite.insert(number_counter).values(values).on_conflict_do_nothing())
    else:
        connection.execute(insert(number_counter).values(values))


def _take_reserved(connection: Connection, series: NumberSeries, period: int, reserved: object) -> Numbered:
    columns = number_reservation.c
    query = select(number_reservation).where(columns.series == series.id)
    text = str(reserved).strip()
    if text.isdecimal() and len(text) < 16:
        query = query.where(columns.period == period, columns.number == int(text))
    else:
        query = query.where(columns.text == text)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NumberNotReserved(f"“{series.title}”没有预留 {text}，请从预留的号中选择，或不填而取下一个号。")
    advance(connection, series, row["period"], 0)
    if not still_reserved(connection, row):
        raise NumberNotReserved(f"{row['text']} 已被使用或已作废，请另选一个预留的号。")
    return Numbered(series.id, row["period"], row["number"], row["text"], True)


def still_reserved(connection: Connection, row: Mapping[Any, Any]) -> bool:
    """Return whether a number set aside may still be used; asked under the lock of its counter."""
    columns, taken = number_reservation.c, issued_number.c
    state = select(columns.state).where(
        columns.series == row["series"], columns.period == row["period"], columns.number == row["number"]
    )
    used = select(taken.number).where(
        taken.series == row["series"], taken.period == row["period"], taken.number == row["number"]
    )
    return connection.execute(state).scalar() == "RESERVED" and connection.execute(used).first() is None
