"""What goes into the database comes out the same, on both kinds."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, text

from engine.store.database import DatabaseUnusable, open_engine, reading, writing
from engine.store.keys import RANGE, draw_key, draw_keys
from engine.store.tables.general import request_key, setting
from engine.store.types import canonical_json
from tests.unit.commands.platforms import Bureau

VALUES = [0, -1, 12.5, 10**15, "", "办结“引号”\n\\", True, [], {}, {"b": [1, {"z": None}], "a": "é"}, "\x1f", "😀"]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_json_comes_back_as_it_went(bureau: Bureau, value: object) -> None:
    with writing(bureau.engine) as connection:
        connection.execute(insert(setting), {"name": "x", "value": value})

    assert bureau.row(setting)["value"] == value


def test_the_same_value_is_the_same_text_on_both_databases(bureau: Bureau) -> None:
    with writing(bureau.engine) as connection:
        connection.execute(insert(setting), {"name": "x", "value": {"b": 1, "a": "中"}})
    with reading(bureau.engine) as connection:
        assert connection.execute(text("SELECT value FROM ge_setting")).scalar() == '{"a":"中","b":1}'


def test_what_is_no_number_has_no_canonical_text() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"a": float("nan")})


def test_a_moment_comes_back_in_utc_to_the_microsecond_whatever_its_zone(bureau: Bureau) -> None:
    local = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=ZoneInfo("Asia/Shanghai"))
    row = {"actor_id": "a", "idempotency_key": "k", "fingerprint": "f", "answer": None, "created_at": local}
    with writing(bureau.engine) as connection:
        connection.execute(insert(request_key), row)

    found = bureau.row(request_key)["created_at"]
    assert found == local
    assert found.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(bureau: Bureau) -> None:
    row = {"actor_id": "a", "idempotency_key": "k", "fingerprint": "f", "answer": None}
    with pytest.raises(Exception, match="needs a zone"), writing(bureau.engine) as connection:
        connection.execute(insert(request_key), {**row, "created_at": datetime(2026, 3, 2)})  # noqa: DTZ001


def test_keys_open_ranges_that_never_meet(bureau: Bureau) -> None:
    with writing(bureau.engine) as connection:
        keys = [draw_key(connection), *draw_keys(connection, 3), draw_key(connection)]

    assert len(set(keys)) == 5
    assert all(key % RANGE == 0 and key > 0 for key in keys)
    assert keys == sorted(keys)


def test_a_transaction_that_fails_leaves_nothing(bureau: Bureau) -> None:
    before = bureau.tables()

    row = {"name": "x", "value": 1}
    with writing(bureau.engine) as connection:
        connection.execute(insert(setting), {"name": "y", "value": 1})
    before = bureau.tables()

    with pytest.raises(Exception, match=r"(?i)unique"), writing(bureau.engine) as connection:
        connection.execute(insert(setting).values([row, row]))

    assert bureau.tables() == before


def test_reading_sees_one_moment(bureau: Bureau) -> None:
    count = text("SELECT count(*) FROM ge_setting")
    with reading(bureau.engine) as connection:
        assert connection.execute(count).scalar() == 0
        with writing(bureau.engine) as other:
            other.execute(insert(setting), {"name": "x", "value": 1})
        assert connection.execute(count).scalar() == 0


def test_reading_can_not_write_where_the_database_can_refuse_it(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with pytest.raises(Exception, match="read-only"), reading(engine) as connection:
        connection.execute(insert(setting), {"name": "x", "value": 1})
    engine.dispose()


def test_sqlite_is_opened_as_durably_as_it_can_be(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize("url", ["mysql://localhost/x", "mssql+pyodbc://localhost/x"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUnusable) as caught:
        open_engine(url)

    assert caught.value.code == "store.database-unusable"


@pytest.mark.parametrize("form", ["postgresql", "postgres"])
def test_the_usual_forms_of_a_postgresql_url_find_the_driver(form: str) -> None:
    engine = open_engine(f"{form}://nobody@127.0.0.1:1/x")

    assert engine.driver == "psycopg"
    engine.dispose()
