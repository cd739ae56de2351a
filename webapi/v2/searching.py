"""Searches of the protocol: from a resource's fields to the schema of its request, and back to what the engine asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint
from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from sqlalchemy import ColumnElement, Connection

from engine.queries.search import Condition, Kind, Operator, Order, Request, Resource, search
from engine.queries.search.fields import OPERATORS
from webapi.schemas.base import ApiSchema, camel
from webapi.schemas.fields import LARGEST_KEY, Choice, Flag, Many, Part, Text, Whole
from webapi.security import actor
from webapi.services import platform, read
from webapi.v2.operation import operation
from webapi.v2.schemas.fields import LARGEST_NUMBER, read_moment

LARGEST_PAGE = 10_000
LARGEST_SKIP = 10_000
LONGEST_LIST = 1000
LONGEST_TEXT = 4000

_EXPECTED: Mapping[Kind, str] = {
    Kind.KEY: "应为数字组成的键。",
    Kind.TEXT: "应为文字。",
    Kind.WHOLE: "应为整数。",
    Kind.MOMENT: "应为带时区的时间，如 2026-11-23T01:02:03Z。",
    Kind.FLAG: "应为 true 或 false。",
    Kind.WORDS: "应为文字的列表。",
    Kind.VARIABLES: "应为 {name, value} 的列表。",
}
_SHOWN: Mapping[Kind, dict[str, Any]] = {
    Kind.KEY: {"type": "string", "pattern": "^[0-9]{1,19}$"},
    Kind.TEXT: {"type": "string"},
    Kind.WHOLE: {"type": "integer"},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
    Kind.FLAG: {"type": "boolean"},
    Kind.CHOICE: {"type": "string"},
    Kind.WORDS: {"type": "array", "items": {"type": "string"}},
    Kind.VARIABLES: {
        "type": "array",
        "items": {"type": "object", "required": ["name", "value"], "properties": {"name": {"type": "string"}}},
    },
}


class FilterProperty(fields.Field[Any]):
    """What a field is compared with: a value, or an object of operators and values."""

    default_error_messages = {"null": "不能为空。"}  # noqa: RUF012

    def __init__(self, kind: Kind, choices: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(metadata=_described(kind, choices), **kwargs)
        self._kind = kind
        self._choices = choices

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[tuple[Operator, Any]]:
        if self._kind is Kind.VARIABLES:
            return [(Operator.EQ, _variables(value))]
        if not isinstance(value, dict):
            return [(Operator.EQ, self._value(value))]
        allowed = OPERATORS[self._kind]
        unknown = [name for name in value if name not in allowed]
        if unknown or not value:
            raise ValidationError(f"可用的比较：{'、'.join(allowed)}。")
        return [(Operator(name), self._compared(Operator(name), each)) for name, each in value.items()]

    def _compared(self, operator: Operator, value: Any) -> Any:
        if operator is Operator.EXISTS:
            if type(value) is not bool:
                raise ValidationError(f"{operator}：{_EXPECTED[Kind.FLAG]}")
            return value
        if operator in (Operator.IN, Operator.NOT_IN):
            if not isinstance(value, list) or len(value) > LONGEST_LIST:
                raise ValidationError(f"{operator}：应为不超过 {LONGEST_LIST} 项的列表。")
            return [self._value(item) for item in value]
        if operator is Operator.LIKE and self._kind is Kind.CHOICE:
            return _text(value)
        return self._value(value)

    def _value(self, value: Any) -> Any:
        read = _READERS[self._kind](value)
        if self._kind is Kind.CHOICE and read not in self._choices:
            raise ValidationError(f"应为 {'、'.join(self._choices)} 之一。")
        if read is None:
            raise ValidationError(_EXPECTED[self._kind])
        return read


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and len(value) <= LONGEST_TEXT else None


def _key(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and int(value[:20]) <= LARGEST_KEY:
        return int(value)
    return None


def _whole(value: Any) -> int | None:
    return value if type(value) is int and -LARGEST_NUMBER <= value <= LARGEST_NUMBER else None


def _flag(value: Any) -> bool | None:
    return value if type(value) is bool else None


def _words(value: Any) -> list[str] | None:
    fits = isinstance(value, list) and len(value) <= LONGEST_LIST and all(_text(word) is not None for word in value)
    return value if fits else None


def _variables(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or len(value) > LONGEST_LIST:
        raise ValidationError(_EXPECTED[Kind.VARIABLES])
    text = FilterProperty(Kind.TEXT)
    wanted = []
    for item in value:
        if not isinstance(item, dict) or item.keys() != {"name", "value"} or _text(item["name"]) is None:
            raise ValidationError(_EXPECTED[Kind.VARIABLES])
        wanted.append({"name": item["name"], "conditions": text.deserialize(item["value"])})
    return wanted


_READERS: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.KEY: _key,
    Kind.TEXT: _text,
    Kind.CHOICE: _text,
    Kind.WHOLE: _whole,
    Kind.MOMENT: read_moment,
    Kind.FLAG: _flag,
    Kind.WORDS: _words,
}


class PageRequestSchema(ApiSchema):
    """Which page: an offset, or a cursor of an earlier page."""

    limit = Whole(smallest=1, largest=LARGEST_PAGE, load_default=100)
    skip = Whole(data_key="from", largest=LARGEST_SKIP, load_default=0)
    after = Text(longest=LONGEST_TEXT, load_default=None)
    before = Text(longest=LONGEST_TEXT, load_default=None)

    @validates_schema
    def one_way(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse a page that is told in two ways."""
        if sum(bool(data.get(name)) for name in ("skip", "after", "before")) > 1:
            raise ValidationError("from、after、before 只能用一个。")


