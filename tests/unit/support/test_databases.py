"""The database fixtures themselves: each test has a database of its own, of the kind it asked for."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import psycopg
import pytest
import sqlalchemy
from sqlalchemy.pool import NullPool

from tests.support import postgres, requirements


def _tables(url: str) -> list[str]:
    engine = sqlalchemy.create_engine(url, poolclass=NullPool)
    return sqlalchemy.inspect(engine).get_table_names()


def _leave_a_mark(url: str) -> None:
    engine = sqlalchemy.create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE mark_of_a_test (id INTEGER)"))


@pytest.mark.parametrize("visit", ["first", "second"])
def test_an_empty_database_shows_nothing_of_the_test_before(visit: str, empty_database_url: str) -> None:
    assert _tables(empty_database_url) == []

    _leave_a_mark(empty_database_url)

    assert _tables(empty_database_url) == ["mark_of_a_test"]


def test_a_database_asked_for_on_both_kinds_is_of_the_kind_it_says(empty_database_url: str, database_kind: str) -> None:
    assert sqlalchemy.make_url(empty_database_url).get_backend_name() == database_kind


def test_a_server_that_another_keeps_from_its_data_is_not_taken_for_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    programs = postgres.binaries()
    if programs is None:
        requirements.skip_for_want_of(requirements.POSTGRESQL)
    folder = Path(tempfile.mkdtemp(prefix="banjie-test-two-", dir="/tmp"))
    server = postgres.start(folder, os.getpid())
    try:
        late = postgres.launch(programs, folder, postgres.free_port())

        assert not postgres.is_ready(late, folder)
        with psycopg.connect(server.url.replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        postgres.stop(server)
