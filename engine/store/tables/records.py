"""What is kept of cases: their files, the registers (台账) that list them, the packages they are archived in."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, text

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

case_document = Table(
    "ru_case_document",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("root_key", KEY, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False, comment="SM3 of the content"),
    Column("size", KEY, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("field", Text, comment="the variable that holds it; none where it was added by itself"),
    Column("task_key", KEY),
    Column("element_id", Text),
    Column("note", Text),
    Column("actor_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

register_cell = Table(
    "ru_register_cell",
    metadata,
    Column("register_id", Text, primary_key=True),
    Column("root_key", KEY, primary_key=True, autoincrement=False),
    Column("item", Integer, primary_key=True, autoincrement=False, comment="the row within the case, from 1"),
    Column("column", Text, primary_key=True, comment="of the register; * holds all texts, to be searched"),
    Column("sort_text", Text, nullable=False, comment="orders as the value does"),
    Index("ix_ru_register_cell_sort", "register_id", "column", "sort_text", "root_key", "item"),
    Index("ix_ru_register_cell_case", "root_key"),
    comment="what lists of a register are sorted and filtered by; what they show is worked out from the cases",
)

register_due = Table(
    "ru_register_due",
    metadata,
    Column("root_key", KEY, primary_key=True, autoincrement=False),
    Column("noted_at", Moment, nullable=False, index=True),
    comment="cases whose rows in registers are to be worked out anew",
)

export = Table(
    "ru_export",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("register_id", Text, nullable=False),
    Column("request", JsonText, nullable=False, comment="sort and filters, as for the list"),
    Column("actor_id", Text, nullable=False, index=True),
    Column("state", Text, nullable=False, comment="PENDING, RUNNING, DONE, FAILED, CANCELED"),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("document_id", Text),
    Column("message", Text, comment="why it failed"),
    Column("ordered_at", Moment, nullable=False),
    Column("lease_until", Moment, comment="whoever works on it says so again and again; then another may"),
    Column("fence", Integer, nullable=False),
    Column("ended_at", Moment),
    Index(
        "ix_ru_export_open",
        "key",
        sqlite_where=text("state IN ('PENDING', 'RUNNING')"),
        postgresql_where=text("state IN ('PENDING', 'RUNNING')"),
    ),
)

paper_preview = Table(
    "ru_paper_preview",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("actor_id", Text, nullable=False, index=True),
    Column("file_name", Text, nullable=False),
    Column("state", Text, nullable=False, comment="PENDING, RUNNING, DONE, FAILED"),
    Column("word_file", LargeBinary, nullable=False),
    Column("pdf", LargeBinary),
    Column("message", Text, comment="why it failed"),
    Column("ordered_at", Moment, nullable=False, index=True),
    Column("lease_until", Moment),
    Column("fence", Integer, nullable=False),
)

archive_order = Table(
    "ru_archive_order",
    metadata,
    Column("root_key", KEY, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False, comment="PENDING, DONE, REFUSED"),
    Column("problems", JsonText, nullable=False, comment="why the case can't be archived as it is"),
    Column("ordered_by", Text, nullable=False),
    Column("ordered_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("fence", Integer, nullable=False),
    Column("ended_at", Moment),
    Index(
        "ix_ru_archive_order_open",
        "ordered_at",
        "root_key",
        sqlite_where=text("state = 'PENDING'"),
        postgresql_where=text("state = 'PENDING'"),
    ),
    Index("ix_ru_archive_order_state", "state", "root_key"),
)

archive = Table(
    "ge_archive",
    metadata,
    Column("root_key", KEY, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="of the package of this case, from 1"),
    Column("document_id", Text, nullable=False, unique=True),
    Column("file_name", Text, nullable=False),
    Column("size", KEY, nullable=False),
    Column("sm3", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("head_seq", Integer, nullable=False, comment="how far the history in it goes"),
    Column("head_hash", Text, nullable=False),
    Column("period", Text, nullable=False, comment="保管期限"),
    Column("category", Text, nullable=False, comment="门类"),
    Column("year", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("process_id", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("archived_at", Moment, nullable=False),
    Index("ix_ge_archive_archived", "archived_at", "root_key", "number"),
)
