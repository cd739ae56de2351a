"""Series of numbers and their registers: every number that was given or set aside, and whether any is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, literal, null, select, union_all

from engine.clock import LEGAL_ZONE
from engine.documents.number_series import NumberSeries
from engine.documents.organisation_files import series_in_force, series_of
from engine.queries import names
from engine.queries.paging import Page, Request, decode, encode, like
from engine.queries.staff import Staff, require_staff, seen_cases
from engine.store.tables.issuing import issued_number, number_counter, number_reservation
from engine.store.tables.runtime import process_instance

MOST_MISSING = 100


@dataclass(frozen=True, slots=True)
class Register:
    """A page of a register, and the numbers that it lacks: none, ever."""

    page: Page
    period: int
    first: int
    last: int
    missing: Sequence[int]


def series_list(connection: Connection, viewer: Staff, now: datetime) -> list[dict[str, Any]]:
    """Return all series with the number that comes next in the present year. Raises StaffOnly."""
    require_staff(viewer)
    year = now.astimezone(LEGAL_ZONE).year
    counters = {(row.series, row.period): row.last for row in connection.execute(select(number_counter))}
    found = []
    for series in series_in_force(connection).series.values():
        period = series.period(year)
        last = counters.get((series.id, period), series.first_number(period) - 1)
        periods = sorted({period, *(key[1] for key in counters if key[0] == series.id)}, reverse=True)
        found.append(
            {
                "id": series.id,
                "title": series.title,
                "pattern": series.pattern,
                "reset": series.reset,
                "department": series.department,
                "keepers": series.keepers,
                "source": series.source,
                "note": series.note,
                "periods": periods,
                "last": last,
                "next_text": series.text(year, last + 1),
                "may_keep": _keeps(viewer, series),
            }
        )
    return found


def register_of(
    connection: Connection, viewer: Staff, series_id: str, period: int | None, request: Request, now: datetime
) -> Register:
    """Return a page of a series' register, the highest number first; the present period where none is named.

    Raises StaffOnly, NumberSeriesUnknown, CursorInvalid.
    """
    require_staff(viewer)
    series = series_of(connection, series_id)
    chosen = series.period(now.astimezone(LEGAL_ZONE).year) if period is None else period
    rows = _rows(series.id, chosen).subquery()
    query = select(rows)
    if request.state is not None:
        query = query.where(rows.c.state == request.state)
    if request.search:
        query = query.where(rows.c.text.like(like(request.search), escape="\\"))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    position = decode(request.cursor)
    if position is not None:
        query = query.where(rows.c.number < position[1])
    ordered = query.order_by(rows.c.number.desc()).limit(request.limit + 1)
    found = list(connection.execute(ordered).mappings())
    page = found[: request.limit]
    cursor = encode((None, page[-1]["number"])) if len(found) > request.limit else None
    items = _values(connection, viewer, series, page)
    first = series.first_number(chosen)
    last = _last(connection, series.id, chosen, first)
    known = set(connection.execute(select(_rows(series.id, chosen).subquery().c.number)).scalars())
    missing = [number for number in range(first, last + 1) if number not in known][:MOST_MISSING]
    return Register(Page(items, cursor, total), chosen, first, last, missing)


def numbers_of_case(connection: Connection, root_key: int) -> list[dict[str, Any]]:
    """Return the numbers that a case was given, in the order in which it was."""
    columns = issued_number.c
    query = (
        select(issued_number).where(columns.root_key == root_key).order_by(columns.element_instance_key, columns.text)
    )
    rows = list(connection.execute(query).mappings())
    people = names.people(connection, (row["actor_id"] for row in rows))
    return [{**row, "by": people.get(row["actor_id"]), "at": row["issued_at"]} for row in rows]


def _rows(series: str, period: int) -> Any:
    """Numbers given, and numbers set aside that no paper has taken yet."""
    given, aside = issued_number.c, number_reservation.c
    issued = select(
        given.number,
        given.text,
        given.state,
        given.title,
        given.root_key,
        given.actor_id,
        given.issued_at.label("at"),
        given.changed_by,
        given.changed_at,
        given.reason,
        null().label("reserved_for"),
    ).where(given.series == series, given.period == period)
    taken = select(literal(1)).where(
        given.series == aside.series, given.period == aside.period, given.number == aside.number
    )
    reserved = select(
        aside.number,
        aside.text,
        aside.state,
        null(),
        null(),
        aside.actor_id,
        aside.reserved_at,
        aside.changed_by,
        aside.changed_at,
        aside.change_reason,
        aside.reason,
    ).where(aside.series == series, aside.period == period, ~taken.exists())
    return union_all(issued, reserved)


def _values(
    connection: Connection, viewer: Staff, series: NumberSeries, rows: Sequence[Mapping[Any, Any]]
) -> list[dict[str, Any]]:
    people = names.people(connection, (row[name] for row in rows for name in ("actor_id", "changed_by")))
    keys = {row["root_key"] for row in rows if row["root_key"] is not None}
    seen = seen_cases(connection, viewer, keys, keeper=_keeps(viewer, series))
    titles = _case_titles(connection, [row["root_key"] for row in rows if row["title"] is None])
    return [
        {
            **row,
            "title": (row["title"] or titles.get(row["root_key"])) if row["root_key"] in seen else None,
            "process_instance_key": row["root_key"] if row["root_key"] in seen else None,
            "by": people.get(row["actor_id"]),
            "changed_by": people.get(row["changed_by"]),
        }
        for row in rows
    ]


def _case_titles(connection: Connection, root_keys: Sequence[int | None]) -> dict[int | None, str]:
    """What the register calls a paper whose own title nobody gave: its case."""
    columns = process_instance.c
    query = select(columns.key, columns.title).where(columns.key.in_([key for key in root_keys if key is not None]))
    return {row.key: row.title for row in connection.execute(query)}


def _keeps(viewer: Staff, series: NumberSeries) -> bool:
    return not viewer.groups.isdisjoint(series.keepers)


def _last(connection: Connection, series: str, period: int, first: int) -> int:
    columns = number_counter.c
    query = select(columns.last).where(columns.series == series, columns.period == period)
    last = connection.execute(query).scalar()
    return first - 1 if last is None else int(last)
