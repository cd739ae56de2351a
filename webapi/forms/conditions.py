"""FEEL in forms, read as the viewer reads it: conditions are unary tests of nothing (``?`` is null)."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from engine.feel import FeelSyntaxError, compile_expression, compile_unary_tests
from engine.feel.json import to_json
from webapi.forms.plain import plain
from webapi.forms.scripting import UNSET

Context = Mapping[str, Any]

NOW: ContextVar[datetime | None] = ContextVar("now", default=None)
"""What ``today()`` and ``now()`` give in a form that is being checked."""


def is_expression(source: object) -> bool:
    """Return whether a property holds FEEL instead of a plain value."""
    return isinstance(source, str) and source.startswith("=")


def evaluate(source: object, context: Context) -> Any:
    """Return the value of a property as JSON: its expression's, or itself when it is none."""
    if not isinstance(source, str) or not is_expression(source):
        return source
    return plain(to_json(compile_expression(source[1:], names=_odd_names(context)).evaluate(context, now=NOW.get())))


def holds(source: object, context: Context) -> bool:
    """Return whether a condition holds.

    A test whose value is null equals the tested null and holds; any other value but true does not
    (DMN 1.5, 7.3.3 and 10.3.2.10, as feelin applies them to a condition).
    """
    if not isinstance(source, str) or not is_expression(source):
        return False
    text = source[1:].strip()
    inner = _negated(text)
    if inner is not None:
        return not _test_holds(inner, context)
    return _test_holds(text, context)


def _test_holds(text: str, context: Context) -> bool:
    names = _odd_names(context)
    try:
        value = compile_expression(text, names=names).evaluate(context, now=NOW.get())
    except FeelSyntaxError:
        return compile_unary_tests(text, names=names).evaluate(None, context, now=NOW.get()) is True
    return value is None or value is True


def _negated(text: str) -> str | None:
    """Return what stands inside ``not(…)`` when that is the whole text."""
    if not text.startswith("not") or not text.endswith(")"):
        return None
    rest = text[3:].lstrip()
    if not rest.startswith("("):
        return None
    depth, quoted = 0, False
    for position, character in enumerate(rest):
        if character == '"' and rest[position - 1] != "\\":
            quoted = not quoted
        elif not quoted and character in "([{":
            depth += 1
        elif not quoted and character in ")]}":
            depth -= 1
            if depth == 0:
                return rest[1:-1] if position == len(rest) - 1 else None
    return None


def _odd_names(context: Context) -> frozenset[str]:
    """Names with spaces or symbols, which the parser must know."""
    return frozenset(name for name in context if not name.isidentifier())


def scope_context(data: Mapping[str, Any], this: Any, parent: Any, positions: list[int]) -> dict[str, Any]:
    """Return the names an expression in a form sees: all data, and ``this``, ``parent``, ``i`` of its row."""
    special = {"this": this, "parent": parent, "i": positions}
    wrapped = {f"_{name}_": value for name, value in special.items()}
    known = {name: value for name, value in data.items() if value is not UNSET}
    return {**special, **known, **wrapped}
