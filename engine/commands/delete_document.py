"""Delete a stored file."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from engine.attachments.errors import DocumentTaken
from engine.commands.documents import lock_content
from engine.commands.errors import DocumentUnknown
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.history.events import DocumentDeleted
from engine.store.tables.general import document


@dataclass(frozen=True, slots=True)
class DeleteDocument:
    """Delete the document with an id; its content goes too when no other document has the same."""

    document_id: str


@handles(DeleteDocument)
def handle(command: DeleteDocument, unit: UnitOfWork) -> Answer:
    """Delete what one stored oneself; administrators delete any. Raises DocumentUnknown, DocumentTaken."""
    connection = unit.connection
    row = connection.execute(select(document).where(document.c.id == command.document_id)).mappings().first()
    if row is None or not (unit.actor.administrator or row["actor_id"] == unit.actor.id):
        raise DocumentUnknown(f"没有编号为 {command.document_id} 的文件，或者您无权删除。")
    if row["purpose"] is not None and row["process_instance_key"] is not None:
        raise DocumentTaken("文件已提交到案件，是案件记录的一部分，不能删除。")
    lock_content(unit, row["digest"])
    connection.execute(delete(document).where(document.c.id == command.document_id))
    others = select(document.c.id).where(document.c.digest == row["digest"]).limit(1)
    if connection.execute(others).first() is None:
        unit.sources.contents.remove(row["digest"])
    unit.log(DocumentDeleted(document_id=command.document_id, digest=row["digest"]))
    return {}
