"""FEEL's types: a lattice from Null to Any, with conformance and coercion (DMN 1.5, 10.3.2.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.feel.limits import MAX_NESTING_DEPTH, exceeded
from engine.feel.values import (
    DaysTimeDuration,
    FarDate,
    FeelDateTime,
    FeelTime,
    Function,
    Range,
    Value,
    YearsMonthsDuration,
)


@dataclass(frozen=True, slots=True)
class FeelType:
    """Root of all types; ``str()`` gives the FEEL spelling."""


@dataclass(frozen=True, slots=True)
class SimpleType(FeelType):
    """A type without parameters."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListType(FeelType):
    """``list<element>``."""

    element: FeelType

    def __str__(self) -> str:
        return f"list<{self.element}>"


@dataclass(frozen=True, slots=True)
class RangeType(FeelType):
    """``range<element>``."""

    element: FeelType

    def __str__(self) -> str:
        return f"range<{self.element}>"


@dataclass(frozen=True, slots=True)
class ContextType(FeelType):
    """``context<name: type, …>``; no fields at all means any context."""

    fields: tuple[tuple[str, FeelType], ...] = ()

    def __str__(self) -> str:
        return f"context<{', '.join(f'{name}: {kind}' for name, kind in self.fields)}>"


@dataclass(frozen=True, slots=True)
class FunctionType(FeelType):
    """``function<parameter, …> -> result``; parameters None means any function."""

    parameters: tuple[FeelType, ...] | None
    result: FeelType

    def __str__(self) -> str:
        if self.parameters is None:
            return "function"
        return f"function<{', '.join(map(str, self.parameters))}> -> {self.result}"


ANY = SimpleType("Any")
NULL = SimpleType("Null")
NUMBER = SimpleType("number")
STRING = SimpleType("string")
BOOLEAN = SimpleType("boolean")
DATE = SimpleType("date")
TIME = SimpleType("time")
DATE_TIME = SimpleType("date and time")
DAYS_DURATION = SimpleType("days and time duration")
YEARS_DURATION = SimpleType("years and months duration")
ANY_LIST = ListType(ANY)
ANY_CONTEXT = ContextType()
ANY_RANGE = RangeType(ANY)
ANY_FUNCTION = FunctionType(None, ANY)

SIMPLE_TYPES: Mapping[str, FeelType] = {
    kind.name: kind
    for kind in (ANY, NULL, NUMBER, STRING, BOOLEAN, DATE, TIME, DATE_TIME, DAYS_DURATION, YEARS_DURATION)
} | {"dateTime": DATE_TIME, "dayTimeDuration": DAYS_DURATION, "yearMonthDuration": YEARS_DURATION}

_BY_CLASS: dict[type, FeelType] = {
    Decimal: NUMBER,
    str: STRING,
    bool: BOOLEAN,
    date: DATE,
    FarDate: DATE,
    FeelTime: TIME,
    FeelDateTime: DATE_TIME,
    DaysTimeDuration: DAYS_DURATION,
    YearsMonthsDuration: YEARS_DURATION,
    type(None): NULL,
}


def type_of(value: Value) -> FeelType:
    """Return the most specific type of a value (10.3.2.9).

    A function whose result type is not known counts as one of any result type: Null conforms to all.
    """
    simple = _BY_CLASS.get(type(value))
    if simple is not None:
        return simple
    if isinstance(value, list):
        return ListType(join_all([type_of(item) for item in value]))
    if isinstance(value, dict):
        return ContextType(tuple((key, type_of(item)) for key, item in value.items()))
    if isinstance(value, Range):
        return RangeType(join_all([type_of(value.start), type_of(value.end)]))
    if isinstance(value, Function):
        kinds = value.parameter_types or (None,) * len(value.parameters)
        return FunctionType(tuple(kind or ANY for kind in kinds), value.return_type or NULL)
    return ANY


def join_all(types: list[FeelType]) -> FeelType:
    """Return the narrowest of the given types that all others conform to, or Any."""
    result: FeelType = NULL
    for kind in types:
        if conforms(kind, result):
            continue
        result = kind if conforms(result, kind) else ANY
    return result


