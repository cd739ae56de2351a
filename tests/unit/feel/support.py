"""Tables of expressions: what holds, what is null, what is a syntax error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from engine.feel import Warning_, evaluate
from engine.feel.values import Value

NOW = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)


def feel(text: str, context: Mapping[str, object] | None = None) -> Value:
    """Return the value of an expression at a fixed moment."""
    return evaluate(text, context, now=NOW)


def warnings_of(text: str, context: Mapping[str, object] | None = None) -> list[Warning_]:
    """Return the warnings of an evaluation."""
    warnings: list[Warning_] = []
    evaluate(text, context, now=NOW, warnings=warnings)
    return warnings
