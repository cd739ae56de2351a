"""What can be searched for: fields of five kinds, and the operators each kind has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, false, not_, or_

from engine.store.keys import case_of


class Kind(StrEnum):
    """What values a field has."""

    KEY = "key"
    TEXT = "text"
    WHOLE = "whole"
    MOMENT = "moment"
    FLAG = "flag"
    CHOICE = "choice"
    VARIABLES = "variables"
    WORDS = "words"


class Operator(StrEnum):
    """How a value is compared, in the names of Camunda 8's API."""

    EQ = "$eq"
    NEQ = "$neq"
    EXISTS = "$exists"
    IN = "$in"
    NOT_IN = "$notIn"
    LIKE = "$like"
    GT = "$gt"
    GTE = "$gte"
    LT = "$lt"
    LTE = "$lte"


_SAME = (Operator.EQ, Operator.NEQ, Operator.EXISTS, Operator.IN, Operator.NOT_IN)
_RANGE = (
    Operator.EQ,
    Operator.NEQ,
    Operator.EXISTS,
    Operator.IN,
    Operator.GT,
    Operator.GTE,
    Operator.LT,
    Operator.LTE,
)

OPERATORS: Mapping[Kind, tuple[Operator, ...]] = {
    Kind.KEY: _SAME,
    Kind.TEXT: (*_SAME, Operator.LIKE),
    Kind.WHOLE: _RANGE,
    Kind.MOMENT: _RANGE,
    Kind.FLAG: (Operator.EQ,),
    Kind.CHOICE: (*_SAME, Operator.LIKE),
    Kind.VARIABLES: (Operator.EQ,),
    Kind.WORDS: (Operator.EQ,),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison: the field's name, the operator, and a value of the field's kind (a list for IN and NOT_IN)."""

    field: str
    operator: Operator
    value: Any


Test = Callable[[Operator, Any, str], ColumnElement[bool]]
"""Operator, value, and the name of the database's dialect."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a resource.

    ``case`` is the column of the case's key where a value of this field says which case it is in: keys of things in a
    case lie in one range, so that the index by case serves the search. ``implied`` is a condition that follows from
    equality and that an index serves. ``test`` replaces the comparison altogether.
    """

    column: ColumnElement[Any] | None
    kind: Kind
    choices: tuple[str, ...] = ()
    nullable: bool = False
    sortable: bool = True
    case: ColumnElement[Any] | None = None
    implied: Callable[[Any], ColumnElement[bool]] | None = None
    test: Test | None = None

    def condition(self, operator: Operator, value: Any, dialect: str) -> ColumnElement[bool]:
        """Return the SQL condition that the comparison means."""
        if self.test is not None:
            return self.test(operator, value, dialect)
        assert self.column is not None  # noqa: S101 - without a column there is a test
        if self.kind is Kind.FLAG:
            return self.column if value else not_(self.column)
        compared = compare(self.column, operator, value, dialect, nullable=self.nullable)
        if operator is not Operator.EQ:
            return compared
        if self.case is not None:
            compared &= self.case == case_of(value)
        if self.implied is not None:
            compared &= self.implied(value)
        return compared


def compare(
    column: ColumnElement[Any], operator: Operator, value: Any, dialect: str, *, nullable: bool = False
) -> ColumnElement[bool]:
    """Return the SQL comparison of a column with a value."""
    compared: ColumnElement[bool]
    match operator:
        case Operator.EQ:
            compared = column == value
        case Operator.NEQ:
            compared = column.is_distinct_from(value)
        case Operator.EXISTS:
            compared = column.is_not(None) if value else column.is_(None)
        case Operator.IN:
            compared = column.in_(value) if value else false()
        case Operator.NOT_IN:
            compared = or_(column.is_(None), column.not_in(value)) if nullable else column.not_in(value)
        case Operator.LIKE:
            compared = like(column, value, dialect)
        case Operator.GT:
            compared = column > value
        case Operator.GTE:
            compared = column >= value
        case Operator.LT:
            compared = column < value
        case Operator.LTE:
            compared = column <= value
    return compared


def like(column: ColumnElement[Any], pattern: str, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a text matches: ``*`` any characters, ``?`` one, a backslash before either itself.

    Case matters on both databases; SQLite's LIKE would pass over it, so GLOB is used there.
    """
    if dialect == "sqlite":
        return column.op("GLOB", is_comparison=True)(_translate(pattern, "*", "?", _GLOB))
    return column.like(_translate(pattern, "%", "_", _LIKE), escape="\\")


_GLOB = {"*": "[*]", "?": "[?]", "[": "[[]"}
_LIKE = {"%": "\\%", "_": "\\_", "\\": "\\\\"}


def _translate(pattern: str, many: str, single: str, quoted: Mapping[str, str]) -> str:
    result = []
    characters = iter(pattern)
    for character in characters:
        if character == "*":
            result.append(many)
        elif character == "?":
            result.append(single)
        elif character == "\\":
            following = next(characters, "\\")
            result.append(quoted.get(following, following))
        else:
            result.append(quoted.get(character, character))
    return "".join(result)
