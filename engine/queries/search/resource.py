"""What a list is made of, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause

from engine.definitions.repository import Definitions
from engine.queries.search.fields import Condition, Field
from engine.queries.viewer import Viewer

Item = dict[str, Any]
Scope = Callable[[Viewer], Sequence[ColumnElement[bool]]]
Complete = Callable[[Connection, Definitions, list[Item]], list[Item]]


@dataclass(frozen=True, slots=True)
class Resource:
    """A list that can be searched.

    ``columns`` are what its items show, ``fields`` what they can be filtered and ordered by, ``key`` the fields that
    make an item unique and order the list by default. ``scope`` limits it to what the viewer may see. ``complete`` adds
    to a page of items what is not in their rows.
    """

    name: str
    source: FromClause
    columns: Mapping[str, ColumnElement[Any]]
    fields: Mapping[str, Field]
    key: tuple[str, ...]
    scope: Scope
    complete: Complete | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One level of an order."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted of a list: all conditions hold; ``skip`` items are passed over, or those up to a cursor."""

    conditions: Sequence[Condition] = ()
    order: Sequence[Order] = ()
    limit: int = 100
    skip: int = 0
    after: str | None = None
    before: str | None = None