class PageSchema(ApiSchema):
    """Where a page stands among all items."""

    total_items = Whole(attribute="total")
    has_more_total_items = Flag(attribute="more")
    start_cursor = Text(allow_none=True)
    end_cursor = Text(allow_none=True)


def filter_schema(resource: Resource, name: str) -> type[Schema]:
    """Return the schema of a resource's filter; it loads conditions."""

    def to_conditions(self: Schema, data: Mapping[str, Any], **kwargs: Any) -> list[Condition]:
        return [Condition(name, operator, value) for name, pairs in data.items() for operator, value in pairs]

    members: dict[str, Any] = {
        field_name: FilterProperty(field.kind, field.choices) for field_name, field in resource.fields.items()
    }
    return type(f"{name}FilterSchema", (ApiSchema,), {**members, "to_conditions": post_load(to_conditions)})


def search_schema(resource: Resource) -> type[Schema]:
    """Return the schema of a resource's search request; it loads an engine Request."""
    name = _class_name(resource)
    sortable = [camel(field_name) for field_name, field in resource.fields.items() if field.sortable]
    sort_schema = type(
        f"{name}SortSchema",
        (ApiSchema,),
        {"field": Choice(*sortable, required=True), "order": Choice("ASC", "DESC", load_default="ASC")},
    )
    names = {camel(field_name): field_name for field_name in resource.fields}

    def to_request(self: Schema, data: Mapping[str, Any], **kwargs: Any) -> Request:
        order = [Order(names[each["field"]], each["order"] == "DESC") for each in data["sort"]]
        return Request(data["filter"], order, **data["page"])

    members: dict[str, Any] = {
        "filter": Part(filter_schema(resource, name), load_default=list),
        "sort": Many(Part(sort_schema), load_default=list),
        "page": Part(PageRequestSchema, load_default=lambda: PageRequestSchema().load({})),
        "to_request": post_load(to_request),
    }
    return type(f"{name}SearchSchema", (ApiSchema,), members)


def result_schema(resource: Resource, item: type[Schema]) -> type[Schema]:
    """Return the schema of a page of a resource's items."""
    members: dict[str, Any] = {"items": Many(Part(item)), "page": Part(PageSchema)}
    return type(f"{_class_name(resource)}SearchResultSchema", (ApiSchema,), members)


def page_of(found: Any) -> dict[str, Any]:
    """Return what the result schema dumps."""
    return {"items": found.items, "page": found}


def add_search(
    blueprint: Blueprint,
    rule: str,
    operation_id: str,
    summary: str,
    resource: Resource,
    item: type[Schema],
    *,
    query: type[Schema] | None = None,
    extra: Callable[..., list[ColumnElement[bool]]] | None = None,
    finish: Callable[[dict[str, Any], Any], None] | None = None,
) -> None:
    """Add a resource's search to a blueprint.

    ``extra`` is given the connection and the address' arguments and returns conditions that hold too; ``finish`` may
    change each item, given the query.
    """
    searched = _search_schemas(resource, item)

    @operation(summary, query=query, body=searched[0], answer=searched[1], errors=(400, 403, 404))
    def view(body: Request, query: Any = None, **arguments: Any) -> dict[str, Any]:
        with read() as connection:
            conditions = [] if extra is None else extra(connection, **arguments)
            found = find(connection, resource, body, *conditions)
        if finish is not None:
            for each in found.items:
                finish(each, query)
        return page_of(found)

    blueprint.add_url_rule(rule, operation_id, view, methods=["POST"])


def find(connection: Connection, resource: Resource, request: Request, *extra: ColumnElement[bool]) -> Any:
    """Return the page that is asked for, of what the one who asks may see."""
    return search(connection, platform().sources.definitions, resource, actor(), request, *extra)


_known: dict[tuple[str, str], tuple[type[Schema], type[Schema]]] = {}


def _search_schemas(resource: Resource, item: type[Schema]) -> tuple[type[Schema], type[Schema]]:
    """The schemas of a resource, made once, so that the documentation shows each once."""
    key = (resource.name, item.__name__)
    if key not in _known:
        _known[key] = (search_schema(resource), result_schema(resource, item))
    return _known[key]


def _described(kind: Kind, choices: tuple[str, ...]) -> dict[str, Any]:
    """A value, or an object of operators, as OpenAPI describes it."""
    value = {**_SHOWN[kind], "enum": list(choices)} if choices else _SHOWN[kind]
    if kind in (Kind.VARIABLES, Kind.WORDS):
        return value
    lists = {"type": "array", "items": value}
    special = {Operator.EXISTS: _SHOWN[Kind.FLAG], Operator.LIKE: _SHOWN[Kind.TEXT]}
    special |= {Operator.IN: lists, Operator.NOT_IN: lists}
    properties = {str(operator): special.get(operator, value) for operator in OPERATORS[kind]}
    compared = {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}
    return {"oneOf": [value, compared]}


def _class_name(resource: Resource) -> str:
    return "".join(part.capitalize() for part in resource.name.split("-"))
