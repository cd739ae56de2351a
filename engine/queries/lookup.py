"""Rows looked up one by one by their key.

PostgreSQL takes a list of some thousand keys for a reason to read the whole table of a million rows and hash it. A
lateral join with a limit leaves it no choice but the index. SQLite looks keys up by itself and knows no lateral joins.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, select, true


def looked_up(
    connection: Connection, keys: Subquery, query: Select[Any], key_column: ColumnElement[int]
) -> tuple[Select[Any], Any]:
    """Return ``query`` for the rows whose ``key_column`` is among ``keys`` (one column), and what its columns are now.

    ``query`` must give at most one row a key.
    """
    (key,) = keys.c
    if connection.dialect.name == "postgresql":
        found: Any = query.where(key_column == key).limit(1).lateral()
        return select(*found.c).select_from(keys.join(found, true())), found.c
    inner = query.where(key_column.in_(select(key))).subquery()
    return select(*inner.c), inner.c
