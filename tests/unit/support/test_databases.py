"""The database fixtures themselves: each test has a database of its own, of the kind it asked for."""

from __future__ import annotations

import pytest
import sqlalchemy
from sqlalchemy.pool import NullPool


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
