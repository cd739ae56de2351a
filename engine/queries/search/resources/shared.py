"""What several resources are made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Text, and_, case, exists, func, literal, or_, select, true, type_coerce

from engine.queries.search.fields import Operator, Test, compare
from engine.store.tables.repository import process_definition
from engine.store.tables.runtime import process_instance, variable
from engine.store.types import canonical_json


def flag(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return a condition as a value that can be shown, ordered and compared."""
    return case((condition, literal(True, Boolean())), else_=literal(False, Boolean()))


def process_of(definition_key: Any) -> Any:
    """Return the id of the process that a definition is a version of."""
    return select(process_definition.c.process_id).where(process_definition.c.key == definition_key).scalar_subquery()


def process_id_of_instance(process_instance_key: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the process id of a process instance, as a subquery."""
    query = select(process_instance.c.process_id).where(process_instance.c.key == process_instance_key)
    return query.scalar_subquery()


def definition_of_instance(process_instance_key: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the definition's key of a process instance, as a subquery."""
    query = select(process_instance.c.definition_key).where(process_instance.c.key == process_instance_key)
    return query.scalar_subquery()


def newest(table: Any, id_column: str) -> ColumnElement[bool]:
    """Return the condition that a definition is the newest version of what has its id."""
    other = table.alias()
    highest = select(func.max(other.c.version)).where(other.c[id_column] == table.c[id_column]).scalar_subquery()
    is_newest: ColumnElement[bool] = table.c.version == highest
    return is_newest


def words_in(column: ColumnElement[Any]) -> Test:
    """Return the test that a list of words, kept as JSON, has all the words that are asked for."""

    def test(operator: Operator, wanted: list[str], dialect: str) -> ColumnElement[bool]:
        return and_(true(), *(_has(column, word) for word in wanted))

    return test


def word_in(column: ColumnElement[Any]) -> Test:
    """Return the test that one of a list of words, kept as JSON, is the one that is asked for."""

    def test(operator: Operator, wanted: Any, dialect: str) -> ColumnElement[bool]:
        match operator:
            case Operator.EQ:
                return _has(column, wanted)
            case Operator.NEQ:
                return ~_has(column, wanted)
            case Operator.IN:
                return or_(*(_has(column, word) for word in wanted)) if wanted else literal(False, Boolean())
            case Operator.NOT_IN:
                return and_(true(), *(~_has(column, word) for word in wanted))
            case Operator.EXISTS:
                empty = func.coalesce(_text(column), "[]") == "[]"
                return ~empty if wanted else empty
            case _:
                quoted = json.dumps(wanted, ensure_ascii=False)[1:-1]
                return compare(_text(column), Operator.LIKE, f'*"{quoted}"*', dialect)

    return test


def variables_of(scope_key: ColumnElement[Any], *further: ColumnElement[Any]) -> Test:
    """Return the test that variables of a scope have values; each is ``{name, conditions: [(operator, text)]}``.

    Values are compared as their JSON texts, as Camunda 8 does: a text has its quotation marks.
    """

    def test(operator: Operator, wanted: list[Mapping[str, Any]], dialect: str) -> ColumnElement[bool]:
        scopes = or_(*(variable.c.scope_key == scope for scope in (scope_key, *further)))
        found = []
        for each in wanted:
            conditions = [_value(kind, value, dialect) for kind, value in each["conditions"]]
            found.append(exists().where(scopes, variable.c.name == each["name"], *conditions))
        return and_(true(), *found)

    return test


def value_test(operator: Operator, wanted: Any, dialect: str) -> ColumnElement[bool]:
    """Compare the JSON text of a variable's value."""
    return _value(operator, wanted, dialect)


def _value(operator: Operator, wanted: Any, dialect: str) -> ColumnElement[bool]:
    if operator in (Operator.IN, Operator.NOT_IN):
        wanted = [_canonical(text) for text in wanted]
    elif operator in (Operator.EQ, Operator.NEQ):
        wanted = _canonical(wanted)
    return compare(_text(variable.c.value), operator, wanted, dialect, nullable=True)


def _canonical(text: str) -> str:
    try:
        return canonical_json(json.loads(text))
    except (ValueError, RecursionError):
        return text


def _text(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The JSON text of a column that otherwise reads and writes values."""
    return type_coerce(column, Text())


def _has(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    quoted = json.dumps(word, ensure_ascii=False)
    return func.coalesce(_text(column), "[]").contains(quoted, autoescape=True)
