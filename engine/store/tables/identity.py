"""People, departments, roles, sign-in."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table, Text, UniqueConstraint

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

department = Table(
    "id_department",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("parent_id", Text),
    Column("kind", Text, nullable=False, comment="leadership, resident, internal, superior, district, outside…"),
    Column("position", Integer, nullable=False),
    Column("details", JsonText, nullable=False, comment="plaques, duties, contacts"),
)

user = Table(
    "id_user",
    metadata,
    Column("id", Text, primary_key=True),
    Column("username", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("kind", Text, nullable=False, default="staff", comment="staff, or outside for parties and other bodies"),
    Column("post_id", Text),
    Column("department_id", Text, index=True),
    Column("password_hash", Text),
    Column("must_change_password", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("failed_sign_ins", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("created_at", Moment, nullable=False),
    Column("password_changed_at", Moment),
)

membership = Table(
    "id_membership",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("group_name", Text, primary_key=True, index=True, comment="a role such as 主要负责人 or 科室负责人@bgs"),
)

group = Table(
    "id_group",
    metadata,
    Column("name", Text, primary_key=True),
    Column("label", Text, nullable=False),
    Column("department_id", Text),
)

session = Table(
    "id_session",
    metadata,
    Column("digest", Text, primary_key=True, comment="SM3 of the cookie's secret: the secret itself is not kept"),
    Column("user_id", Text, nullable=False, index=True),
    Column("csrf_token", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

api_token = Table(
    "id_api_token",
    metadata,
    Column("id", KEY, primary_key=True, autoincrement=False),
    Column("user_id", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("used_at", Moment),
    UniqueConstraint("user_id", "name"),
)
