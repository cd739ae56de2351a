"""Clocks of cases, and the calendars they were reckoned with."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, text

from engine.store.tables.base import metadata
from engine.store.types import KEY, JsonText, Moment

clock = Table(
    "ru_clock",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("root_key", KEY, nullable=False, index=True),
    Column("limit_id", Text, nullable=False, comment="id of the time limit, as the table of time limits has it"),
    Column("name", Text, nullable=False),
    Column("status", Text, nullable=False, comment="running, suspended, stopped"),
    Column("due_at", Moment, comment="none while suspended"),
    Column("amber_at", Moment),
    Column("provisional", Boolean, nullable=False, comment="暂算: reckoned with days not yet officially published"),
    Column("calendar_version", Text, nullable=False),
    Column("state", JsonText, nullable=False, comment="engine.deadlines' own state"),
    Column("warned", Text, comment="the last light people were told of: amber, red, overdue"),
    Column("watch_at", Moment, comment="when the next light is reached; none when there is none to tell of"),
    Index(
        "ix_ru_clock_open",
        "due_at",
        sqlite_where=text("status <> 'stopped'"),
        postgresql_where=text("status <> 'stopped'"),
    ),
    Index(
        "ix_ru_clock_calendar",
        "calendar_version",
        sqlite_where=text("status = 'running'"),
        postgresql_where=text("status = 'running'"),
    ),
    Index(
        "ix_ru_clock_watch",
        "watch_at",
        sqlite_where=text("watch_at IS NOT NULL"),
        postgresql_where=text("watch_at IS NOT NULL"),
    ),
)

calendar_year = Table(
    "ge_calendar_year",
    metadata,
    Column("digest", Text, primary_key=True, comment="of the year's content"),
    Column("year", Integer, nullable=False, index=True),
    Column("content", JsonText, nullable=False, comment="engine.deadlines.CalendarYear as plain values"),
)

calendar = Table(
    "ge_calendar",
    metadata,
    Column("version", Text, primary_key=True, comment="engine.deadlines.Calendar.version"),
    Column("position", Integer, nullable=False, unique=True, comment="the highest is in force"),
    Column("years", JsonText, nullable=False, comment="year to digest"),
    Column("published_at", Moment, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("source", Text, nullable=False),
)
