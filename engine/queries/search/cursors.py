"""Cursors: where an item stands in an order, as text. What comes back is checked: it is somebody else's input."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, literal, or_

from engine.history.event import moment_from_text, moment_text
from engine.queries.paging import CursorInvalid
from engine.queries.search.fields import Field, Kind
from engine.queries.search.resource import Order

LARGEST = 2**63
Position = Sequence[Any]


def encode(order: Sequence[Order], position: Position) -> str:
    """Return the cursor of the item at ``position`` in an order."""
    values = [moment_text(value) if isinstance(value, datetime) else value for value in position]
    content = [[[level.field, level.descending] for level in order], values]
    return base64.b64encode(json.dumps(content, separators=(",", ":")).encode()).decode()


def decode(order: Sequence[Order], fields: Sequence[Field], cursor: str) -> Position:
    """Return the position that a cursor means. Raises CursorInvalid, also for a cursor of another order."""
    try:
        levels, values = json.loads(base64.b64decode(cursor, validate=True))
        if levels != [[level.field, level.descending] for level in order] or len(values) != len(fields):
            raise ValueError(cursor)
        return [_read(field, value) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise CursorInvalid(
            "翻页位置无效，或与排序方式不符，请从第一页重新查询。", details={"fields": {"page": ["翻页位置无效"]}}
        ) from error


def beyond(order: Sequence[Order], columns: Sequence[ColumnElement[Any]], position: Position) -> ColumnElement[bool]:
    """Return the condition for what stands after a position. Ascending, what has no value stands last."""
    alternatives: list[ColumnElement[bool]] = []
    same: list[ColumnElement[bool]] = []
    for level, column, value in zip(order, columns, position, strict=True):
        alternatives.append(and_(*same, _after(column, value, level.descending)))
        same.append(column.is_(None) if value is None else column == literal(value, column.type))
    return or_(*alternatives)


def _after(column: ColumnElement[Any], value: Any, descending: bool) -> ColumnElement[bool]:
    if value is None:
        return column.is_not(None) if descending else false()
    there = literal(value, column.type)
    return column < there if descending else or_(column > there, column.is_(None))


def _read(field: Field, value: Any) -> Any:
    if value is None and field.nullable:
        return None
    match field.kind:
        case Kind.KEY | Kind.WHOLE if type(value) is int and -LARGEST <= value < LARGEST:
            return value
        case Kind.FLAG if type(value) is bool:
            return value
        case Kind.MOMENT if isinstance(value, str):
            return moment_from_text(value)
        case Kind.TEXT | Kind.CHOICE if isinstance(value, str) and _storable(value):
            return value
    raise ValueError(value)


def _storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
