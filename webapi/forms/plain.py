"""Variables as forms and people see them: dates and durations as their texts, numbers as numbers."""

from __future__ import annotations

from typing import Any

from engine.feel.json import TAG


def plain(value: Any) -> Any:
    """Return a stored JSON value without the tags that FEEL values carry in it (``engine.feel.json``)."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    kind = value.get(TAG)
    if kind is None:
        return {name: plain(item) for name, item in value.items()}
    if kind == "number":
        return float(value["value"])
    if kind == "range":
        return {name: plain(item) for name, item in value.items() if name != TAG}
    return plain(value.get("value"))
