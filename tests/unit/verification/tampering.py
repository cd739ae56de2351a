"""Changing a database by hand, past every guard of the platform."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Integer, Table, delete, select, text, update

from engine.history.chain import Head, digest, link_of_row
from engine.store.tables.general import chain_head
from engine.store.tables.history import history_event
from engine.store.tables.runtime import case_lock
from engine.store.types import JsonText, Moment

_NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def without_triggers(connection: Connection) -> None:
    """Take the guards off, as an administrator of the database can."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE hi_event DISABLE TRIGGER USER"))
    else:
        connection.execute(text("DROP TRIGGER IF EXISTS hi_event_no_update"))
        connection.execute(text("DROP TRIGGER IF EXISTS hi_event_no_delete"))


def other_value(column: Column[Any], value: Any) -> Any:
    """Return a value of the column's type that is not ``value``."""
    if isinstance(column.type, JsonText):
        return {"changed": value}
    if value is None:
        return _NEW_YEAR if isinstance(column.type, Moment) else 7 if isinstance(column.type, Integer) else "x"
    match value:
        case bool():
            return not value
        case int():
            return value + 1_000_003  # far from any other key
        case bytes():
            return value + b"x"
        case datetime():
            return value + timedelta(days=1)
        case _:
            return f"{value}x"


def made_up(table: Table) -> dict[str, Any]:
    """Return a row with some value of its type in every column."""
    return {column.name: other_value(column, None) for column in table.columns}


def change(connection: Connection, table: Table, row: Any, column: Column[Any]) -> None:
    """Change one column of one row."""
    values = {column.name: other_value(column, row[column.name])}
    connection.execute(update(table).where(*this(table, row)).values(**values))


def remove(connection: Connection, table: Table, row: Any) -> None:
    """Delete one row."""
    connection.execute(delete(table).where(*this(table, row)))


def this(table: Table, row: Any) -> list[Any]:
    """Return the condition that finds a row by its primary key."""
    return [column == row[column.name] for column in table.primary_key.columns]


def chain_again(connection: Connection, root_key: int) -> None:
    """Recompute every digest and hash of a chain, and write its new end where it is registered."""
    query = select(history_event).where(history_event.c.root_key == root_key).order_by(history_event.c.seq)
    head = Head(0, "0" * 64)
    for found in connection.execute(query).mappings().all():
        row = dict(found)
        if row["payload"] is not None:
            row["digest"] = digest(row["salt"], row["payload"])
        row["hash"] = link_of_row(head.hash, row)
        connection.execute(update(history_event).where(*this(history_event, row)).values(**row))
        head = Head(row["seq"], row["hash"])
    register(connection, root_key, head)


def register(connection: Connection, root_key: int, head: Head) -> None:
    """Write the end of a chain where it is registered."""
    table = case_lock if root_key else chain_head
    where = table.c.root_key == root_key
    connection.execute(update(table).where(where).values(head_seq=head.seq, head_hash=head.hash))
