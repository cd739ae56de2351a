"""The database itself refuses to change history; only content may go, with its salt."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.history.chain import examine
from engine.store.tables.history import history_event
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import Bureau

CHANGES = [f"UPDATE hi_event SET {name} = {name}" for name in ("payload", "salt")] + [
    "UPDATE hi_event SET payload = NULL",
    "UPDATE hi_event SET salt = NULL",
    "UPDATE hi_event SET payload = NULL, salt = NULL, actor_id = 'x'",
    "UPDATE hi_event SET payload = NULL, salt = NULL, on_behalf_of = 'x'",
    "UPDATE hi_event SET payload = NULL, salt = NULL, hash = 'x'",
    "UPDATE hi_event SET payload = NULL, salt = NULL, digest = 'x'",
    "UPDATE hi_event SET payload = NULL, salt = NULL, type = 'x'",
    "UPDATE hi_event SET payload = NULL, salt = NULL, version = 2",
    "UPDATE hi_event SET payload = NULL, salt = NULL, seq = seq + 100",
    "UPDATE hi_event SET payload = NULL, salt = NULL, root_key = root_key + 100",
    "UPDATE hi_event SET payload = NULL, salt = NULL, command_seq = command_seq + 1",
    "UPDATE hi_event SET payload = NULL, salt = NULL, at = '2020-01-01 00:00:00+00'",
    "DELETE FROM hi_event",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_history_can_not_be_changed(bureau: Bureau, statement: str) -> None:
    bureau.deploy(d.one_task())
    before = bureau.tables()["hi_event"]

    with pytest.raises(DBAPIError, match="append-only"), bureau.engine.begin() as connection:
        connection.execute(text(statement))

    assert bureau.tables()["hi_event"] == before


def test_history_can_not_be_emptied_or_replaced_row_by_row(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    before = bureau.tables()["hi_event"]
    columns = ", ".join(column.name for column in history_event.columns)
    statement = f"INSERT OR REPLACE INTO hi_event ({columns}) SELECT {columns} FROM hi_event"
    if bureau.engine.dialect.name == "postgresql":
        statement = "TRUNCATE hi_event"

    with pytest.raises(DBAPIError, match="append-only"), bureau.engine.begin() as connection:
        connection.execute(text(statement))

    assert bureau.tables()["hi_event"] == before


def test_content_may_go_together_with_its_salt(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    root = bureau.start()

    with bureau.engine.begin() as connection:
        connection.execute(text("UPDATE hi_event SET payload = NULL, salt = NULL WHERE seq = 2"))

    rows = bureau.events(root)
    assert [row["seq"] for row in rows if row["payload"] is None] == [2]
    assert examine(rows) == []
