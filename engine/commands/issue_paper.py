"""Issue a paper that a worker has made: enter its files, and record from what it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from engine.attachments.errors import ContentGone
from engine.commands.documents import lock_content
from engine.commands.handlers import Answer, handles
from engine.commands.jobs import open_job
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.events import DocumentStored
from engine.history.issuance_events import PaperIssued
from engine.store.keys import draw_key
from engine.store.tables.general import document
from engine.store.tables.papers import issued_paper
from engine.store.tables.runtime import job

runs(PaperIssued)(untouched)

PAPER = "paper"
"""The purpose of documents that a case issued."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file whose content lies in the store already."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class IssuePaper:
    """Enter the paper that the job ``key`` asked for, as Word file and, where one was made, as PDF."""

    key: int
    fence: int
    variable: str
    paper_id: str
    version: int
    template_digest: str
    data_digest: str
    title: str
    docx: MadeFile
    pdf: MadeFile | None
    note: str | None


@handles(IssuePaper)
def handle(command: IssuePaper, unit: UnitOfWork) -> Answer:
    """Enter it; a job that has issued its paper already gives the same answer again.

    Raises WorkerOnly, JobUnknown, JobNotOpen, JobTaken, CaseEnded, CaseSuspended, ContentGone.
    """
    case = open_job(unit, command.key, command.fence)
    row = unit.connection.execute(select(issued_paper).where(issued_paper.c.job_key == command.key)).mappings().first()
    if row is not None:
        return {"paper": paper_value(row)}
    place = unit.connection.execute(
        select(job.c.process_instance_key, job.c.element_id).where(job.c.key == command.key)
    ).one()
    document_id = _enter(unit, case.root_key, command.docx, DOCX)
    pdf: dict[str, Any] | None = None
    if command.pdf is not None:
        pdf = {
            "document_id": _enter(unit, case.root_key, command.pdf, PDF),
            "name": command.pdf.name,
            "digest": command.pdf.digest,
            "size": command.pdf.size,
        }
    event = PaperIssued(
        job_key=command.key,
        process_instance_key=place.process_instance_key,
        element_id=place.element_id,
        variable=command.variable,
        paper_id=command.paper_id,
        version=command.version,
        template_digest=command.template_digest,
        data_digest=command.data_digest,
        title=command.title,
        document_id=document_id,
        name=command.docx.name,
        digest=command.docx.digest,
        size=command.docx.size,
        content_type=DOCX,
        pdf=pdf,
        note=command.note,
    )
    case.execute(event)
    return {"paper": paper_value(event.to_payload())}


def paper_value(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what the variable of an issued paper holds."""
    value: dict[str, Any] = {
        "documentId": row["document_id"],
        "name": row["name"],
        "digest": row["digest"],
        "size": row["size"],
        "contentType": row["content_type"],
        "paper": row["paper_id"],
        "title": row["title"],
    }
    if row["pdf"] is not None:
        pdf = row["pdf"]
        value["pdf"] = {
            "documentId": pdf["document_id"],
            "name": pdf["name"],
            "digest": pdf["digest"],
            "size": pdf["size"],
            "contentType": PDF,
        }
    return value


def _enter(unit: UnitOfWork, root_key: int, file: MadeFile, content_type: str) -> str:
    lock_content(unit, file.digest)
    if not unit.sources.contents.has(file.digest):
        raise ContentGone("文书内容未能保存，将重新生成。")
    id_ = str(draw_key(unit.connection))
    unit.connection.execute(
        insert(document),
        {
            "id": id_,
            "digest": file.digest,
            "size": file.size,
            "content_type": content_type,
            "file_name": file.name,
            "process_id": None,
            "process_instance_key": root_key,
            "properties": {},
            "actor_id": unit.actor.id,
            "stored_at": unit.now,
            "expires_at": None,
            "purpose": PAPER,
        },
    )
    unit.log(DocumentStored(document_id=id_, digest=file.digest, file_name=file.name))
    return id_
