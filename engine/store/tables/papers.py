"""The papers that cases issued; rebuilt from history."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

issued_paper = Table(
    "ru_issued_paper",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("root_key", KEY, nullable=False),
    Column("process_instance_key", KEY, nullable=False),
    Column("job_key", KEY, nullable=False, unique=True, comment="a job issues one paper, however often it is tried"),
    Column("element_id", Text, nullable=False),
    Column("variable", Text, nullable=False, comment="the variable that holds it"),
    Column("paper_id", Text, nullable=False),
    Column("version", Integer, nullable=False, comment="of the template"),
    Column("template_digest", Text, nullable=False, comment="SM3 of the template"),
    Column("data_digest", Text, nullable=False, comment="SM3 of what it was filled in with, as canonical JSON"),
    Column("title", Text, nullable=False),
    Column("name", Text, nullable=False, comment="of the file"),
    Column("digest", Text, nullable=False, comment="SM3 of the file"),
    Column("size", KEY, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("pdf", JsonText, comment="documentId, name, digest, size of the PDF made of it; none where none was made"),
    Column("note", Text, comment="why there is no PDF"),
    Column("at", Moment, nullable=False),
    Index("ix_ru_issued_paper_root", "root_key", "at"),
    Index("ix_ru_issued_paper_paper", "paper_id", "at"),
)
