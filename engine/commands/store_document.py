"""Store a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from engine.commands.documents import lock_content
from engine.commands.errors import DocumentDoubled
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.history.chain import sm3
from engine.history.event import moment_text
from engine.history.events import DocumentStored
from engine.store.keys import draw_key
from engine.store.tables.general import document


@dataclass(frozen=True, slots=True)
class StoreDocument:
    """Store ``content``, under an id of one's own or a drawn one; ``expires_at`` is ISO 8601."""

    content: bytes
    file_name: str
    content_type: str
    document_id: str | None = None
    process_id: str | None = None
    process_instance_key: int | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    expires_at: str | None = None


@handles(StoreDocument)
def handle(command: StoreDocument, unit: UnitOfWork) -> Answer:
    """Store. Raises DocumentDoubled."""
    connection = unit.connection
    id_ = command.document_id or str(draw_key(connection))
    if connection.execute(select(document.c.id).where(document.c.id == id_)).first() is not None:
        raise DocumentDoubled(f"已有编号为 {id_} 的文件，请换一个编号。")
    digest = sm3(command.content)
    lock_content(unit, digest)
    unit.sources.contents.put(digest, command.content)
    row = {
        "id": id_,
        "digest": digest,
        "size": len(command.content),
        "content_type": command.content_type,
        "file_name": command.file_name,
        "process_id": command.process_id,
        "process_instance_key": command.process_instance_key,
        "properties": dict(command.properties),
        "actor_id": unit.actor.id,
        "stored_at": unit.now,
        "expires_at": None if command.expires_at is None else datetime.fromisoformat(command.expires_at),
    }
    connection.execute(insert(document), row)
    unit.log(DocumentStored(document_id=id_, digest=digest, file_name=command.file_name))
    expires_at = None if row["expires_at"] is None else moment_text(row["expires_at"])
    return {**row, "stored_at": moment_text(unit.now), "expires_at": expires_at}
