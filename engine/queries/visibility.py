"""Which cases are restricted, and which fields of a case are hidden from whom.

Properties of a process: ``visibility`` = ``restricted``: only who takes part, who holds one of ``visibility.roles``,
and auditors know of its cases. ``visibility.hide.<variable>``: roles, user ids or names of people from whom a variable
is hidden, parted by commas, or FEEL after ``=`` that gives a list of them from the case's variables (``=[accused.id]``:
the complaint never reaches the accused, 信访工作条例 §30); ``*`` hides it from everybody without one of
``visibility.roles``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, false, or_, select, type_coerce

from engine.definitions.model import ProcessModel
from engine.definitions.repository import Definitions
from engine.feel import FeelError, compile_expression
from engine.feel.json import from_json, to_json
from engine.queries.viewer import Viewer
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import process_instance, variable

PREFIX = "visibility.hide."
EVERYBODY = "*"
_CARRIERS = frozenset({"variable_changed", "decision_evaluated"})
"""Events that carry values of variables in their own way."""


def restricted_definitions() -> Any:
    """Return the query for the keys of restricted process definitions."""
    return select(process_definition.c.key).where(process_definition.c.restricted)


def cases_open_to(viewer: Viewer) -> Any:
    """Return the query for the cases of procedures whose ``visibility.roles`` name a role of the viewer."""
    return cases_of(names_role_of(viewer))


def restricted_cases() -> Any:
    """Return the query for all restricted cases."""
    return cases_of(process_definition.c.restricted)


def cases_of(condition: ColumnElement[bool]) -> Any:
    """Return the query for the cases of some process definitions, found along the index of procedures."""
    ids = select(process_definition.c.process_id).where(condition)
    keys = select(process_definition.c.key).where(condition)
    return select(process_instance.c.root_key).where(
        process_instance.c.process_id.in_(ids),
        process_instance.c.definition_key.in_(keys),
        process_instance.c.parent_key.is_(None),
    )


def names_role_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that a definition's ``visibility.roles`` name a role of the viewer."""
    listed = type_coerce(process_definition.c.visibility_roles, Text)
    return or_(false(), *(listed.contains(f'"{name}"', autoescape=True) for name in sorted(viewer.groups)))


def restricted_case(connection: Connection, root_key: int) -> bool:
    """Return whether a case is restricted, so that reading it is recorded."""
    query = (
        select(process_definition.c.restricted)
        .join(process_instance, process_instance.c.definition_key == process_definition.c.key)
        .where(process_instance.c.key == root_key)
    )
    return bool(connection.execute(query).scalar())


def hidden_fields(connection: Connection, definitions: Definitions, viewer: Viewer, root_key: int) -> frozenset[str]:
    """Return the variables of a case that the viewer is not shown. Nothing is hidden from auditors."""
    query = select(process_instance.c.definition_key).where(process_instance.c.key == root_key)
    model = definitions.model(connection, connection.execute(query).scalar_one())
    rules = hiding_rules(model)
    if not rules or viewer.auditor:
        return frozenset()
    insiders = set(words(model.properties.get("visibility.roles", "")))
    # Who writes down the accused knows the name; two of one name are both kept from it, which does less harm.
    known = {viewer.id, viewer.name, *viewer.groups}
    context = _root_variables(connection, root_key) if any(said.startswith("=") for said in rules.values()) else {}
    hidden = set()
    for name, said in rules.items():
        outsiders = _outsiders(said, context)
        everybody = EVERYBODY in outsiders and insiders.isdisjoint(viewer.groups)
        if everybody or not known.isdisjoint(outsiders):
            hidden.add(name)
    return frozenset(hidden)


def hiding_rules(model: ProcessModel) -> dict[str, str]:
    """Return what a process says of its variables: name to who is not shown it."""
    return {name.removeprefix(PREFIX): said for name, said in model.properties.items() if name.startswith(PREFIX)}


def shown(values: Mapping[str, Any], hidden: Iterable[str]) -> dict[str, Any]:
    """Return variables without the hidden ones."""
    return {name: value for name, value in values.items() if name not in set(hidden)}


def shown_event(type_: str, payload: Any, hidden: frozenset[str]) -> Any:
    """Return an event's payload without hidden variables; None where nothing may be shown of it."""
    if not hidden or payload is None:
        return payload
    if type_ == "text_version_saved" and payload.get("variable") in hidden:
        return None
    if type_ in _CARRIERS:
        return None if type_ != "variable_changed" or payload.get("name") in hidden else payload
    return _without(payload, hidden)


def words(text: str) -> list[str]:
    """Return the words of a list parted by commas."""
    return [word.strip() for word in text.replace("，", ",").split(",") if word.strip()]


def _without(value: Any, hidden: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _without(item, hidden) for name, item in value.items() if name not in hidden}
    if isinstance(value, list):
        return [_without(item, hidden) for item in value]
    return value


def _outsiders(said: str, context: Mapping[str, Any]) -> set[str]:
    """From whom a variable is hidden; an expression that fails hides it, for showing it can't be taken back."""
    if not said.startswith("="):
        return set(words(said))
    try:
        value = to_json(compile_expression(said[1:]).evaluate(context))
    except FeelError:
        return {EVERYBODY}
    return {str(item) for item in (value if isinstance(value, list) else [value]) if item is not None}


def _root_variables(connection: Connection, root_key: int) -> dict[str, Any]:
    query = select(variable.c.name, variable.c.value).where(variable.c.scope_key == root_key)
    return {row.name: from_json(row.value) for row in connection.execute(query)}
