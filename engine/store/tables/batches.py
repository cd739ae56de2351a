"""Operations on many cases: what was ordered, and what became of each case."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

batch_operation = Table(
    "ru_batch_operation",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False, comment="CANCEL, RESOLVE_INCIDENTS, MIGRATE, MODIFY"),
    Column("parameters", JsonText, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor_id", Text, nullable=False, comment="who ordered it, and in whose name each case is changed"),
    Column("total", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("canceled_at", Moment, comment="when the rest of it was called off"),
)

batch_item = Table(
    "ru_batch_item",
    metadata,
    Column("batch_key", KEY, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False),
    Column("state", Text, nullable=False, comment="PENDING, DONE, FAILED, CANCELED"),
    Column("code", Text, comment="of the error that refused it"),
    Column("message", Text, comment="why it failed"),
    Column("ended_at", Moment),
    Index("ix_ru_batch_item_state", "state", "batch_key", "position"),
)
