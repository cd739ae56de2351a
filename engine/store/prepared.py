"""Statements compiled once a dialect and sent straight to the driver.

SQLAlchemy looks up, copies and post-processes a compiled statement at each execution, which for the small reads and
writes of a command costs many times what the database does. The statement is still SQLAlchemy's, and so are the
transaction and the errors; only that work is done once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import UpdateBase

Convert = Callable[[Any], Any] | None


class Prepared:
    """One insert, update or delete with named parameters."""

    def __init__(self, statement: UpdateBase, parameters: Iterable[str] | None = None) -> None:
        """``parameters`` are the columns an insert or update sets, where the statement does not say so itself."""
        self._statement = statement
        self._parameters = None if parameters is None else list(parameters)
        self._sent: dict[str, _Sent] = {}

    def execute(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute once for each row of parameters. Raises SQLAlchemy's DBAPIError."""
        dialect = connection.dialect
        sent = self._sent.get(dialect.name)
        if sent is None:
            sent = self._sent[dialect.name] = _Sent(self._statement, dialect, self._parameters)
        values = [sent.values(row) for row in rows]
        if len(values) == 1:
            _send(connection, sent.sql, values[0], "execute").close()
        else:
            _send(connection, sent.sql, values, "executemany").close()


class PreparedQuery:
    """One select with named parameters."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._sent: dict[str, tuple[_Sent, list[tuple[str, Convert]]]] = {}

    def all(self, connection: Connection, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the rows found, each as a dictionary by column name. Raises SQLAlchemy's DBAPIError."""
        dialect = connection.dialect
        found = self._sent.get(dialect.name)
        if found is None:
            found = self._sent[dialect.name] = (_Sent(self._statement, dialect), _columns(self._statement, dialect))
        sent, columns = found
        cursor = _send(connection, sent.sql, sent.values(parameters), "execute")
        rows = cursor.fetchall()
        cursor.close()
        return [
            {
                name: value if convert is None else convert(value)
                for (name, convert), value in zip(columns, row, strict=True)
            }
            for row in rows
        ]

    def first(self, connection: Connection, parameters: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the first row found, None where there is none. Raises SQLAlchemy's DBAPIError."""
        rows = self.all(connection, parameters)
        return rows[0] if rows else None


class _Sent:
    """A statement as one dialect's driver takes it: text, and how each parameter is converted."""

    def __init__(
        self, statement: UpdateBase | Select[Any], dialect: Dialect, parameters: Sequence[str] | None = None
    ) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=parameters)
        types = {name: bind.type for name, bind in compiled.binds.items()}
        self.sql = str(compiled)
        self._positional = bool(compiled.positional)
        self._names = list(compiled.positiontup or types)
        self._fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        self._converters: list[Convert] = [
            types[name].dialect_impl(dialect).bind_processor(dialect) for name in self._names
        ]

    def values(self, row: Mapping[str, Any]) -> Any:
        """Return a row of parameters in the driver's form."""
        given = {**self._fixed, **row} if self._fixed else row
        converted = [
            given[name] if convert is None else convert(given[name])
            for name, convert in zip(self._names, self._converters, strict=True)
        ]
        return tuple(converted) if self._positional else dict(zip(self._names, converted, strict=True))


def _columns(statement: Select[Any], dialect: Dialect) -> list[tuple[str, Convert]]:
    return [
        (str(column.key), column.type.dialect_impl(dialect).result_processor(dialect, None))
        for column in statement.selected_columns
    ]


def _send(connection: Connection, sql: str, values: Any, how: str) -> Any:
    """Give a statement to the driver inside the connection's transaction; return the driver's cursor."""
    if not connection.in_transaction():
        connection.begin()
    driver = connection.connection
    cursor = driver.cursor()
    try:
        getattr(cursor, how)(sql, values)
    except connection.dialect.loaded_dbapi.Error as error:
        cursor.close()
        raise _as_usual(connection, sql, values, error) from error
    except BaseException:
        cursor.close()
        raise
    return cursor


def _as_usual(connection: Connection, sql: str, values: Any, error: Any) -> DBAPIError:
    """Return a driver's error as SQLAlchemy raises it; a connection that broke is not given to anybody again."""
    dialect = connection.dialect
    base = dialect.loaded_dbapi.Error
    broken = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    usual = DBAPIError.instance(sql, values, error, base, connection_invalidated=broken, dialect=dialect)
    if broken:
        connection.invalidate(usual)
    return usual  # type: ignore[no-any-return]
