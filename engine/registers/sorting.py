"""Texts that order as values do, so that one index serves columns of every kind on both databases."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from engine.feel.json import TAG

LONGEST = 200
"""Characters of a value that are looked at."""
LONGEST_OF_ALL = 500
"""Characters of a whole row that are searched."""
_DIGITS = 24
_OFFSET = Decimal(10) ** 17
"""Beyond any sum of money or count of things; numbers outside are ordered as texts."""


def sort_text(value: Any) -> str:
    """Return the text for a JSON value: empty for none, numbers by size, everything else by its characters."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return _of_number(Decimal(str(value)))
    if isinstance(value, dict) and value.get(TAG) == "number":
        return _of_number(Decimal(str(value["value"])))
    return shown_text(value)[:LONGEST]


def bound_text(text: str, *, numeric: bool) -> str:
    """Return what a bound that somebody typed stands for among the texts of a column."""
    if not numeric:
        return text[:LONGEST]
    try:
        return _of_number(Decimal(text.strip()))
    except InvalidOperation:
        return text[:LONGEST]


def shown_text(value: Any) -> str:
    """Return a JSON value as people read it in a list."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(text for text in map(shown_text, value) if text)
    if isinstance(value, dict):
        if TAG in value:
            return shown_text(value.get("value"))
        named = value.get("name", value.get("label"))
        return shown_text(named if named is not None else list(value.values()))
    return str(value)


def _of_number(value: Decimal) -> str:
    if not value.is_finite() or abs(value) >= _OFFSET:
        return str(value)
    return f"{value + _OFFSET:0{_DIGITS + 1}.6f}"
