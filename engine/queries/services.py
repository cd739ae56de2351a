"""The register of services of papers (送达), of a case and of all that one may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from engine.queries import names
from engine.queries.paging import Page, Request, decode, encode, like
from engine.queries.sight import Sight, concerning, require_sight
from engine.queries.staff import Staff, require_staff
from engine.store.tables.issuing import service


@dataclass(frozen=True, slots=True)
class Span:
    """Days of service from and to, ISO 8601; None is open."""

    since: str | None = None
    until: str | None = None
    way: str | None = None


def services_of_case(connection: Connection, viewer: Staff, key: int) -> list[dict[str, Any]]:
    """Return the services of a case's papers, oldest first. Raises CaseInvisible."""
    root_key, _ = require_sight(connection, viewer, key, Sight.CONTENT)
    query = select(service).where(service.c.root_key == root_key).order_by(service.c.served_on, service.c.key)
    return _values(connection, list(connection.execute(query).mappings()))


def services(connection: Connection, viewer: Staff, request: Request, span: Span) -> Page:
    """Return a page of the services in cases that the viewer may see, the newest recorded first.

    Raises StaffOnly, CursorInvalid.
    """
    require_staff(viewer)
    columns = service.c
    query = select(service)
    if not viewer.auditor:
        query = query.where(columns.root_key.in_(concerning(viewer)))
    if span.since is not None:
        query = query.where(columns.served_on >= span.since)
    if span.until is not None:
        query = query.where(columns.served_on <= span.until)
    if span.way is not None:
        query = query.where(columns.way == span.way)
    if request.search:
        pattern = like(request.search)
        query = query.where(or_(*(each.like(pattern, escape="\\") for each in (columns.number, columns.recipient))))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    position = decode(request.cursor)
    if position is not None:
        at, key = position
        query = query.where(or_(columns.recorded_at < at, and_(columns.recorded_at == at, columns.key < key)))
    ordered = query.order_by(columns.recorded_at.desc(), columns.key.desc()).limit(request.limit + 1)
    rows = list(connection.execute(ordered).mappings())
    page = rows[: request.limit]
    cursor = encode((page[-1]["recorded_at"], page[-1]["key"])) if len(rows) > request.limit else None
    return Page(_values(connection, page), cursor, total)


def _values(connection: Connection, rows: Sequence[Mapping[Any, Any]]) -> list[dict[str, Any]]:
    people = names.people(connection, (row[name] for row in rows for name in ("actor_id", "corrected_by")))
    return [
        {
            **row,
            "process_instance_key": row["root_key"],
            "by": people.get(row["actor_id"]),
            "corrected_by": people.get(row["corrected_by"]),
        }
        for row in rows
    ]
