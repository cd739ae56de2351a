"""Enter an uploaded file whose content lies in the store already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from engine.attachments.errors import ContentGone, FileRefused
from engine.commands.attachments import UPLOAD, take_attachments, taken_item
from engine.commands.documents import lock_content
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import open_user_task
from engine.history.events import DocumentStored
from engine.queries.sight import Sight, require_sight
from engine.store.keys import draw_key
from engine.store.tables.general import document

MOST_WAITING = 300
"""Files of one person that nothing has taken yet."""


@dataclass(frozen=True, slots=True)
class UploadDocument:
    """Enter a file for a user task's form, for a start form (neither key), or for a case as it stands.

    What is for a case is taken by it at once, with a ``note`` saying what it is.
    """

    digest: str
    size: int
    content_type: str
    file_name: str
    task_key: int | None = None
    process_instance_key: int | None = None
    note: str | None = None


@handles(UploadDocument)
def handle(command: UploadDocument, unit: UnitOfWork) -> Answer:
    """Enter it.

    Raises UserTaskUnknown, UserTaskNotOpen, CaseInvisible, CaseEnded, CaseSuspended, FileRefused (too many that no
    form took), ContentGone.
    """
    if command.task_key is not None:
        open_user_task(unit, command.task_key)
    elif command.process_instance_key is None:
        _require_room(unit)
    row = _enter(unit, command)
    if command.task_key is None and command.process_instance_key is not None:
        root_key, _ = require_sight(unit.connection, unit.actor, command.process_instance_key, Sight.CONTENT)
        case = unit.open_case(root_key)
        case.require_live()
        take_attachments(unit, case, [taken_item(row, None)], note=command.note)
    return {name: row[name] for name in ("id", "file_name", "digest", "size", "content_type")}


def _enter(unit: UnitOfWork, command: UploadDocument) -> dict[str, Any]:
    lock_content(unit, command.digest)
    if not unit.sources.contents.has(command.digest):
        raise ContentGone("文件内容未能保存，请重新上传。")
    row: dict[str, Any] = {
        "id": str(draw_key(unit.connection)),
        "digest": command.digest,
        "size": command.size,
        "content_type": command.content_type,
        "file_name": command.file_name,
        "process_id": None,
        "process_instance_key": None,
        "properties": {},
        "actor_id": unit.actor.id,
        "stored_at": unit.now,
        "expires_at": None,
        "purpose": UPLOAD,
    }
    unit.connection.execute(insert(document), row)
    unit.log(DocumentStored(document_id=row["id"], digest=command.digest, file_name=command.file_name))
    return row


def _require_room(unit: UnitOfWork) -> None:
    query = select(func.count()).where(
        document.c.actor_id == unit.actor.id,
        document.c.purpose == UPLOAD,
        document.c.process_instance_key.is_(None),
    )
    if unit.connection.execute(query).scalar_one() >= MOST_WAITING:
        raise FileRefused(f"您已有 {MOST_WAITING} 个文件上传后未使用，请先提交或删除。")
