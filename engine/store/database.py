"""Connections. Writing transactions on SQLite begin IMMEDIATE: a deferred one fails at once under contention."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool, QueuePool

from engine.errors import BanjieError

BUSY_SECONDS = 30
"""How long a writer waits for another writer on SQLite before it gives up."""


class DatabaseUnusable(BanjieError):
    """The database can't be opened or is not the kind that is supported."""

    code = "store.database-unusable"


def open_engine(url: str, *, pooled: bool = True) -> Engine:
    """Return an engine for ``url`` (``sqlite:///file`` or ``postgresql+psycopg://…``).

    SQLite runs in WAL mode with ``synchronous=FULL``: NORMAL loses acknowledged commits in a power cut.
    Raises DatabaseUnusable for another kind of database.
    """
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(
            parsed,
            poolclass=QueuePool if pooled and parsed.database not in (None, "", ":memory:") else None,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        )
        _prepare_sqlite(engine)
        return engine
    if parsed.get_backend_name() == "postgresql":
        if pooled:
            engine = create_engine(parsed, pool_size=10, max_overflow=10, pool_pre_ping=True, connect_args=_TCP)
        else:
            engine = create_engine(parsed, poolclass=NullPool, connect_args=_TCP)
        return engine
    kind = parsed.get_backend_name()
    raise DatabaseUnusable(f"不支持的数据库：{kind}。请使用 sqlite:/// 或 postgresql:// 开头的地址。")


# A frozen client must not hold a case's lock for ever: the server ends idle transactions and notices dead peers.
_TCP: dict[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "options": "-c idle_in_transaction_session_timeout=60000 -c timezone=UTC",
}


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    # The log is folded into the database every 16 MB: rarer, for it costs as much whatever has gathered.
    "wal_autocheckpoint=4000",
)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("banjie_writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection inside a transaction that may write; commit at the end, roll back on an exception."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection inside a transaction that only reads, everything as it stood at its first read.

    On SQLite it takes no write lock; on PostgreSQL it is one snapshot, so that what is read in several statements
    (a case and its history, say) belongs together.
    """
    options: dict[str, Any] = {"banjie_writes": False}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection
