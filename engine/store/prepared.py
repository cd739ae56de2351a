"""Statements compiled once a dialect and sent straight to the driver.

SQLAlchemy looks up, copies and post-processes a compiled statement at each execution, which for the small writes of a
command costs several times what the database does. The statement is still SQLAlchemy's; only that work is done once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.dml import UpdateBase

Convert = Callable[[Any], Any] | None


class Prepared:
    """One insert, update or delete with named parameters."""

    def __init__(self, statement: UpdateBase, parameters: Iterable[str] | None = None) -> None:
        """``parameters`` are the columns an insert or update sets, where the statement does not say so itself."""
        self._statement = statement
        self._parameters = None if parameters is None else list(parameters)
        self._compiled: dict[str, tuple[str, bool, list[tuple[str, Convert]]]] = {}

    def execute(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute once for each row of parameters."""
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = self._compile(dialect)
        sql, positional, converters = found
        if positional:
            values: list[Any] = [tuple(_converted(row, converters)) for row in rows]
        else:
            names = [name for name, _ in converters]
            values = [dict(zip(names, _converted(row, converters), strict=True)) for row in rows]
        connection.exec_driver_sql(sql, values if len(values) > 1 else values[0])

    def _compile(self, dialect: Dialect) -> tuple[str, bool, list[tuple[str, Convert]]]:
        compiled = self._statement.compile(dialect=dialect, column_keys=self._parameters)
        types = {name: bind.type for name, bind in compiled.binds.items()}
        names = list(compiled.positiontup or types)
        converters: list[tuple[str, Convert]] = [
            (name, types[name].dialect_impl(dialect).bind_processor(dialect)) for name in names
        ]
        return str(compiled), bool(compiled.positional), converters


def _converted(row: Mapping[str, Any], converters: list[tuple[str, Convert]]) -> list[Any]:
    return [row[name] if convert is None else convert(row[name]) for name, convert in converters]
