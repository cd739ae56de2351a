"""History: appended, never changed. Triggers refuse everything but taking content away (``engine.history.chain``)."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from engine.store.tables.base import metadata
from engine.store.types import KEY, Moment

history_event = Table(
    "hi_event",
    metadata,
    Column("root_key", KEY, primary_key=True, autoincrement=False, comment="the case; 0 for the bureau's own log"),
    Column("seq", Integer, primary_key=True, autoincrement=False, comment="from 1, without gaps"),
    Column("command_seq", Integer, nullable=False, comment="seq of the command event that brought this about"),
    Column("at", Moment, nullable=False, comment="when it was recorded"),
    Column("type", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("on_behalf_of", Text),
    Column("payload", Text, comment="canonical JSON; none once lawfully erased"),
    Column("salt", LargeBinary, comment="none once erased"),
    Column("digest", Text, nullable=False, comment="SM3 of salt and payload"),
    Column("hash", Text, nullable=False, comment="SM3 of the previous hash and this event's header and digest"),
    Index("ix_hi_event_actor", "actor_id", "at"),
)
