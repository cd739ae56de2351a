"""Batch: whatever the order in which changes are gathered, what is written is what writing each at once would give."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, create_engine, delete, insert, select, update

from engine.store.batch import Batch
from engine.store.types import JsonText
from tests.unit.commands.platforms import Bureau

metadata = MetaData()
variable = Table(
    "test_variable",
    metadata,
    Column("scope_key", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("root_key", Integer),
    Column("value", JsonText),
)

SCOPES, NAMES = (1, 2), ("a", "b")
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), st.sampled_from(SCOPES), st.sampled_from(NAMES), st.integers(0, 3)),
        st.tuples(st.just("upsert"), st.sampled_from(SCOPES), st.sampled_from(NAMES), st.integers(0, 3)),
        st.tuples(st.just("update"), st.sampled_from(SCOPES), st.sampled_from(NAMES), st.integers(0, 3)),
        st.tuples(st.just("delete"), st.sampled_from(SCOPES)),
    ),
    max_size=12,
)


def row(scope: int, name: str, value: int) -> dict[str, Any]:
    return {"scope_key": scope, "name": name, "root_key": 1, "value": value}


def at_once(connection: Connection, change: Any) -> bool:
    """Write one change directly; tell whether it could be: a row can't be inserted twice."""
    kind, scope, *rest = change
    this = variable.c.scope_key == scope
    if kind == "delete":
        connection.execute(delete(variable).where(this))
        return True
    name, value = rest
    this &= variable.c.name == name
    known = connection.execute(select(variable.c.name).where(this)).first() is not None
    if kind == "insert" and known:
        return False
    if known:
        connection.execute(update(variable).where(this).values(value=value))
    elif kind != "update":
        connection.execute(insert(variable), row(scope, name, value))
    return True


def gather(batch: Batch, change: Any) -> None:
    kind, scope, *rest = change
    if kind == "delete":
        batch.delete_where(variable, "scope_key", scope)
    elif kind == "update":
        batch.update(variable, (scope, rest[0]), {"value": rest[1]})
    else:
        getattr(batch, kind)(variable, row(scope, *rest))


def content(connection: Connection) -> list[tuple[Any, ...]]:
    return [tuple(found) for found in connection.execute(select(variable).order_by(*variable.primary_key.columns))]


@given(before=CHANGES, changes=CHANGES)
def test_a_batch_leaves_what_the_same_changes_made_one_by_one_leave(before: list[Any], changes: list[Any]) -> None:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        for change in before:
            at_once(connection, change)
        mark = connection.begin_nested()
        possible = [change for change in changes if at_once(connection, change)]
        expected = content(connection)
        mark.rollback()
        batch = Batch()

        for change in possible:
            gather(batch, change)
        batch.flush(connection)

        assert content(connection) == expected
    engine.dispose()


@given(changes=CHANGES)
def test_rebuilding_from_nothing_gives_the_rows_that_writing_gives(changes: list[Any]) -> None:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        possible = [change for change in changes if at_once(connection, change)]
        batch = Batch()

        for change in possible:
            gather(batch, change)

        rows = batch.rows().get(variable, {})
        rebuilt = sorted(
            (found["scope_key"], found["name"], found["root_key"], found["value"]) for found in rows.values()
        )
        assert rebuilt == content(connection)
    engine.dispose()


def test_a_batch_is_empty_once_it_is_written(bureau: Bureau) -> None:
    batch = Batch()
    metadata.create_all(bureau.engine)
    batch.insert(variable, row(1, "a", 1))
    with bureau.engine.begin() as connection:
        batch.flush(connection)
        batch.flush(connection)

    assert batch.rows() == {}
    assert len(bureau.rows(variable)) == 1


def test_a_row_that_is_there_already_is_overwritten_whole_by_an_upsert(bureau: Bureau) -> None:
    metadata.create_all(bureau.engine)
    for value in (1, None):
        batch = Batch()
        batch.upsert(variable, {**row(1, "a", 0), "value": value})
        with bureau.engine.begin() as connection:
            batch.flush(connection)

    assert bureau.row(variable)["value"] is None


def test_rows_of_different_shapes_are_written_each_in_its_own(bureau: Bureau) -> None:
    metadata.create_all(bureau.engine)
    batch = Batch()
    batch.insert(variable, row(1, "a", 1))
    batch.insert(variable, {"scope_key": 1, "name": "b", "root_key": 1})
    with bureau.engine.begin() as connection:
        batch.flush(connection)

    assert [found["value"] for found in bureau.rows(variable)] == [1, None]
