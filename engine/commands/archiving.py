"""Archiving: every case that ends is put up for it, archivists order it again; the package itself is made in a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from engine.archive.errors import ArchiveUnknown, ArchivistsOnly, CaseOpen
from engine.attachments.errors import ContentGone
from engine.commands.case import Case
from engine.commands.documents import lock_content
from engine.commands.errors import CaseUnknown
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork, reaction
from engine.errors import Conflict
from engine.history.events import DocumentStored
from engine.history.record_events import CaseArchived
from engine.queries.documents import ARCHIVE, is_archivist
from engine.store.keys import draw_key
from engine.store.tables.general import document
from engine.store.tables.records import archive, archive_order
from engine.store.tables.runtime import process_instance

PROPERTY = "archive"
"""Of a process: ``none`` where its cases are not archived."""
NOT = "none"
LEASE = timedelta(minutes=15)
"""Longer than a package takes."""


class ArchiveLost(Conflict):
    """Another process has taken the order over, or it was given anew."""

    code = "archive.lost"


@dataclass(frozen=True, slots=True)
class OrderArchive:
    """Archive an ended case, again where it was archived before."""

    key: int


@dataclass(frozen=True, slots=True)
class TakeArchiveOrder:
    """Take an order up, or over from a process that has said nothing for the length of a lease."""

    root_key: int


@dataclass(frozen=True, slots=True)
class RefuseArchive:
    """Say why the case can't be archived as it is."""

    root_key: int
    fence: int
    problems: Sequence[str]


@dataclass(frozen=True, slots=True)
class RecordArchive:
    """Enter a package whose content is in the store; ``packed`` is what ``write_package`` answers, as a mapping."""

    root_key: int
    fence: int
    packed: Mapping[str, Any]


@reaction
def put_up_what_ended(unit: UnitOfWork, cases: list[Case]) -> None:
    """Order the package of each case that has ended or was changed after its end."""
    for case in cases:
        if case.ended and case.events:
            model = unit.sources.definitions.model(unit.connection, case.definition_key)
            if model.properties.get(PROPERTY) != NOT:
                unit.batch.upsert(archive_order, _order(unit, case.root_key))


@handles(OrderArchive)
def order(command: OrderArchive, unit: UnitOfWork) -> Answer:
    """Order it. Raises ArchivistsOnly, CaseUnknown, CaseOpen."""
    if not is_archivist(unit.actor):
        raise ArchivistsOnly("归档由档案员或审计管理员办理。")
    query = select(process_instance.c.root_key, process_instance.c.state).where(process_instance.c.key == command.key)
    row = unit.connection.execute(query).first()
    if row is None:
        raise CaseUnknown(f"没有编号为 {command.key} 的案件，请核对。")
    if row.state == "ACTIVE" or row.root_key != command.key:
        raise CaseOpen("案件还没有办结，办结后才能归档。")
    unit.batch.upsert(archive_order, _order(unit, row.root_key))
    return {"key": row.root_key}


@handles(TakeArchiveOrder)
def take(command: TakeArchiveOrder, unit: UnitOfWork) -> Answer:
    """Take it up, or answer ``{"taken": False}`` where there is nothing to do or another is at it."""
    row = _row(unit, command.root_key)
    if row is None or row["state"] != "PENDING" or (row["lease_until"] or unit.now) > unit.now:
        return {"taken": False}
    _change(unit, command.root_key, fence=row["fence"] + 1, lease_until=unit.now + LEASE)
    return {"taken": True, "fence": row["fence"] + 1}


@handles(RefuseArchive)
def refuse(command: RefuseArchive, unit: UnitOfWork) -> Answer:
    """Note it for the archivist. Raises ArchiveLost."""
    _require_own(unit, command.root_key, command.fence)
    _change(unit, command.root_key, state="REFUSED", problems=list(command.problems), ended_at=unit.now)
    return {"key": command.root_key}


@handles(RecordArchive)
def record(command: RecordArchive, unit: UnitOfWork) -> Answer:
    """Enter the package in the list of archives and in the bureau's log. Raises ArchiveLost, ContentGone."""
    row = _require_own(unit, command.root_key, command.fence)
    packed = dict(command.packed)
    lock_content(unit, packed["sm3"])
    if not unit.sources.contents.has(packed["sm3"]):
        raise ContentGone("归档包未能保存，请重新归档。")
    query = select(func.max(archive.c.number)).where(archive.c.root_key == command.root_key)
    number = (unit.connection.execute(query).scalar() or 0) + 1
    id_ = _store(unit, packed, row["ordered_by"])
    entry = {"root_key": command.root_key, "number": number, "document_id": id_, **packed}
    unit.connection.execute(insert(archive), {**entry, "actor_id": row["ordered_by"], "archived_at": unit.now})
    logged = {each.name: entry[each.name] for each in fields(CaseArchived)}
    unit.log(CaseArchived(**logged))
    _change(unit, command.root_key, state="DONE", problems=[], ended_at=unit.now)
    return {"key": command.root_key, "number": number, "document_id": id_}


def _store(unit: UnitOfWork, packed: Mapping[str, Any], actor_id: str) -> str:
    row: dict[str, Any] = {
        "id": str(draw_key(unit.connection)),
        "digest": packed["sm3"],
        "size": packed["size"],
        "content_type": "application/zip",
        "file_name": packed["file_name"],
        "properties": {},
        "actor_id": actor_id,
        "stored_at": unit.now,
        "purpose": ARCHIVE,
    }
    unit.connection.execute(insert(document), row)
    unit.log(DocumentStored(document_id=row["id"], digest=row["digest"], file_name=row["file_name"]))
    return str(row["id"])


def _order(unit: UnitOfWork, root_key: int) -> dict[str, Any]:
    row = _row(unit, root_key)
    return {
        "root_key": root_key,
        "state": "PENDING",
        "problems": [],
        "ordered_by": unit.actor.id,
        "ordered_at": unit.now,
        "lease_until": None,
        "fence": 0 if row is None else row["fence"] + 1,
        "ended_at": None,
    }


def _row(unit: UnitOfWork, root_key: int) -> Mapping[Any, Any] | None:
    query = select(archive_order).where(archive_order.c.root_key == root_key)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update()
    return unit.connection.execute(query).mappings().first()


def _require_own(unit: UnitOfWork, root_key: int, fence: int) -> Mapping[Any, Any]:
    row = _row(unit, root_key)
    if row is None:
        raise ArchiveUnknown(f"案件 {root_key} 没有归档任务。")
    if row["state"] != "PENDING" or row["fence"] != fence:
        raise ArchiveLost("归档已由另一进程接手。")
    return row


def _change(unit: UnitOfWork, root_key: int, **values: Any) -> None:
    unit.connection.execute(update(archive_order).where(archive_order.c.root_key == root_key).values(**values))
