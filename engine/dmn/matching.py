"""Cells of constants as plain predicates: what FEEL would answer, without going through FEEL.

Only for values of exactly the type that the constants have; any other value goes the long way, which also says why it
does not match.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from .cells import Cell, Interval, Point

Value = Any
Predicate = Callable[[Value], bool]

_ORDERED = (Decimal, date)


def predicate_of(cell: Cell) -> tuple[type, Predicate] | None:
    """(The type of the values it is for, the predicate); None where FEEL itself must be asked."""
    kinds = {type(value) for value in cell.constants()}
    if len(kinds) != 1 or cell.mentions_null():
        return None
    kind = kinds.pop()
    points = [atom.value for atom in cell.atoms if isinstance(atom, Point)]
    intervals = [atom for atom in cell.atoms if isinstance(atom, Interval)]
    # An interval whose start lies after its end is null, and so is its negation (clause 10.3.2.7).
    is_null = any(None not in (one.low, one.high) and one.low > one.high for one in intervals if kind in _ORDERED)
    predicate = None if cell.negated and is_null else _predicate(kind, points, intervals)
    if predicate is None:
        return None
    return kind, _negation(predicate) if cell.negated else predicate


def _predicate(kind: type, points: list[Value], intervals: list[Interval]) -> Predicate | None:
    if kind in _ORDERED:
        parts = [_between(interval) for interval in intervals]
        if points:
            parts.append(_among(points))
        return parts[0] if len(parts) == 1 else _either(parts)
    if kind is str and not intervals:
        return _among(points)
    if kind is bool and len(points) == 1:
        wanted = points[0]
        return lambda value: value is wanted
    return None


def _among(points: list[Value]) -> Predicate:
    if len(points) == 1:
        only = points[0]
        return lambda value: bool(value == only)
    return frozenset(points).__contains__


def _either(parts: list[Predicate]) -> Predicate:
    return lambda value: any(part(value) for part in parts)


def _negation(predicate: Predicate) -> Predicate:
    return lambda value: not predicate(value)


def _between(interval: Interval) -> Predicate:
    low, high = interval.low, interval.high
    if low is None:
        return (lambda value: value <= high) if interval.high_included else (lambda value: value < high)
    if high is None:
        return (lambda value: value >= low) if interval.low_included else (lambda value: value > low)
    if interval.low_included:
        if interval.high_included:
            return lambda value: low <= value <= high
        return lambda value: low <= value < high
    if interval.high_included:
        return lambda value: low < value <= high
    return lambda value: low < value < high
