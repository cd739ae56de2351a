"""The values that selections offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapi.forms.scripting import same


def offered(component: Mapping[str, Any], data: Mapping[str, Any]) -> list[Any] | None:
    """Return the values of the static options, or of those given in ``data``; None when an expression makes them."""
    if component.get("valuesExpression"):
        return None
    key = component.get("valuesKey")
    return option_values(data.get(key) if key else component.get("values"))


def option_values(options: Any) -> list[Any]:
    """Return the values of a list of options; what is no option is passed over."""
    values = []
    for option in options if isinstance(options, list) else []:
        if _is_plain(option):
            values.append(option)
        elif isinstance(option, dict):
            value, label = option.get("value"), option.get("label")
            labelled = isinstance(label, str) and label != ""
            if _is_plain(value) or (labelled and isinstance(value, dict | list) and len(value) > 0):
                values.append(value)
    return values


def contains(values: list[Any], value: Any) -> bool:
    """Return whether ``value`` is among them."""
    return any(same(value, item) for item in values)


def _is_plain(value: Any) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and value != "")
