"""Controls and what they hit, draws of experts, proposals that a second person must confirm."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

control_registry = Table(
    "ge_control_registry",
    metadata,
    Column("version", Text, primary_key=True, comment="SM3 of the content"),
    Column("position", Integer, nullable=False, unique=True, comment="the highest is in force"),
    Column("content", Text, nullable=False, comment="the YAML as published"),
    Column("source", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
)

control_result = Table(
    "ru_control_result",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False, comment="of the event that recorded it"),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="within the event, from 1"),
    Column("root_key", KEY, nullable=False, index=True),
    Column("control_id", Text, nullable=False),
    Column("strength", Text, nullable=False, comment="BLOCK, WARN, MON, ATTEST"),
    Column("outcome", Text, nullable=False, comment="passed, hit, acknowledged, confirmed, overridden"),
    Column("words", Text, nullable=False, comment="of the duty list, as shown then"),
    Column("element_id", Text, nullable=False),
    Column("element_instance_key", KEY),
    Column("actor_id", Text, nullable=False),
    Column("reason", Text),
    Column("at", Moment, nullable=False),
    Column("registry_version", Text, nullable=False),
    Index("ix_ru_control_result_at", "at", "key", "number"),
    Index("ix_ru_control_result_control", "control_id", "outcome", "at"),
)

control_override = Table(
    "ru_control_override",
    metadata,
    Column("user_task_key", KEY, primary_key=True, autoincrement=False),
    Column("control_id", Text, primary_key=True),
    Column("root_key", KEY, nullable=False, index=True),
    Column("actor_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

expert = Table(
    "ge_expert",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("employer", Text, nullable=False),
    Column("fields", JsonText, nullable=False, comment="项目领域, a list"),
    Column("active", Boolean, nullable=False),
)

expert_draw = Table(
    "ru_expert_draw",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("alternates_wanted", Integer, nullable=False),
    Column("state", Text, nullable=False, comment="COMMITTED, DRAWN"),
    Column("pool", JsonText, nullable=False, comment="who could be drawn: id, name, employer"),
    Column("excluded", JsonText, nullable=False, comment="who could not, and why"),
    Column("seed_digest", Text, nullable=False),
    Column("seed", Text, comment="secret until the draw; then in history too"),
    Column("witness", Text),
    Column("drawn", JsonText),
    Column("alternates", JsonText),
    Column("reason", Text, comment="why a second draw was made"),
    Column("committed_at", Moment, nullable=False),
    Column("committed_by", Text, nullable=False),
    Column("drawn_at", Moment),
)

calendar_proposal = Table(
    "ge_calendar_proposal",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("year", Integer, nullable=False),
    Column("content", JsonText, nullable=False, comment="engine.deadlines.CalendarYear as plain values"),
    Column("source", Text, nullable=False),
    Column("state", Text, nullable=False, comment="PROPOSED, CONFIRMED, REJECTED"),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Moment),
    Column("reason", Text, comment="why it was rejected"),
    Column("version", Text, comment="of the calendar that came of it"),
)

erasure = Table(
    "ge_erasure",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("seqs", JsonText, nullable=False),
    Column("variables", JsonText, nullable=False),
    Column("basis", Text, nullable=False, comment="the article that wants the content gone"),
    Column("state", Text, nullable=False, comment="PROPOSED, ERASED, REJECTED"),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Moment),
    Column("reason", Text),
)
