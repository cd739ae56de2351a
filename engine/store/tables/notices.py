"""Notices to people, and the outbox through which they leave the house. Neither holds a word of any case."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, text

from engine.store.tables.base import metadata
from engine.store.types import KEY, Moment

notice = Table(
    "ge_notice",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False, comment="drawn at random"),
    Column("user_id", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="engine.notices.kinds"),
    Column("text", Text, nullable=False),
    Column("root_key", KEY, comment="the case to open; what it is about is seen there by who may see it"),
    Column("user_task_key", KEY),
    Column("created_at", Moment, nullable=False),
    Column("read_at", Moment),
    Index("ix_ge_notice_user", "user_id", "created_at", "key"),
    Index(
        "ix_ge_notice_unread",
        "user_id",
        sqlite_where=text("read_at IS NULL"),
        postgresql_where=text("read_at IS NULL"),
    ),
)

outbox = Table(
    "ge_outbox",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False, comment="the notice's"),
    Column("channel", Text, primary_key=True, comment="email, or another that was registered"),
    Column("user_id", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("status", Text, nullable=False, comment="ready, leased, sent, failed"),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("lock_until", Moment),
    Column("fence", Integer, nullable=False, default=0),
    Column("last_error", Text),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Index("ix_ge_outbox_due", "status", "due_at"),
)
