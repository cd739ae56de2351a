"""Versions of a text (正文) between drafter, reviewers and signer: written, or an earlier one taken up again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.attachments import UPLOAD, take_attachments, taken_item
from engine.commands.case import Case
from engine.commands.handlers import Answer, handles
from engine.commands.issuing import properties as p
from engine.commands.issuing.errors import TextChanged, TextFrozen
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import Row, open_user_task, require_free_or_own
from engine.documents.texts import TextUnknown, TextUnreadable, digest_of, paragraphs_of, paragraphs_of_docx
from engine.execution import Machine
from engine.history.paper_events import TextVersionSaved
from engine.store.tables.general import document
from engine.store.tables.issuing import text_version


@dataclass(frozen=True, slots=True)
class SaveTextVersion:
    """Write a version of the text ``name`` in an open user task: ``content`` typed, or an uploaded .docx.

    ``base_version`` is the version that was changed, 0 for the first: who comes second is told, and nothing is lost.
    """

    user_task_key: int
    name: str
    base_version: int
    content: str | None = None
    document_id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class RestoreTextVersion:
    """Take up an earlier ``version`` again as a new one."""

    user_task_key: int
    name: str
    base_version: int
    version: int
    note: str | None = None


@runs(TextVersionSaved)
def run(event: TextVersionSaved, source: MachineSource) -> Machine | None:
    """Let the variable that holds the text have the new one, so that forms and papers show it."""
    if event.variable is None or event.user_task_key is None:
        return None
    machine = source.load()
    machine.variables_set(event.user_task_key, {event.variable: "\n".join(event.content)})
    return machine


@handles(SaveTextVersion)
def save(command: SaveTextVersion, unit: UnitOfWork) -> Answer:
    """Write. Raises UserTaskUnknown, UserTaskNotOpen, UserTaskTaken, TextUnknown, TextChanged, TextFrozen,
    TextUnreadable, CaseEnded, CaseSuspended."""
    row, case = _writable(unit, command)
    if command.document_id is not None:
        file = _uploaded(unit, command.document_id)
        content = paragraphs_of_docx(_content(unit, file["digest"]))
        take_attachments(unit, case, [taken_item(file, None)], task_key=row["key"], element_id=row["element_id"])
        kept = {"documentId": file["id"], "name": file["file_name"], "digest": file["digest"]}
        return _write(unit, row, case, command, content, kept)
    return _write(unit, row, case, command, paragraphs_of(command.content or ""), None)


@handles(RestoreTextVersion)
def restore(command: RestoreTextVersion, unit: UnitOfWork) -> Answer:
    """Take up again. Raises what writing raises."""
    row, case = _writable(unit, command)
    columns = text_version.c
    query = select(text_version).where(
        columns.process_instance_key == row["process_instance_key"],
        columns.name == command.name,
        columns.version == command.version,
    )
    old = unit.connection.execute(query).mappings().first()
    if old is None:
        raise TextUnknown(f"{command.name}没有第 {command.version} 版，请刷新后再试。")
    return _write(unit, row, case, command, old["content"], old["document"], restored_from=command.version)


def _writable(unit: UnitOfWork, command: SaveTextVersion | RestoreTextVersion) -> tuple[Row, Case]:
    row, case = open_user_task(unit, command.user_task_key)
    require_free_or_own(unit.actor, row, unit.on_behalf_of)
    node = unit.sources.definitions.model(unit.connection, row["definition_key"]).node(row["element_id"])
    named = [] if node is None else p.parts(node.properties.get(p.DRAFT, ""))
    if command.name not in named or row["binding"] is not None:
        raise TextUnknown(f"“{row['name']}”不起草{command.name}（由流程图规定）。")
    newest = _newest(unit, row["process_instance_key"], command.name)
    version = 0 if newest is None else newest["version"]
    if command.base_version != version:
        raise TextChanged(
            f"{command.name}已有第 {version} 版，您改的是第 {command.base_version} 版。请先查看新版本。",
            details={"version": version},
        )
    if _frozen_since(unit, row, command.name):
        raise TextFrozen(f"{command.name}已签发定稿，不能再改；确需修改的，请退回拟稿环节重新办理。")
    return row, case


def _write(
    unit: UnitOfWork,
    row: Row,
    case: Case,
    command: SaveTextVersion | RestoreTextVersion,
    content: Sequence[str],
    kept: Mapping[str, Any] | None,
    restored_from: int | None = None,
) -> Answer:
    if not content:
        raise TextUnreadable(f"{command.name}没有内容，请填写后再保存。")
    node = unit.sources.definitions.model(unit.connection, row["definition_key"]).node(row["element_id"])
    named = "" if node is None else node.properties.get(p.DRAFT_VARIABLE, "")
    digest = digest_of(content, None if kept is None else kept["digest"])
    version = command.base_version + 1
    case.execute(
        TextVersionSaved(
            process_instance_key=row["process_instance_key"],
            name=command.name,
            version=version,
            content=list(content),
            document=None if kept is None else dict(kept),
            digest=digest,
            note=command.note or None,
            restored_from=restored_from,
            user_task_key=row["key"],
            variable=named or None,
        )
    )
    return {"name": command.name, "version": version, "digest": digest, "process_instance_key": case.root_key}


def _newest(unit: UnitOfWork, key: int, name: str) -> Mapping[Any, Any] | None:
    columns = text_version.c
    query = select(text_version).where(columns.process_instance_key == key, columns.name == name)
    return unit.connection.execute(query.order_by(columns.version.desc()).limit(1)).mappings().first()


def _frozen_since(unit: UnitOfWork, row: Row, name: str) -> bool:
    """A task that opened after the signature is one to which the case was returned: there a new version is due."""
    columns = text_version.c
    query = select(columns.version).where(
        columns.process_instance_key == row["process_instance_key"],
        columns.name == name,
        columns.frozen_by_key > row["key"],
    )
    return unit.connection.execute(query.limit(1)).first() is not None


def _uploaded(unit: UnitOfWork, id_: str) -> Mapping[Any, Any]:
    query = select(document).where(document.c.id == id_, document.c.purpose == UPLOAD)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update()
    row = unit.connection.execute(query).mappings().first()
    if row is None or row["process_instance_key"] is not None or row["actor_id"] != unit.actor.id:
        raise TextUnreadable("上传的文件已不在，或已用于别处，请重新上传。")
    return row


def _content(unit: UnitOfWork, digest: str) -> bytes:
    content = unit.sources.contents.read(digest)
    if content is None:
        raise TextUnreadable("上传的文件未能保存，请重新上传。")
    return content
