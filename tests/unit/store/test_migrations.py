"""Migrations make exactly the tables that the program works with, and may be run at every start, by several at once."""

from __future__ import annotations

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from engine.store.database import open_engine, reading
from engine.store.migrations import current_revision, newest_revision, upgrade
from engine.store.tables import metadata
from tests.unit.commands.platforms import ROOT


def test_a_migrated_database_has_exactly_the_tables_of_the_program(any_database_url: str) -> None:
    engine = open_engine(any_database_url)
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": metadata})
        differences = compare_metadata(context, metadata)
    engine.dispose()

    assert differences == []


def test_the_first_upgrade_does_everything_and_the_second_nothing(empty_database_url: str) -> None:
    assert upgrade(empty_database_url) is True
    assert upgrade(empty_database_url) is False

    engine = open_engine(empty_database_url)
    with reading(engine) as connection:
        assert current_revision(connection) == newest_revision()
    engine.dispose()


def test_several_nodes_starting_at_once_migrate_once(empty_database_url: str) -> None:
    program = f"from engine.store.migrations import upgrade; print(upgrade({empty_database_url!r}))"
    command = [sys.executable, "-c", program]
    nodes = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]

    said = [node.communicate(timeout=120)[0].strip() for node in nodes]

    assert sorted(said) == ["False", "False", "False", "True"]


@pytest.mark.parametrize("table", ["hi_event"])
def test_the_guards_of_history_are_there(any_database_url: str, table: str) -> None:
    engine = open_engine(any_database_url)
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    if engine.dialect.name == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal"
    with reading(engine) as connection:
        triggers = set(connection.execute(text(query), {"table": table}).scalars())
        assert inspect(connection).has_table(table)
    engine.dispose()

    expected = {"hi_event_no_update", "hi_event_no_delete", "hi_event_no_replace"}
    if engine.dialect.name == "postgresql":
        expected = {"hi_event_append_only", "hi_event_no_truncate"}
    assert triggers == expected
