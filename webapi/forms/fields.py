"""The marshmallow fields that check inputs and lists of rows against the view in which they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from marshmallow import Schema, ValidationError, fields, missing

from webapi.forms import kinds
from webapi.forms.compiling import Input, Rows
from webapi.forms.conditions import NOW, evaluate, holds, is_expression
from webapi.forms.evaluation import View
from webapi.forms.options import contains, option_values
from webapi.forms.rules import number_messages, preset_messages
from webapi.forms.scripting import UNSET, get, number_of

VIEW: ContextVar[View] = ContextVar("view")
"""The view of the form or row that is being checked."""

HIDDEN = "此项未显示，不应填写。"
DISABLED = "此项不可填写。"
READ_ONLY = "此项只读，不能修改。"
PASSED = "不能早于今天。"


class InputField(fields.Field[Any]):
    """One input of a form."""

    def __init__(self, item: Input) -> None:
        super().__init__()
        self._input = item

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        """Return the value, or raise ValidationError with everything the viewer would object to."""
        given = value is not missing
        messages = list(self._messages(VIEW.get(), value, given=given))
        if messages:
            raise ValidationError(messages)
        return value if given else None

    def _messages(self, view: View, value: Any, *, given: bool) -> Iterator[str]:
        item = self._input
        if view.hidden(item.hides):
            if given:
                yield HIDDEN
            return
        if item.disabled:
            if given:
                yield DISABLED
            return
        if given and not kinds.is_empty(value):
            wrong = self._wrong_kind(view, value)
            if wrong is not None:
                yield wrong
                return
        if not given:
            # What is not sent is left as it was; a default is not assumed, for nobody would store it.
            known = get(view.known, item.path) is not UNSET
            value = get(view.opened, item.path) if known else kinds.KINDS[item.type].empty
        elif self._read_only(view) and not kinds.unchanged(value, get(view.opened, item.path)):
            yield READ_ONLY
            return
        elif _only_future(item.component) and _has_passed(value, get(view.opened, item.path)):
            yield PASSED
        if item.type == "number":
            yield from number_messages(item.component, value)
        if item.validation:
            yield from preset_messages(item.validation, value, view.context)

    def _wrong_kind(self, view: View, value: Any) -> str | None:
        component = self._input.component
        kind = kinds.KINDS[self._input.type]
        if not kind.accepts(component, value, view.opened_form):
            return kinds.complaint(component, value)
        if self._input.type == "expression":
            return None if self._computed(view, value) else kind.complaint
        if component.get("valuesExpression"):
            values = option_values(evaluate(component["valuesExpression"], view.context))
            chosen = value if isinstance(value, list) else [value]
            return None if all(contains(values, choice) for choice in chosen) else kind.complaint
        return None

    def _read_only(self, view: View) -> bool:
        source = self._input.component.get("readonly")
        return holds(source, view.context) if is_expression(source) else bool(source)

    def _computed(self, view: View, value: Any) -> bool:
        """Whether the value is what the input's expression gives; floats may differ in their last digits."""
        expected = evaluate(self._input.component.get("expression"), view.context)
        return _nearly(expected, value)


class PartField(fields.Field[Any]):
    """An object that holds inputs with a common path."""

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self._schema = schema

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        """Check what is inside; where nothing is given, inputs inside may still be required."""
        return self._schema.load({} if value is missing or value is None else value)


class RowsField(fields.Field[Any]):
    """A dynamic list."""

    def __init__(self, rows: Rows, schema: Schema) -> None:
        super().__init__()
        self._rows = rows
        self._schema = schema

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        """Check every row in its own view."""
        view, rows = VIEW.get(), self._rows
        if view.hidden(rows.hides):
            if value is not missing:
                raise ValidationError(HIDDEN)
            return None
        if value is missing or value is None:
            value = self._untouched(view)
        if not isinstance(value, list):
            raise ValidationError("应为列表。")
        opened = get(view.opened, rows.path)
        if rows.fixed and isinstance(opened, list) and len(value) != len(opened):
            raise ValidationError(f"此表固定为 {len(opened)} 行，不能增减。")
        errors: dict[int, Any] = {}
        for index, row in enumerate(value):
            mark = VIEW.set(view.row(rows, index))
            try:
                self._schema.load(row)
            except ValidationError as error:
                errors[index] = error.messages
            finally:
                VIEW.reset(mark)
        if errors:
            raise ValidationError(errors)
        return value

    def _untouched(self, view: View) -> list[Any]:
        """The rows of a list that was not sent: those that a form can't lose, each without anything filled in."""
        opened = get(view.opened, self._rows.path)
        return [{} for _ in opened] if self._rows.fixed and isinstance(opened, list) else []


def _nearly(expected: Any, value: Any) -> bool:
    left, right = number_of(expected), number_of(value)
    if left is not None and right is not None and not isinstance(expected, str) and not isinstance(value, str):
        return abs(left - right) <= abs(left) * _TOLERANCE
    if isinstance(expected, list) and isinstance(value, list):
        return len(expected) == len(value) and all(map(_nearly, expected, value))
    if isinstance(expected, Mapping) and isinstance(value, Mapping):
        return expected.keys() == value.keys() and all(_nearly(expected[key], value[key]) for key in expected)
    return kinds.unchanged(expected, value)


_TOLERANCE = number_of("1e-9") or 0


def _only_future(component: Mapping[str, Any]) -> bool:
    return bool(component.get("disallowPassedDates")) and component.get("subtype") != "time"


def _has_passed(value: Any, opened: Any) -> bool:
    """Whether a date that was filled in lies before the bureau's today; one that was there already may."""
    now = NOW.get()
    if now is None or not isinstance(value, str) or kinds.unchanged(value, opened):
        return False
    return value.partition("T")[0] < now.date().isoformat()
