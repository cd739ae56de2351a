"""Row changes gathered during a command and written together: each row once, in one statement a table and shape.

A row inserted and changed in the same command is written in its final form only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.prepared import Prepared

Identity = tuple[Any, ...]


class Batch:
    """The pending changes of one transaction, kept per table and primary key."""

    def __init__(self) -> None:
        self._inserts: dict[Table, dict[Identity, dict[str, Any]]] = {}
        self._updates: dict[Table, dict[Identity, dict[str, Any]]] = {}
        self._upserts: dict[Table, dict[Identity, dict[str, Any]]] = {}
        self._deletes: list[tuple[Table, str, Any]] = []
        self._selective: list[tuple[Table, dict[str, Any], dict[str, Any]]] = []

    def insert(self, table: Table, row: Mapping[str, Any]) -> None:
        """Add a new row; ``row`` has a value for every column without a default."""
        identity = _identity(table, row)
        self._updates.get(table, {}).pop(identity, None)
        self._inserts.setdefault(table, {})[identity] = dict(row)

    def update(self, table: Table, identity: Identity, values: Mapping[str, Any]) -> None:
        """Change some columns of the row with this primary key."""
        for pending in (self._inserts, self._upserts):
            row = pending.get(table, {}).get(identity)
            if row is not None:
                row.update(values)
                return
        self._updates.setdefault(table, {}).setdefault(identity, {}).update(values)

    def upsert(self, table: Table, row: Mapping[str, Any]) -> None:
        """Add the row, or change all its columns where the primary key exists already."""
        identity = _identity(table, row)
        self._updates.get(table, {}).pop(identity, None)
        pending = self._inserts if identity in self._inserts.get(table, {}) else self._upserts
        pending.setdefault(table, {})[identity] = dict(row)

    def delete_where(self, table: Table, column: str, value: Any) -> None:
        """Remove the rows whose ``column`` equals ``value``, whether written already or pending."""
        for pending in (self._inserts, self._upserts):
            rows = pending.get(table, {})
            for identity in [key for key, row in rows.items() if row[column] == value]:
                del rows[identity]
        self._deletes.append((table, column, value))

    def update_where(self, table: Table, where: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Change the rows whose columns equal those in ``where``, whether written already or pending.

        A pending change of one of these columns by ``update`` is seen: it is written first.
        """
        for pending in (self._inserts, self._upserts):
            for row in pending.get(table, {}).values():
                if all(row[name] == value for name, value in where.items()):
                    row.update(values)
        self._selective.append((table, dict(where), dict(values)))

    def flush(self, connection: Connection) -> None:
        """Write everything: removals, new rows, changes, in that order; then start empty."""
        for table, column, value in self._deletes:
            _delete_statement(table, column).execute(connection, [{"value": value}])
        for table, rows in self._inserts.items():
            for group in _by_columns(rows.values()):
                _insert_statement(table, tuple(group[0])).execute(connection, group)
        for table, rows in self._upserts.items():
            for group in _by_columns(rows.values()):
                _upsert_statement(table, tuple(group[0]), connection.dialect.name).execute(connection, group)
        for table, changes in self._updates.items():
            self._write_updates(connection, table, changes)
        for table, where, values in self._selective:
            parameters = {f"key_{name}": value for name, value in where.items()}
            parameters |= {f"new_{name}": value for name, value in values.items()}
            _selective_statement(table, tuple(where), tuple(values)).execute(connection, [parameters])
        self.__init__()  # type: ignore[misc]

    def rows(self) -> dict[Table, dict[Identity, dict[str, Any]]]:
        """Return the rows that stand after applying everything to empty tables, for comparing with live ones."""
        result: dict[Table, dict[Identity, dict[str, Any]]] = {}
        for pending in (self._inserts, self._upserts):
            for table, rows in pending.items():
                result.setdefault(table, {}).update(rows)
        return result

    def _write_updates(self, connection: Connection, table: Table, changes: dict[Identity, dict[str, Any]]) -> None:
        key_names = [column.name for column in table.primary_key.columns]
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for identity, values in changes.items():
            parameters = {f"key_{name}": part for name, part in zip(key_names, identity, strict=True)}
            parameters.update({f"new_{name}": value for name, value in values.items()})
            groups.setdefault(tuple(sorted(values)), []).append(parameters)
        for columns, group in groups.items():
            _update_statement(table, columns).execute(connection, group)


def _identity(table: Table, row: Mapping[str, Any]) -> Identity:
    return tuple(row[column.name] for column in table.primary_key.columns)


def _by_columns(rows: Any) -> list[list[dict[str, Any]]]:
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(row), []).append(row)
    return list(groups.values())


_statements: dict[tuple[Any, ...], Prepared] = {}


def _insert_statement(table: Table, columns: tuple[str, ...]) -> Prepared:
    key = ("insert", table.name, columns)
    if key not in _statements:
        _statements[key] = Prepared(insert(table), columns)
    return _statements[key]


def _update_statement(table: Table, columns: tuple[str, ...]) -> Prepared:
    key = ("update", table.name, columns)
    if key not in _statements:
        statement = update(table).values({name: bindparam(f"new_{name}", type_=table.c[name].type) for name in columns})
        for column in table.primary_key.columns:
            statement = statement.where(column == bindparam(f"key_{column.name}"))
        _statements[key] = Prepared(statement)
    return _statements[key]


def _delete_statement(table: Table, column: str) -> Prepared:
    key = ("delete", table.name, column)
    if key not in _statements:
        _statements[key] = Prepared(delete(table).where(table.c[column] == bindparam("value")))
    return _statements[key]


def _selective_statement(table: Table, where: tuple[str, ...], columns: tuple[str, ...]) -> Prepared:
    key = ("where", table.name, where, columns)
    if key not in _statements:
        statement = update(table).values({name: bindparam(f"new_{name}", type_=table.c[name].type) for name in columns})
        for name in where:
            statement = statement.where(table.c[name] == bindparam(f"key_{name}", type_=table.c[name].type))
        _statements[key] = Prepared(statement)
    return _statements[key]


def _upsert_statement(table: Table, columns: tuple[str, ...], dialect: str) -> Prepared:
    key = ("upsert", table.name, columns, dialect)
    if key not in _statements:
        dialect_module = postgresql if dialect == "postgresql" else sqlite
        statement = dialect_module.insert(table)
        keys = [column.name for column in table.primary_key.columns]
        changed = {name: statement.excluded[name] for name in columns if name not in keys}
        _statements[key] = Prepared(statement.on_conflict_do_update(index_elements=keys, set_=changed), columns)
    return _statements[key]
