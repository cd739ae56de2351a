"""Constant values in cells, and where they lie on the line of their type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from engine.feel import evaluate, tree
from engine.feel import types as feel
from engine.feel.text import to_feel_string
from engine.feel.values import DaysTimeDuration, FeelDateTime, FeelTime, YearsMonthsDuration

Value = Any
Key = Any

NOT_CONSTANT = object()
"""What ``constant`` answers for an expression whose value depends on anything."""

_CONSTRUCTORS = frozenset({"date", "time", "date and time", "duration"})


def constant(node: tree.Node) -> Value:
    """The value of a literal, an ``@`` literal, a negative number, or ``date("…")`` and its kin."""
    if isinstance(node, tree.Literal):
        return node.value
    if isinstance(node, tree.AtLiteral):
        return _known(evaluate(f'@"{node.text}"'))
    if isinstance(node, tree.Negation):
        value = constant(node.operand)
        return -value if isinstance(value, Decimal) else NOT_CONSTANT
    if isinstance(node, tree.Invocation) and isinstance(node.function, tree.Name) and node.names is None:
        return _constructed(node.function.name, [constant(argument) for argument in node.arguments])
    return NOT_CONSTANT


def _constructed(name: str, arguments: list[Value]) -> Value:
    if name not in _CONSTRUCTORS or not arguments or any(item is NOT_CONSTANT for item in arguments):
        return NOT_CONSTANT
    names = [f"a{number}" for number in range(len(arguments))]
    return _known(evaluate(f"{name}({', '.join(names)})", dict(zip(names, arguments, strict=True))))


def _known(value: Value) -> Value:
    """A date that is none is null at run time, but then the cell is a mistake, not the constant null."""
    return NOT_CONSTANT if value is None else value


def kind_of(value: Value) -> feel.FeelType:
    """The FEEL type of a constant."""
    return feel.type_of(value)


def key_of(value: Value) -> Key | None:
    """A number by which values of one type are ordered; None if they are not (zoned times, booleans)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal | str | date):
        return value
    if isinstance(value, YearsMonthsDuration):
        return value.months
    if isinstance(value, DaysTimeDuration):
        return value.nanoseconds
    if isinstance(value, FeelDateTime):
        return value.local_nanos if value.is_local else None
    if isinstance(value, FeelTime):
        return value.nanos if value.is_local else None
    return None


def adjacent(low: Key, high: Key, sample: Value) -> bool:
    """Whether no value lies between two neighbouring keys: days, months."""
    if isinstance(sample, date):
        return bool(high.toordinal() - low.toordinal() == 1)
    return isinstance(sample, YearsMonthsDuration) and bool(high - low == 1)


def show(value: Value) -> str:
    """A constant as an analyst writes it."""
    if isinstance(value, str):
        return f'"{value}"'
    text = to_feel_string(value)
    return "null" if text is None else str(text)
