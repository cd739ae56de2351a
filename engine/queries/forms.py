"""Forms as deployed, and what they call the variables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from engine.definitions.forms import components
from engine.definitions.model import Binds, ElementType, ProcessModel
from engine.definitions.repository import Definitions


def form_values(connection: Connection, definitions: Definitions, form_key: int) -> dict[str, Any]:
    """Return id, version and schema of a form version."""
    row = definitions.form(connection, form_key)
    return {
        "id": row["form_id"],
        "version": row["version"],
        "schema": definitions.form_schema(connection, form_key),
    }


def start_form_key(connection: Connection, definitions: Definitions, definition_key: int) -> int | None:
    """Return the form that is filled in before a case of this definition starts; None without one."""
    bound = _start_form(definitions.model(connection, definition_key))
    if bound is None:
        return None
    return definitions.resolve_form(connection, bound.id.source, bound.binding, bound.version_tag, definition_key)


def labels_of(connection: Connection, definitions: Definitions, form_keys: Iterable[int]) -> dict[str, str]:
    """Return what the forms call their variables."""
    labels: dict[str, str] = {}
    for key in dict.fromkeys(form_keys):
        schema = definitions.form_schema(connection, key)
        for component in components(schema.get("components")):
            # A list of rows is told by its path; a field for a date or a time has no label of its own.
            name = component.get("path") if component.get("type") == "dynamiclist" else component.get("key")
            label = component.get("label") or component.get("dateLabel") or component.get("timeLabel")
            if isinstance(name, str) and isinstance(label, str) and label and not label.startswith("="):
                labels.setdefault(name, label)
    return labels


def choices_of(
    connection: Connection, definitions: Definitions, form_keys: Iterable[int], values: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """Return what the forms call the values that can be chosen, by variable; a value called by itself is left out.

    ``values`` are the case's variables: a choice may be from a list that one of them holds (``=departments``).
    """
    found: dict[str, dict[str, str]] = {}
    for key in dict.fromkeys(form_keys):
        for component in components(definitions.form_schema(connection, key).get("components")):
            name = component.get("key")
            called = _called(options_of(component, values) or ())
            if isinstance(name, str) and called:
                found.setdefault(name, {}).update(called)
    return found


def options_of(component: Mapping[str, Any], values: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """Return what can be chosen in a field, which stands in the form or in a variable that it names; None without."""
    source = str(component.get("valuesExpression") or component.get("valuesKey") or "").removeprefix("=").strip()
    options = component.get("values") or values.get(source)
    return [each for each in options if isinstance(each, Mapping)] if isinstance(options, list) else None


def in_words(value: Any, called: Mapping[str, str]) -> Any:
    """Return a chosen value, or several, by what the form calls them."""
    if isinstance(value, list):
        return [in_words(each, called) for each in value]
    return called.get(value, value) if isinstance(value, str) else value


def _called(options: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {
        str(each["value"]): str(each["label"])
        for each in options
        if each.get("label") and each.get("value") not in (None, each["label"])
    }


def _start_form(model: ProcessModel) -> Binds | None:
    for node in model.body.nodes.values():
        if node.type is ElementType.START_EVENT:
            details = node.user_task
            found = node.start_form or (None if details is None else details.form)
            if found is not None:
                return found
    return None
