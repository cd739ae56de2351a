"""Registers (台账) as lists: which there are, and pages of their rows for who may see the cases."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select
from sqlalchemy.sql.expression import FromClause

from engine.definitions.repository import Definitions
from engine.documents.organisation_files import files_in_force
from engine.errors import InvalidInput, NotFound
from engine.queries.cases import MOST_COUNTED
from engine.queries.paging import CursorInvalid, like
from engine.queries.sight import concerning
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields, hiding_rules
from engine.registers.evaluating import rows_of
from engine.registers.facts import CaseFacts, facts_of
from engine.registers.model import FOLDER, ColumnType, Register, Sort
from engine.registers.sorting import bound_text
from engine.store.tables.records import register_cell

ALL = "*"
"""The column under which the texts of a whole row are searched."""
_NUMERIC = frozenset({ColumnType.NUMBER, ColumnType.MONEY})


class RegisterUnknown(NotFound):
    """There is no such register, or it is not for the viewer."""

    code = "registers.unknown"


class FilterInvalid(InvalidInput):
    """A filter or the order names no column of the register."""

    code = "registers.filter-invalid"


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which part of a register is wanted.

    ``filters`` are texts by column: what a cell contains, or ``from..to`` (either may be missing) for a range.
    """

    limit: int = 50
    cursor: str | None = None
    sort: str | None = None
    search: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list."""

    root_key: int
    item: int
    values: Mapping[str, Any]


def registers(connection: Connection, viewer: Viewer) -> list[Register]:
    """Return the registers in force that are for the viewer, by title."""
    found = (each for each in all_registers(connection).values() if viewer.auditor or each.open_to(viewer.groups))
    return sorted(found, key=lambda register: register.id)


def all_registers(connection: Connection) -> dict[str, Register]:
    """Return every register in force by its id."""
    found = files_in_force(connection, FOLDER)
    return {each.id: each for each in found if isinstance(each, Register)}


def register_of(connection: Connection, viewer: Viewer, id_: str) -> Register:
    """Return a register in force; raise RegisterUnknown."""
    found = all_registers(connection).get(id_)
    if found is None or not (viewer.auditor or found.open_to(viewer.groups)):
        raise RegisterUnknown(f"没有名为 {id_} 的台账，或者不供您查看。")
    return found


def page_of_register(
    connection: Connection,
    viewer: Viewer,
    definitions: Definitions,
    register: Register,
    request: ListRequest,
    now: datetime,
) -> tuple[list[Listed], str | None]:
    """Return a page of rows, and the cursor of the next one. Raises FilterInvalid, CursorInvalid."""
    query, columns = _query(viewer, register, request)
    sort = _sort(register, request)
    query = query.where(*_after(columns, sort, request.cursor))
    order = [columns.sort_text, columns.root_key, columns.item]
    query = query.order_by(*(each.desc() if sort.descending else each for each in order)).limit(request.limit + 1)
    found = connection.execute(query).all()
    shown = found[: request.limit]
    last = shown[-1] if len(found) > request.limit else None
    cursor = None if last is None else _encode([last.sort_text, last.root_key, last.item])
    places = [(row.root_key, row.item) for row in shown]
    return list(_values(connection, viewer, definitions, register, places, now)), cursor


def count_of_register(
    connection: Connection, viewer: Viewer, register: Register, request: ListRequest, most: int = MOST_COUNTED
) -> int:
    """Return how many rows there are, counted no further than ``most``. Raises FilterInvalid."""
    query, _ = _query(viewer, register, request)
    return int(connection.execute(select(func.count()).select_from(query.limit(most).subquery())).scalar_one())


def _query(viewer: Viewer, register: Register, request: ListRequest) -> tuple[Select[Any], Any]:
    cell = register_cell.alias("sorted")
    columns = cell.c
    sort = _sort(register, request)
    query = select(columns.sort_text, columns.root_key, columns.item).where(
        columns.register_id == register.id, columns.column == sort.column
    )
    if not viewer.auditor:
        query = query.where(columns.root_key.in_(concerning(viewer)))
    for number, (name, text) in enumerate(sorted(request.filters.items())):
        query = query.where(_filtered(cell, register, name, text, f"f{number}"))
    if request.search:
        query = query.where(_matching(cell, ALL, _contains(request.search), "searched"))
    return query, columns


def _sort(register: Register, request: ListRequest) -> Sort:
    sort = Sort.of(request.sort) if request.sort else register.sort
    _require_column(register, sort.column)
    return sort


def _require_column(register: Register, id_: str) -> ColumnType:
    column = register.column(id_)
    if column is None:
        message = f"台账“{register.title}”没有 {id_} 这一列。"
        raise FilterInvalid(message, details={"fields": {id_: [message]}})
    return column.type


def _filtered(cell: FromClause, register: Register, name: str, text: str, alias: str) -> ColumnElement[bool]:
    numeric = _require_column(register, name) in _NUMERIC
    low, dots, high = text.partition("..")
    if not dots:
        return (
            _matching(cell, name, lambda c: c == bound_text(text, numeric=True), alias)
            if numeric
            else _matching(cell, name, _contains(text), alias)
        )
    bounds: list[Any] = [lambda c: c != ""]
    if low:
        bounds.append(lambda c: c >= bound_text(low, numeric=numeric))
    if high:
        # The last character there is, so that a whole day, or everything that begins like this, is inside.
        bounds.append(lambda c: c <= bound_text(high, numeric=numeric) + ("" if numeric else "\U0010ffff"))
    return _matching(cell, name, lambda c: and_(*(bound(c) for bound in bounds)), alias)


def _contains(text: str) -> Any:
    return lambda c: c.like(like(text), escape="\\")


def _matching(cell: FromClause, column: str, condition: Any, alias: str) -> ColumnElement[bool]:
    other = register_cell.alias(alias)
    return (
        select(other.c.item)
        .where(
            other.c.register_id == cell.c.register_id,
            other.c.root_key == cell.c.root_key,
            other.c.item == cell.c.item,
            other.c.column == column,
            condition(other.c.sort_text),
        )
        .exists()
    )


def _after(columns: Any, sort: Sort, cursor: str | None) -> list[ColumnElement[bool]]:
    if cursor is None:
        return []
    text, root_key, item = _decode(cursor)
    if sort.descending:
        within = or_(columns.root_key < root_key, and_(columns.root_key == root_key, columns.item < item))
        return [or_(columns.sort_text < text, and_(columns.sort_text == text, within))]
    within = or_(columns.root_key > root_key, and_(columns.root_key == root_key, columns.item > item))
    return [or_(columns.sort_text > text, and_(columns.sort_text == text, within))]


def _values(
    connection: Connection,
    viewer: Viewer,
    definitions: Definitions,
    register: Register,
    places: Sequence[tuple[int, int]],
    now: datetime,
) -> Iterator[Listed]:
    """Work the rows out from the cases as they are now; one that is gone since it was entered is left out."""
    keys = list(dict.fromkeys(root_key for root_key, _ in places))
    facts = facts_of(connection, definitions, keys, register)
    rows = {key: rows_of(register, _seen(connection, viewer, definitions, facts[key]), now) for key in facts}
    for root_key, item in places:
        if 0 < item <= len(rows.get(root_key, [])):
            yield Listed(root_key, item, rows[root_key][item - 1])


def _seen(connection: Connection, viewer: Viewer, definitions: Definitions, facts: CaseFacts) -> CaseFacts:
    if viewer.auditor or not hiding_rules(definitions.model(connection, facts.definition_key)):
        return facts
    return facts.without(hidden_fields(connection, definitions, viewer, facts.key))


def _encode(position: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[str, int, int]:
    try:
        text, root_key, item = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return str(text), int(root_key), int(item)
    except (ValueError, TypeError, binascii.Error) as error:
        raise CursorInvalid("翻页位置无效，请从第一页重新查看。", details={"fields": {"cursor": ["无效"]}}) from error
