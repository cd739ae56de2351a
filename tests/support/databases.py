"""Databases for tests: migrated once per run into a template, then one private copy per test.

Everything a run shares between its worker processes lives in one folder (``Run.folder``) and is made by whichever
worker needs it first, under a file lock.
"""

from __future__ import annotations

import fcntl
import importlib
import json
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from tests.support import postgres

KINDS = ("sqlite", "postgresql")
_TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Run:
    """One test run: its shared folder and the process that owns it (the xdist controller, or pytest itself)."""

    folder: Path
    owner_pid: int

    @property
    def name(self) -> str:
        """Return what the run's databases are called on a server it shares with others."""
        return "banjie_test_" + self.folder.name.rpartition("-")[2].lower()


def migrate(url: str) -> None:
    """Bring the database at ``url`` to the current schema, as ``banjie setup`` does."""
    importlib.import_module("engine.store.migrations").upgrade(url)


@contextmanager
def sqlite_database(run: Run, folder: Path, *, migrated: bool = True) -> Iterator[str]:
    """Give the URL of a SQLite file of its own in ``folder``."""
    path = folder / f"{secrets.token_hex(4)}.sqlite3"
    if migrated:
        with closing(sqlite3.connect(_sqlite_template(run))) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
    yield f"sqlite:///{path}"


@contextmanager
def postgres_database(run: Run, *, migrated: bool = True) -> Iterator[str]:
    """Give the URL of a PostgreSQL database of its own; it is dropped afterwards, whoever is still connected.

    Raises NoPostgres where no server can be had.
    """
    server = _server(run)
    template = _postgres_template(run, server) if migrated else "template0"
    name = f"{run.name}_{secrets.token_hex(6)}"
    _administer(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield _url_of(server, name)
    finally:
        _administer(server, "DROP DATABASE {} WITH (FORCE)", name)


def close(run: Run) -> None:
    """End what the run started and remove what it left: called once, by the process that owns the run."""
    record = run.folder / "server.json"
    if record.exists():
        server = _read_server(record)
        if server.folder is None:
            _drop_leftovers(run, server)
        postgres.stop(server)
    shutil.rmtree(run.folder, ignore_errors=True)


def _once(run: Run, name: str, make: Callable[[Path], None]) -> Path:
    """Return the run's file ``name``, made by the first process that asks for it."""
    result = run.folder / name
    with (run.folder / f"{name}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            making = run.folder / f"{name}.making"
            make(making)
            making.rename(result)
    return result


def _sqlite_template(run: Run) -> Path:
    return _once(run, "template.sqlite3", _make_sqlite_template)


def _make_sqlite_template(path: Path) -> None:
    migrate(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        # The file alone must hold everything, since it is renamed without its write-ahead log.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _server(run: Run) -> postgres.Server:
    def make(path: Path) -> None:
        # Beside the run's folder, not in it: its owner may be another user, and a socket's path must be short.
        folder = run.folder.with_name(run.folder.name + "-postgres")
        server = postgres.start(folder, run.owner_pid)
        path.write_text(json.dumps(asdict(server), default=str), encoding="utf-8")

    return _read_server(_once(run, "server.json", make))


def _read_server(record: Path) -> postgres.Server:
    content = json.loads(record.read_text(encoding="utf-8"))
    folder = content["folder"]
    return postgres.Server(content["url"], Path(folder) if folder else None, content["pid"])


def _postgres_template(run: Run, server: postgres.Server) -> str:
    name = f"{run.name}_{_TEMPLATE}"

    def make(path: Path) -> None:
        _administer(server, "CREATE DATABASE {} TEMPLATE {}", name, "template0")
        migrate(_url_of(server, name))
        # A template can be copied only while nobody is connected to it.
        _administer(server, "ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", name)
        path.write_text(name, encoding="utf-8")

    return _once(run, "template.postgresql", make).read_text(encoding="utf-8")


def _url_of(server: postgres.Server, database: str) -> str:
    return make_url(server.url).set(database=database).render_as_string(hide_password=False)


def _administer(server: postgres.Server, statement: str, *names: str) -> None:
    with psycopg.connect(_libpq(make_url(server.url)), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


def _drop_leftovers(run: Run, server: postgres.Server) -> None:
    with psycopg.connect(_libpq(make_url(server.url)), autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [run.name])
        leftovers = [str(row[0]) for row in rows]
    for name in leftovers:
        _administer(server, "DROP DATABASE {} WITH (FORCE)", name)


def _libpq(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
