"""What belongs to the installation: keys drawn, settings, requests already answered, chains other than cases."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Sequence, Table, Text, text

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

key_sequence = Sequence("ge_key", metadata=metadata)
"""PostgreSQL draws keys from it without a lock; SQLite, where one writer is alone anyway, counts in ``ge_sequence``."""

sequence = Table(
    "ge_sequence",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", KEY, nullable=False, comment="the last value given"),
)

setting = Table(
    "ge_setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", JsonText, nullable=False),
)

request_key = Table(
    "ge_request_key",
    metadata,
    Column("actor_id", Text, primary_key=True),
    Column("idempotency_key", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False, comment="digest of the command, so that a key is not used for another"),
    Column("answer", JsonText),
    Column("created_at", Moment, nullable=False, index=True),
)

_UPLOADS = text("purpose = 'upload'")

document = Table(
    "ge_document",
    metadata,
    Column("id", Text, primary_key=True, comment="given by whoever stored it, or drawn"),
    Column("digest", Text, nullable=False, index=True, comment="SM3 of the content, which names its file"),
    Column("size", KEY, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("process_id", Text),
    Column("process_instance_key", KEY),
    Column("properties", JsonText, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("stored_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("purpose", Text, comment="upload: to be taken by a form or a case; export; archive; none: by a program"),
    Index(
        "ix_ge_document_upload",
        "process_instance_key",
        "stored_at",
        sqlite_where=_UPLOADS,
        postgresql_where=_UPLOADS,
    ),
)

chain_head = Table(
    "hi_chain_head",
    metadata,
    Column("root_key", KEY, primary_key=True, autoincrement=False, comment="0: the bureau's own log"),
    Column("head_seq", Integer, nullable=False),
    Column("head_hash", Text, nullable=False),
)

connection = Table(
    "ge_connection",
    metadata,
    Column("name", Text, primary_key=True, comment="what diagrams call it"),
    Column("base_url", Text, nullable=False),
    Column("address", Text, nullable=False, comment="the address it was pinned to when it was named"),
    Column("headers", JsonText, nullable=False, comment="sent with every call; may hold secrets, never shown"),
    Column("timeout_seconds", Integer, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
