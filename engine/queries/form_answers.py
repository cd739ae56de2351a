"""Answers that bind who gives them: each person gives them anew, whatever somebody answered at an earlier step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def without_others_answers(
    variables: Mapping[str, Any], schema: Mapping[str, Any], outcome_field: str | None
) -> dict[str, Any]:
    """Return what a form opens with: the variables without the outcome and the required ticks that it asks for.

    Several steps may ask under one name (审批意见 of every level, 同意 of who signs before and who signs after); a
    form that opened with the former answer would have the next person confirm what they never said. What is only
    shown stays.
    """
    asked = set(_asked(schema.get("components"), outcome_field))
    return {name: value for name, value in variables.items() if name not in asked}


def _asked(items: Any, outcome_field: str | None) -> Iterator[str]:
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, Mapping):
            continue
        # Rows and parts of objects are values that people work on, not answers.
        if not item.get("path"):
            yield from _asked(item.get("components"), outcome_field)
        key = item.get("key")
        if isinstance(key, str) and not item.get("readonly") and (key == outcome_field or _must_be_ticked(item)):
            yield key


def _must_be_ticked(item: Mapping[str, Any]) -> bool:
    rules = item.get("validate")
    return item.get("type") == "checkbox" and isinstance(rules, Mapping) and rules.get("required") is True
