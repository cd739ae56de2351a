"""Statements sent straight to the driver give what SQLAlchemy gives: values, transactions and errors."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import bindparam, delete, func, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from engine.store.database import open_engine, reading, writing
from engine.store.prepared import Prepared, PreparedQuery
from engine.store.tables.general import request_key, setting
from tests.unit.commands.platforms import Bureau

_LOCAL = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=ZoneInfo("Asia/Shanghai"))
_ROW = {"actor_id": "a", "idempotency_key": "k", "fingerprint": "f", "answer": {"b": [1, None]}, "created_at": _LOCAL}
_INSERT = Prepared(insert(request_key), tuple(_ROW))
_SELECT = select(request_key).where(request_key.c.actor_id == bindparam("actor"))
_FIND = PreparedQuery(_SELECT.order_by(request_key.c.idempotency_key))


def test_a_prepared_query_gives_the_values_that_sqlalchemy_gives(bureau: Bureau) -> None:
    with writing(bureau.engine) as connection:
        _INSERT.execute(connection, [_ROW, {**_ROW, "idempotency_key": "l", "answer": None}])
        _INSERT.execute(connection, [{**_ROW, "actor_id": "somebody else"}])

    with reading(bureau.engine) as connection:
        usual = connection.execute(_SELECT.order_by(request_key.c.idempotency_key), {"actor": "a"}).mappings()
        assert _FIND.all(connection, {"actor": "a"}) == [dict(row) for row in usual]
        first = _FIND.first(connection, {"actor": "a"})
        assert _FIND.first(connection, {"actor": "nobody"}) is None

    assert first is not None
    assert (first["idempotency_key"], first["answer"]) == ("k", {"b": [1, None]})
    assert first["created_at"] == _LOCAL
    assert first["created_at"].tzinfo is UTC


def test_values_fixed_in_the_statement_need_not_be_given(bureau: Bureau) -> None:
    with writing(bureau.engine) as connection:
        _INSERT.execute(connection, [_ROW])
        query = PreparedQuery(select(request_key.c.fingerprint).where(request_key.c.actor_id == "a").limit(1))
        assert query.all(connection, {}) == [{"fingerprint": "f"}]
        Prepared(delete(request_key).where(request_key.c.actor_id == "a")).execute(connection, [{}])
        assert query.all(connection, {}) == []


def test_what_was_sent_belongs_to_the_transaction(bureau: Bureau) -> None:
    def fail_after_sending() -> None:
        with writing(bureau.engine) as connection:
            _INSERT.execute(connection, [_ROW])
            raise KeyError("on purpose")

    with pytest.raises(KeyError, match="on purpose"):
        fail_after_sending()

    # A connection without a transaction begins one, as SQLAlchemy's own would.
    with bureau.engine.connect() as connection:
        _INSERT.execute(connection, [{**_ROW, "actor_id": "forgotten"}])
    with bureau.engine.connect() as connection:
        _INSERT.execute(connection, [{**_ROW, "actor_id": "kept"}])
        connection.commit()

    with reading(bureau.engine) as connection:
        assert connection.execute(select(request_key.c.actor_id)).scalars().all() == ["kept"]


def test_what_the_database_refuses_is_refused_as_sqlalchemy_says_it(bureau: Bureau) -> None:
    with writing(bureau.engine) as connection:
        _INSERT.execute(connection, [_ROW])

    with pytest.raises(IntegrityError) as refused, writing(bureau.engine) as connection:
        _INSERT.execute(connection, [{**_ROW, "actor_id": "b"}, _ROW])

    assert "INSERT INTO ge_request_key" in str(refused.value)
    with reading(bureau.engine) as connection:
        assert connection.execute(select(func.count()).select_from(request_key)).scalar() == 1


def test_a_parameter_that_is_missing_is_a_mistake_of_the_program(bureau: Bureau) -> None:
    with pytest.raises(KeyError, match="actor"), reading(bureau.engine) as connection:
        _FIND.all(connection, {})


def test_a_connection_that_broke_is_not_given_out_again(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    read = PreparedQuery(select(setting.c.name))

    def lose_the_server_in_between() -> None:
        with writing(engine) as connection:
            own = connection.execute(text("SELECT pg_backend_pid()")).scalar()
            with open_engine(postgres_url, pooled=False).begin() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": own})
            read.all(connection, {})

    try:
        with pytest.raises(OperationalError) as broken:
            lose_the_server_in_between()
        assert broken.value.connection_invalidated
        with reading(engine) as connection:
            assert read.all(connection, {}) == []
    finally:
        engine.dispose()
