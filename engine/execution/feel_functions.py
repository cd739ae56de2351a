"""FEEL functions that Camunda 8 offers to BPMN expressions beside the standard's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from engine.feel.text import to_feel_string


def cycle(*arguments: object) -> str | None:
    """Return the repeating interval ``cycle(repetitions, interval)`` or ``cycle(interval)`` as ISO 8601 text."""
    if not 1 <= len(arguments) <= 2 or arguments[-1] is None:
        return None
    repetitions = arguments[0] if len(arguments) == 2 else None
    count = str(int(repetitions)) if isinstance(repetitions, int | Decimal) else ""
    return f"R{count}/{to_feel_string(arguments[-1])}"


FUNCTIONS: Mapping[str, Callable[..., object]] = {"cycle": cycle}
