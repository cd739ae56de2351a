"""Messages and signals on their way to cases, and what starts cases by itself."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

message = Table(
    "ru_message",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("correlation_key", Text, nullable=False),
    Column("message_id", Text, comment="the publisher's own id: a second one with the same is refused while it lives"),
    Column("variables", JsonText, nullable=False),
    Column("state", Text, nullable=False, comment="NEW not looked at yet, WAITING in the buffer, DONE"),
    Column("published_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("actor_id", Text, nullable=False),
    Index("ix_ru_message_name", "name", "correlation_key", "state"),
    Index("ix_ru_message_state", "state", "key"),
)

message_correlation = Table(
    "ru_message_correlation",
    metadata,
    Column("message_key", KEY, primary_key=True, autoincrement=False),
    Column("process_id", Text, primary_key=True, comment="a message reaches each process once"),
    Column("root_key", KEY, nullable=False),
)

message_start = Table(
    "ru_message_start",
    metadata,
    Column("process_id", Text, primary_key=True),
    Column("correlation_key", Text, primary_key=True),
    Column("root_key", KEY, nullable=False, comment="the case that a message with this key started last"),
)

signal_delivery = Table(
    "ru_signal_delivery",
    metadata,
    Column("signal_key", KEY, primary_key=True, autoincrement=False),
    Column("target_key", KEY, primary_key=True, autoincrement=False, comment="subscription, or definition to start"),
    Column("element_id", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="subscription or start"),
    Column("name", Text, nullable=False),
    Column("variables", JsonText, nullable=False),
    Column("state", Text, nullable=False, comment="NEW, DONE"),
    Index("ix_ru_signal_delivery_state", "state", "signal_key"),
)

start_event = Table(
    "ru_start_event",
    metadata,
    Column("definition_key", KEY, primary_key=True, autoincrement=False),
    Column("element_id", Text, primary_key=True),
    Column("process_id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False, comment="message, signal or timer"),
    Column("name", Text, comment="of the message or signal"),
    Column("due_at", Moment, comment="of a timer: when it starts a case next"),
    Column("repetitions", Integer, comment="of a timer: how often it still does; -1 for ever"),
    Column("every", Text, comment="of a timer: the interval, ISO 8601"),
    Index("ix_ru_start_event_name", "kind", "name"),
    Index("ix_ru_start_event_due", "due_at"),
)
