"""Exports of registers: ordered by somebody, worked off in the background page by page, with progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from engine.attachments.errors import ContentGone
from engine.commands.documents import lock_content
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import Conflict
from engine.history.events import DocumentStored
from engine.queries.documents import EXPORT
from engine.queries.exports import ExportUnknown
from engine.queries.registers import ListRequest, count_of_register, register_of
from engine.store.keys import draw_key
from engine.store.tables.general import document
from engine.store.tables.records import export

LEASE = timedelta(minutes=2)
KEPT = timedelta(days=7)
"""How long a finished file can be fetched."""
MOST_ROWS = 1_000_000
"""Rows that fit a sheet."""
MOST_OPEN = 3
"""Exports of one person at a time."""
_OPEN = ("PENDING", "RUNNING")


class ExportsOpen(Conflict):
    """Several exports of the same person are still being made."""

    code = "registers.exports-open"


class ExportLost(Conflict):
    """The export was called off, or another process has taken it over."""

    code = "registers.export-lost"


@dataclass(frozen=True, slots=True)
class OrderExport:
    """Export a register as the list shows it to the actor, in the order ``sort``."""

    register_id: str
    sort: str | None = None
    search: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CancelExport:
    """Call one's own export off."""

    key: int


@dataclass(frozen=True, slots=True)
class TakeExport:
    """Take an export up, or over from a process that has said nothing for the length of a lease."""

    key: int


@dataclass(frozen=True, slots=True)
class NoteExportProgress:
    """Say how far it is; that holds the lease."""

    key: int
    fence: int
    done: int


@dataclass(frozen=True, slots=True)
class EndExport:
    """Enter the finished file, whose content is in the store; or, with a ``message``, say why there is none."""

    key: int
    fence: int
    file_name: str = ""
    digest: str = ""
    size: int = 0
    content_type: str = ""
    message: str | None = None


@handles(OrderExport)
def order(command: OrderExport, unit: UnitOfWork) -> Answer:
    """Write the order down. Raises RegisterUnknown, FilterInvalid, ExportsOpen."""
    register = register_of(unit.connection, unit.actor, command.register_id)
    open_ = select(func.count()).where(export.c.actor_id == unit.actor.id, export.c.state.in_(_OPEN))
    if unit.connection.execute(open_).scalar_one() >= MOST_OPEN:
        raise ExportsOpen(f"您已有 {MOST_OPEN} 个导出正在进行，请待其完成。")
    request = ListRequest(sort=command.sort, search=command.search, filters=command.filters)
    row = {
        "key": draw_key(unit.connection),
        "register_id": register.id,
        "request": {"sort": command.sort, "search": command.search, "filters": dict(command.filters)},
        "actor_id": unit.actor.id,
        "state": "PENDING",
        "total": count_of_register(unit.connection, unit.actor, register, request, MOST_ROWS),
        "done": 0,
        "ordered_at": unit.now,
        "fence": 0,
    }
    unit.connection.execute(insert(export), row)
    return {"key": row["key"], "total": row["total"]}


@handles(CancelExport)
def cancel(command: CancelExport, unit: UnitOfWork) -> Answer:
    """Call it off. Raises ExportUnknown; one that has ended stays as it is."""
    row = _row(unit, command.key)
    if row is None or row["actor_id"] != unit.actor.id:
        raise ExportUnknown(f"没有编号为 {command.key} 的导出。")
    if row["state"] in _OPEN:
        _change(unit, command.key, state="CANCELED", ended_at=unit.now, fence=row["fence"] + 1)
    return {"key": command.key}


@handles(TakeExport)
def take(command: TakeExport, unit: UnitOfWork) -> Answer:
    """Take it up and return what was ordered, or ``{"taken": False}`` where another has it."""
    row = _row(unit, command.key)
    if row is None or row["state"] not in _OPEN or (row["lease_until"] or unit.now) > unit.now:
        return {"taken": False}
    fence = row["fence"] + 1
    _change(unit, command.key, state="RUNNING", fence=fence, done=0, lease_until=unit.now + LEASE)
    return {"taken": True, "fence": fence, **{name: row[name] for name in ("register_id", "request", "actor_id")}}


@handles(NoteExportProgress)
def note_progress(command: NoteExportProgress, unit: UnitOfWork) -> Answer:
    """Note it. Raises ExportLost."""
    _require_own(unit, command.key, command.fence)
    _change(unit, command.key, done=command.done, lease_until=unit.now + LEASE)
    return {"key": command.key}


@handles(EndExport)
def end(command: EndExport, unit: UnitOfWork) -> Answer:
    """End it. Raises ExportLost, ContentGone."""
    row = _require_own(unit, command.key, command.fence)
    if command.message is not None:
        _change(unit, command.key, state="FAILED", message=command.message, ended_at=unit.now)
        return {"key": command.key}
    lock_content(unit, command.digest)
    if not unit.sources.contents.has(command.digest):
        raise ContentGone("导出的文件未能保存，请重新导出。")
    stored: dict[str, Any] = {
        "id": str(draw_key(unit.connection)),
        "digest": command.digest,
        "size": command.size,
        "content_type": command.content_type,
        "file_name": command.file_name,
        "properties": {},
        "actor_id": row["actor_id"],
        "stored_at": unit.now,
        "expires_at": unit.now + KEPT,
        "purpose": EXPORT,
    }
    unit.connection.execute(insert(document), stored)
    unit.log(DocumentStored(document_id=stored["id"], digest=command.digest, file_name=command.file_name))
    _change(unit, command.key, state="DONE", document_id=stored["id"], ended_at=unit.now)
    return {"document_id": stored["id"]}


def _row(unit: UnitOfWork, key: int) -> Mapping[Any, Any] | None:
    query = select(export).where(export.c.key == key)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update()
    return unit.connection.execute(query).mappings().first()


def _require_own(unit: UnitOfWork, key: int, fence: int) -> Mapping[Any, Any]:
    row = _row(unit, key)
    if row is None or row["state"] != "RUNNING" or row["fence"] != fence:
        raise ExportLost("导出已停止，或由另一进程接手。")
    return row


def _change(unit: UnitOfWork, key: int, **values: Any) -> None:
    unit.connection.execute(update(export).where(export.c.key == key).values(**values))
