"""Packages of ended cases, for archivists and auditors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from engine.archive.errors import ArchiveUnknown, ArchivistsOnly
from engine.queries import names
from engine.queries.documents import is_archivist
from engine.queries.paging import Page, Request, decode, encode, like
from engine.queries.viewer import Viewer
from engine.store.tables.records import archive, archive_order
from engine.store.tables.runtime import process_instance

SHOWN = 200


def archives(connection: Connection, viewer: Viewer, request: Request) -> Page:
    """Return a page of packages, newest first, by procedure and title. Raises ArchivistsOnly, CursorInvalid."""
    _require(viewer)
    columns = archive.c
    query = select(archive)
    if request.procedure:
        query = query.where(columns.process_id == request.procedure)
    if request.search:
        query = query.where(columns.title.like(like(request.search), escape="\\"))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    after = decode(request.cursor)
    if after is not None:
        at, key = after
        query = query.where(or_(columns.archived_at < at, and_(columns.archived_at == at, columns.root_key < key)))
    ordered = query.order_by(columns.archived_at.desc(), columns.root_key.desc(), columns.number.desc())
    rows = list(connection.execute(ordered.limit(request.limit + 1)).mappings())
    shown = rows[: request.limit]
    cursor = encode((shown[-1]["archived_at"], shown[-1]["root_key"])) if len(rows) > request.limit else None
    return Page([dict(row) for row in shown], cursor, int(total))


def refused_archives(connection: Connection, viewer: Viewer) -> list[dict[str, Any]]:
    """Return the cases that can't be archived as they are, and why. Raises ArchivistsOnly."""
    _require(viewer)
    query = (
        select(archive_order, process_instance.c.title, process_instance.c.process_id)
        .join(process_instance, process_instance.c.key == archive_order.c.root_key)
        .where(archive_order.c.state == "REFUSED")
        .order_by(archive_order.c.root_key.desc())
        .limit(SHOWN)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def archive_of(connection: Connection, viewer: Viewer, key: int) -> dict[str, Any]:
    """Return how far the archiving of a case is, and its packages. Raises ArchivistsOnly, ArchiveUnknown."""
    _require(viewer)
    order = connection.execute(select(archive_order).where(archive_order.c.root_key == key)).mappings().first()
    query = select(archive).where(archive.c.root_key == key).order_by(archive.c.number.desc())
    packages = [dict(row) for row in connection.execute(query).mappings()]
    if order is None and not packages:
        raise ArchiveUnknown(f"案件 {key} 没有归档任务，也没有归档包。")
    return {**_state(connection, order), "packages": packages}


def _state(connection: Connection, order: Mapping[Any, Any] | None) -> dict[str, Any]:
    if order is None:
        return {"state": "DONE", "problems": [], "ordered_by": None, "ordered_at": None}
    people = names.people(connection, [order["ordered_by"]])
    return {
        "state": order["state"],
        "problems": order["problems"],
        "ordered_by": people[order["ordered_by"]],
        "ordered_at": order["ordered_at"],
    }


def _require(viewer: Viewer) -> None:
    if not is_archivist(viewer):
        raise ArchivistsOnly("归档由档案员或审计管理员办理。")
