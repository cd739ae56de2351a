"""Equality and order of FEEL values (DMN 1.5, 10.3.2.15, Tables 52 to 54)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from engine.feel.chronology import NANOS
from engine.feel.limits import MAX_COMPARED_PARTS, MAX_NESTING_DEPTH, exceeded
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


def feel_equal(left: Value, right: Value) -> bool | None:
    """Return ``left = right``: null when the two are not of the same kind; null equals null only.

    Raises FeelLimitExceeded for nested values with too many parts or levels.
    """
    kind = type(left)
    if kind is type(right) and (kind is Decimal or kind is str or kind is bool):
        return bool(left == right)
    try:
        return _equal(left, right, [MAX_COMPARED_PARTS])
    except RecursionError:
        raise exceeded("数据的嵌套层数", MAX_NESTING_DEPTH) from None


def _equal(left: Value, right: Value, budget: list[int]) -> bool | None:
    if left is None or right is None:
        return left is right
    if isinstance(left, date | FarDate) and isinstance(right, date | FarDate):
        return bool(left == right)
    if type(left) is not type(right) and not (isinstance(left, Function) and isinstance(right, Function)):
        return None
    if isinstance(left, list):
        return _lists_equal(left, right, budget)
    if isinstance(left, dict):
        return _contexts_equal(left, right, budget)
    if isinstance(left, FeelDateTime):
        return _date_times_equal(left, right)
    if isinstance(left, FeelTime):
        return _times_equal(left, right)
    if isinstance(left, Range):
        return _ranges_equal(left, right, budget)
    if isinstance(left, Function):
        return left is right or (left.identity is not None and left.identity == right.identity)
    return bool(left == right)


def _spend(budget: list[int]) -> None:
    budget[0] -= 1
    if budget[0] < 0:
        raise exceeded("比较的项数", MAX_COMPARED_PARTS)


def _all_equal(pairs: list[tuple[Value, Value]], budget: list[int]) -> bool | None:
    result: bool | None = True
    for left, right in pairs:
        _spend(budget)
        equal = _equal(left, right, budget)
        if equal is False:
            return False
        if equal is None:
            result = None
    return result


def _lists_equal(left: list[Value], right: list[Value], budget: list[int]) -> bool | None:
    if left is right:
        return True
    if len(left) != len(right):
        return False
    return _all_equal(list(zip(left, right, strict=True)), budget)


def _contexts_equal(left: dict[str, Value], right: dict[str, Value], budget: list[int]) -> bool | None:
    if left is right:
        return True
    if left.keys() != right.keys():
        return False
    return _all_equal([(value, right[key]) for key, value in left.items()], budget)


def _ranges_equal(left: Range, right: Range, budget: list[int]) -> bool | None:
    shape = (left.operator, left.start_included, left.end_included)
    if shape != (right.operator, right.start_included, right.end_included):
        return False
    return _all_equal([(left.start, right.start), (left.end, right.end)], budget)


def _date_times_equal(left: FeelDateTime, right: FeelDateTime) -> bool:
    # "second" is a whole number here: the suite compares times by their properties, without fractions of a second.
    if left.is_local != right.is_local:
        return False
    return left.utc_nanos() // NANOS == right.utc_nanos() // NANOS


def _times_equal(left: FeelTime, right: FeelTime) -> bool:
    if left.is_local != right.is_local:
        return False
    return _seconds_of_day(left) == _seconds_of_day(right)


def _seconds_of_day(value: FeelTime) -> int:
    return (value.nanos // NANOS - (value.offset_seconds() or 0)) % 86_400


def same(left: Value, right: Value) -> bool:
    """Return whether two values are the same element of the domain, which is what ``is`` asks (10.3.2.2)."""
    if type(left) is not type(right):
        return False
    if isinstance(left, FeelTime | FeelDateTime):
        return bool(left == right)
    return feel_equal(left, right) is True


def compare(left: Value, right: Value) -> int | None:
    """Return −1, 0 or 1 for the order of two values, or None where ``<`` is not defined on them (Table 54)."""
    first, second = order_key(left, right)
    if first is None or second is None:
        return None
    return int(first > second) - int(first < second)


def order_key(left: Value, right: Value) -> tuple[Value, Value]:
    """Return two Python values that are ordered as ``left`` and ``right`` are; (None, None) if they are not."""
    kind = type(left)
    if kind is type(right):
        if kind is Decimal or kind is str:
            return left, right
        if kind is DaysTimeDuration:
            return left.nanoseconds, right.nanoseconds
        if kind is YearsMonthsDuration:
            return left.months, right.months
        if kind is FeelDateTime:
            return _moments(left, right)
        if kind is FeelTime:
            return _times(left, right)
    if isinstance(left, date | FarDate) and isinstance(right, date | FarDate):
        return (left.year, left.month, left.day), (right.year, right.month, right.day)
    return None, None


def _moments(left: FeelDateTime, right: FeelDateTime) -> tuple[int, int]:
    """Return instants; a local value takes the offset of the other (Table 54)."""
    own, other = left.offset_seconds(), right.offset_seconds()
    return left.utc_nanos(other or 0), right.utc_nanos(own or 0)


def _times(left: FeelTime, right: FeelTime) -> tuple[int, int]:
    own, other = left.offset_seconds(), right.offset_seconds()
    if own is None:
        own = other
    if other is None:
        other = own
    return left.nanos - (own or 0) * NANOS, right.nanos - (other or 0) * NANOS


def in_range(value: Value, span: Range) -> bool | None:
    """Return ``value in span``; null for a null value, a null endpoint of ``a..b``, or values that do not compare."""
    if span.operator is not None:
        return _satisfies(span.operator, value, span)
    low, high = compare(value, span.start), compare(value, span.end)
    if low is None or high is None:
        return None
    above = low > 0 or (low == 0 and span.start_included)
    return above and (high < 0 or (high == 0 and span.end_included))


def _satisfies(operator: str, value: Value, span: Range) -> bool | None:
    if operator == "=":
        return feel_equal(value, span.start)
    if operator == "!=":
        equal = feel_equal(value, span.start)
        return None if equal is None else not equal
    order = compare(value, span.start if operator[0] == ">" else span.end)
    if order is None:
        return None
    return ORDER_TESTS[operator](order)


ORDER_TESTS: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}
