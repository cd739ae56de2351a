"""Searching a resource."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select

from engine.definitions.repository import Definitions
from engine.queries.search.cursors import beyond, decode, encode
from engine.queries.search.fields import Condition, Field, Operator
from engine.queries.search.resource import Item, Order, Request, Resource
from engine.queries.viewer import Viewer

COUNTED = 10_000
"""Items are counted up to here: counting all of a large table would cost more than the page."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of items: how many there are in all (``more`` than ``total`` of them if it says so), and its cursors."""

    items: list[Item]
    total: int
    more: bool
    start_cursor: str | None
    end_cursor: str | None


def search(
    connection: Connection,
    definitions: Definitions,
    resource: Resource,
    viewer: Viewer,
    request: Request,
    *extra: ColumnElement[bool],
) -> Found:
    """Return the page that is asked for, of what the viewer may see; ``extra`` conditions hold too.

    Raises CursorInvalid.
    """
    dialect = connection.dialect.name
    conditions = [*resource.scope(viewer), *extra]
    for each in request.conditions:
        conditions.append(resource.fields[each.field].condition(each.operator, each.value, dialect))
    order = _whole_order(resource, request.order)
    rows = _page(connection, resource, conditions, order, request)
    total, more = _count(connection, resource, conditions)
    width = len(order)
    positions = [row[:width] for row in rows]
    items = [dict(zip(resource.columns, row[width:], strict=True)) for row in rows]
    if resource.complete is not None:
        items = resource.complete(connection, definitions, items)
    first, last = (encode(order, positions[0]), encode(order, positions[-1])) if rows else (None, None)
    return Found(items, total, more, first, last)


def one(
    connection: Connection, definitions: Definitions, resource: Resource, viewer: Viewer, **key: Any
) -> Item | None:
    """Return the item whose fields have the values in ``key``; None where there is none that the viewer may see."""
    conditions = [Condition(name, Operator.EQ, value) for name, value in key.items()]
    found = search(connection, definitions, resource, viewer, Request(conditions, limit=1))
    return found.items[0] if found.items else None


def count_all(connection: Connection, resource: Resource, viewer: Viewer, *extra: ColumnElement[bool]) -> int:
    """Return how many items there are that the viewer may see, up to COUNTED."""
    return _count(connection, resource, [*resource.scope(viewer), *extra])[0]


def _whole_order(resource: Resource, wanted: Sequence[Order]) -> list[Order]:
    """The key comes last, in the direction of what comes before it, so that no two items stand in one place."""
    order = list({level.field: level for level in wanted}.values())
    known = {level.field for level in order}
    descending = bool(order) and order[-1].descending
    return order + [Order(name, descending) for name in resource.key if name not in known]


def _page(
    connection: Connection,
    resource: Resource,
    conditions: Sequence[ColumnElement[bool]],
    order: Sequence[Order],
    request: Request,
) -> list[Sequence[Any]]:
    fields = [resource.fields[level.field] for level in order]
    columns = [_column(field) for field in fields]
    backward = request.before is not None
    walked = [replace(level, descending=not level.descending) for level in order] if backward else order
    labelled = [column.label(f"order_{number}") for number, column in enumerate(columns)]
    shown = [column.label(f"shown_{number}") for number, column in enumerate(resource.columns.values())]
    query: Select[Any] = select(*labelled, *shown).select_from(resource.source).where(*conditions)
    cursor = request.before if backward else request.after
    if cursor is not None:
        query = query.where(beyond(walked, columns, decode(order, fields, cursor)))
    query = query.order_by(*(_direction(each, level) for each, level in zip(columns, walked, strict=True)))
    rows: list[Sequence[Any]] = list(connection.execute(query.offset(request.skip).limit(request.limit)).all())
    return rows[::-1] if backward else rows


def _direction(column: ColumnElement[Any], level: Order) -> ColumnElement[Any]:
    """What has no value stands last ascending, first descending: as PostgreSQL's indexes have it."""
    return column.desc().nulls_first() if level.descending else column.asc().nulls_last()


def _count(connection: Connection, resource: Resource, conditions: Sequence[ColumnElement[bool]]) -> tuple[int, bool]:
    some = select(literal_column("1")).select_from(resource.source).where(*conditions).limit(COUNTED + 1).subquery()
    total = connection.execute(select(func.count()).select_from(some)).scalar_one()
    return min(total, COUNTED), total > COUNTED


def _column(field: Field) -> ColumnElement[Any]:
    assert field.column is not None  # noqa: S101 - only fields with a column are sortable
    return field.column
