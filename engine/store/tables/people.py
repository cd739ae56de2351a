"""Posts, the matrix of responsibilities, substitution, old passwords, and who read what is restricted."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

post = Table(
    "id_post",
    metadata,
    Column("id", Text, primary_key=True),
    Column("department_id", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("duties", JsonText, nullable=False, comment="each {text, line}: the duty list's words"),
    Column("line", Integer, comment="of the duty list"),
)

responsibility = Table(
    "id_responsibility",
    metadata,
    Column("id", Text, primary_key=True),
    Column("matter", Text, nullable=False),
    Column("lead", Text, nullable=False, comment="department in charge (牵头)"),
    Column("assist", JsonText, nullable=False, comment="departments that take part (配合)"),
    Column("line", Integer, comment="of the duty list"),
    Column("position", Integer, nullable=False),
)

substitution = Table(
    "id_substitution",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("principal_id", Text, nullable=False, index=True, comment="who is away"),
    Column("substitute_id", Text, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("process_ids", JsonText, comment="procedures it is limited to; none: all"),
    Column("reason", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index("ix_id_substitution_substitute", "substitute_id", "ends_at"),
)

old_password = Table(
    "id_old_password",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="grows with each change"),
    Column("password_hash", Text, nullable=False),
)

case_read = Table(
    "id_case_read",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False, comment="in the bureau's own log"),
    Column("root_key", KEY, nullable=False, index=True),
    Column("user_id", Text, nullable=False, index=True),
    Column("on_behalf_of", Text),
    Column("resource", Text, nullable=False, comment="which address was read"),
    Column("read_at", Moment, nullable=False),
)
