"""The migrated copies: what the template holds, each test has for itself."""

from __future__ import annotations

import sqlalchemy
from sqlalchemy.pool import NullPool


def _tables(url: str) -> set[str]:
    return set(sqlalchemy.inspect(sqlalchemy.create_engine(url, poolclass=NullPool)).get_table_names())


def test_a_database_for_a_test_has_the_tables_of_the_store(any_database_url: str) -> None:
    assert {"alembic_version"} < _tables(any_database_url)


def test_a_database_is_sqlite_unless_both_are_asked_for(database_url: str, database_kind: str) -> None:
    assert (database_kind, database_url.partition(":")[0]) == ("sqlite", "sqlite")