def conforms(kind: FeelType, target: FeelType) -> bool:
    """Return whether an instance of ``kind`` can stand where ``target`` is expected (10.3.2.9.2)."""
    if kind in (target, NULL) or target == ANY:
        return True
    if isinstance(kind, ListType) and isinstance(target, ListType):
        return conforms(kind.element, target.element)
    if isinstance(kind, RangeType) and isinstance(target, RangeType):
        return conforms(kind.element, target.element)
    if isinstance(kind, ContextType) and isinstance(target, ContextType):
        fields = dict(kind.fields)
        return all(name in fields and conforms(fields[name], wanted) for name, wanted in target.fields)
    if isinstance(kind, FunctionType) and isinstance(target, FunctionType):
        return _function_conforms(kind, target)
    return False


def _function_conforms(kind: FunctionType, target: FunctionType) -> bool:
    if target.parameters is None:
        return conforms(kind.result, target.result)
    if kind.parameters is None or len(kind.parameters) != len(target.parameters):
        return False
    # Parameters are contravariant, results covariant.
    pairs = zip(target.parameters, kind.parameters, strict=True)
    return all(conforms(wanted, own) for wanted, own in pairs) and conforms(kind.result, target.result)


def is_instance(value: Value, kind: FeelType) -> bool:
    """Return whether ``value`` may be bound to a variable of type ``kind``; null may be bound to any."""
    if value is None or kind is ANY:
        return True
    simple = _BY_CLASS.get(type(value))
    if simple is not None:
        return simple == kind or kind == ANY
    if isinstance(kind, ListType) and isinstance(value, list):
        return kind.element == ANY or all(is_instance(item, kind.element) for item in value)
    if isinstance(kind, ContextType) and isinstance(value, dict):
        return all(name in value and is_instance(value[name], wanted) for name, wanted in kind.fields)
    return conforms(type_of(value), kind)


def instance_of(value: Value, kind: FeelType) -> bool:
    """Return ``value instance of kind`` (Table 61): null is an instance of Null only."""
    if value is None:
        return kind == NULL
    return kind != NULL and is_instance(value, kind)


def fit(value: Value, kind: FeelType) -> tuple[Value, bool]:
    """Return (value made to fit ``kind``, True), or (None, False) where it cannot (10.3.2.9.4).

    A singleton list becomes its item, an item a singleton list, a date a date and time at UTC midnight.
    """
    if is_instance(value, kind):
        return value, True
    if isinstance(value, list) and isinstance(kind, ListType):
        return _fit_list(value, kind)
    if isinstance(value, list) and len(value) == 1:
        return fit(value[0], kind)
    if isinstance(kind, ListType):
        item, fits = fit(value, kind.element)
        return ([item], True) if fits else (None, False)
    if kind == DATE_TIME and isinstance(value, date | FarDate):
        return FeelDateTime(value, FeelTime(0, 0, 0, 0, 0)), True
    return None, False


def _fit_list(value: list[Value], kind: ListType) -> tuple[Value, bool]:
    """A list of one list becomes that list, a list an item of a list of lists."""
    if len(value) == 1 and is_instance(value[0], kind):
        return value[0], True
    return ([value], True) if is_instance(value, kind.element) else (None, False)


def coerce(value: Value, kind: FeelType) -> Value:
    """Return ``value`` converted to ``kind`` as :func:`fit` does, or null when it does not conform.

    Raises FeelLimitExceeded for a value that is too deep.
    """
    try:
        return fit(value, kind)[0]
    except RecursionError:
        raise exceeded("数据的嵌套层数", MAX_NESTING_DEPTH) from None


def parse_type(text: str, types: Mapping[str, FeelType] | None = None) -> FeelType | None:
    """Return the type that ``text`` names, ``types`` giving the item definitions by name; None if it names none.

    Raises FeelSyntaxError when the text is no type expression (grammar rule 52).
    """
    from engine.feel.parsing import parse_type_text  # the parser needs this module first

    return parse_type_text(text, types)
