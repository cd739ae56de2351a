"""Bringing a database to the present tables. ``upgrade`` is safe at every start and from several nodes at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, make_url, text
from sqlalchemy.pool import NullPool

from engine.store.database import open_engine

_ADVISORY_LOCK = 0x42414E4A4945
"""Any number, the same on every node: "BANJIE" in ASCII."""


def upgrade(url: str) -> bool:
    """Bring the database at ``url`` to the newest revision; return whether anything had to be done.

    On SQLite foreign keys are off meanwhile and checked afterwards: a batch migration with them on can silently delete
    child rows. On PostgreSQL an advisory lock lets one node do the work while the others wait.
    """
    engine = _migration_engine(url)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
                connection.commit()
            try:
                return _upgrade(connection)
            finally:
                if connection.dialect.name == "postgresql":
                    connection.rollback()
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
                    connection.commit()
    finally:
        engine.dispose()


def current_revision(connection: Connection) -> str | None:
    """Return the revision the database stands at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """Return the newest revision this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _upgrade(connection: Connection) -> bool:
    # Looked at and changed in one transaction, so that of several nodes the later ones find it done.
    if current_revision(connection) == newest_revision():
        connection.rollback()
        return False
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise RuntimeError(f"migration left dangling references: {broken[:5]}")
    return True


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def _migration_engine(url: str):  # type: ignore[no-untyped-def]
    if make_url(url).get_backend_name() != "sqlite":
        return open_engine(url, pooled=False)
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _on_connect(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=OFF")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
