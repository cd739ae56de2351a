"""The marshmallow schema of a form, built once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, fields

from engine.store.types import canonical_json
from webapi.forms.compiling import Input, Rows, Scope, compile_form
from webapi.forms.fields import InputField, PartField, RowsField

KEPT = 512
"""How many forms are kept ready; the least recently used goes first."""


class FormSchema(Schema):
    """Base of all schemas of forms: what a form has no input for is refused."""

    error_messages = {"unknown": "表单没有此项，请移除。", "type": "应为一组数据。"}  # noqa: RUF012 - marshmallow's way

    class Meta:
        """Options of marshmallow."""

        unknown = RAISE


@dataclass(frozen=True, slots=True)
class ReadyForm:
    """A form compiled, with the schema that checks its data."""

    scope: Scope
    schema: Schema


def ready_form(source: Mapping[str, Any]) -> ReadyForm:
    """Return the compiled form of a form-js schema, from the cache if the very same schema is there."""
    return _cache.get(source)


class _Cache:
    """Forms by the identity of their schema while it lives, else by its content. Safe for threads."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, ReadyForm] = OrderedDict()
        self._known: OrderedDict[int, tuple[Mapping[str, Any], ReadyForm]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, source: Mapping[str, Any]) -> ReadyForm:
        with self._lock:
            known = self._known.get(id(source))
        if known is not None and known[0] is source:
            return known[1]
        text = canonical_json(source)
        with self._lock:
            form = self._forms.get(text)
        if form is None:
            scope = compile_form(source)
            form = ReadyForm(scope, schema_of(scope))
        with self._lock:
            self._forms[text] = form
            self._known[id(source)] = (source, form)
            for kept in (self._forms, self._known):
                while len(kept) > KEPT:
                    kept.popitem(last=False)
        return form


def schema_of(scope: Scope) -> Schema:
    """Return the schema of a form or a row."""
    places: dict[str, Any] = {}
    for item in scope.inputs:
        _place(places, item)
    for rows in scope.rows:
        _place(places, rows)
    return _schema(places)


def _place(places: dict[str, Any], item: Input | Rows) -> None:
    for step in item.path[:-1]:
        inner = places.get(step)
        if not isinstance(inner, dict):
            inner = places[step] = {}
        places = inner
    places.setdefault(item.path[-1] if item.path else "", item)


def _schema(places: Mapping[str, Any]) -> Schema:
    declared: dict[str, fields.Field[Any]] = {name: _field(place) for name, place in places.items()}
    return type("Form", (FormSchema,), declared)()


def _field(place: Any) -> fields.Field[Any]:
    if isinstance(place, Input):
        return InputField(place)
    if isinstance(place, Rows):
        return RowsField(place, schema_of(place.scope))
    return PartField(_schema(place))


_cache = _Cache()
