"""Take uploaded files away that no form and no case took, and contents that no document names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, Text, and_, cast, delete, exists, or_, select

from engine.commands.attachments import UPLOAD
from engine.commands.documents import lock_content
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.history.events import DocumentDeleted
from engine.queries.documents import EXPORT
from engine.queries.settings import policy_of
from engine.store.tables.general import document
from engine.store.tables.runtime import draft

BATCH = 100


@dataclass(frozen=True, slots=True)
class DropOrphanedDocuments:
    """Delete uploads that nothing took within the days of the setting ``documents.orphan-days``; expired exports."""


@dataclass(frozen=True, slots=True)
class SweepContent:
    """Remove a stored content if no document has it."""

    digest: str


@handles(DropOrphanedDocuments)
def handle(command: DropOrphanedDocuments, unit: UnitOfWork) -> Answer:
    """Delete some of them."""
    connection = unit.connection
    rows = connection.execute(orphaned(connection, unit.now).limit(BATCH)).all()
    for row in rows:
        lock_content(unit, row.digest)
        connection.execute(delete(document).where(document.c.id == row.id))
        _remove_if_unnamed(unit, row.digest)
        unit.log(DocumentDeleted(document_id=row.id, digest=row.digest))
    return {"dropped": len(rows)}


def orphaned(connection: Connection, now: datetime) -> Select[tuple[str, str]]:
    """Return the query for uploads that nothing took in time, no draft's among them, and for expired exports."""
    days = policy_of(connection).whole("documents.orphan-days")
    columns = document.c
    drafted = exists().where(cast(draft.c.variables, Text).contains(columns.id))
    waiting = and_(
        columns.purpose == UPLOAD,
        columns.process_instance_key.is_(None),
        columns.stored_at < now - timedelta(days=days),
        ~drafted,
    )
    expired = and_(columns.purpose == EXPORT, columns.expires_at < now)
    return select(columns.id, columns.digest).where(or_(waiting, expired)).order_by(columns.stored_at)


@handles(SweepContent)
def sweep(command: SweepContent, unit: UnitOfWork) -> Answer:
    """Remove."""
    lock_content(unit, command.digest)
    return {"removed": _remove_if_unnamed(unit, command.digest)}


def _remove_if_unnamed(unit: UnitOfWork, digest: str) -> bool:
    query = select(document.c.id).where(document.c.digest == digest).limit(1)
    if unit.connection.execute(query).first() is not None:
        return False
    unit.sources.contents.remove(digest)
    return True
