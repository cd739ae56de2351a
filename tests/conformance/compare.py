"""Whether a value is the expected one: numbers to 1e-8, as the suite's own runners compare them; the rest exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.feel.equality import feel_equal

TOLERANCE = Decimal("1e-8")


def same(actual: Any, expected: Any) -> bool:
    """Structural comparison; a number matches within 1e-8 of the expected one."""
    if actual is None or expected is None:
        return actual is expected
    if isinstance(expected, bool) or isinstance(actual, bool):
        return actual is expected
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(actual - expected) <= TOLERANCE
    if isinstance(expected, list) and isinstance(actual, list):
        return len(actual) == len(expected) and all(map(same, actual, expected))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return actual.keys() == expected.keys() and all(same(actual[key], expected[key]) for key in expected)
    return type(actual) is type(expected) and feel_equal(actual, expected) is True
