"""Evaluating a text in one go: names with spaces or symbols are taken from the context where they matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from engine.feel.errors import FeelSyntaxError, Warning_
from engine.feel.expression import (
    CACHE_SIZE,
    Expression,
    Functions,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
)
from engine.feel.limits import MAX_COMPARED_PARTS, exceeded
from engine.feel.names import spelling
from engine.feel.values import Value


def evaluate(
    expression: str,
    context: Mapping[str, object] | None = None,
    *,
    now: datetime | None = None,
    functions: Functions | None = None,
    warnings: list[Warning_] | None = None,
) -> Value:
    """Return the value of an expression text. Raises FeelSyntaxError and FeelLimitExceeded."""
    context = {} if context is None else context
    compiled = _try_expression(expression)
    if compiled is None or compiled.ambiguous or compiled.ambiguous_members:
        members = _members(context) if compiled is None or compiled.ambiguous_members else ()
        compiled = compile_expression(expression, names=_names(context, functions), members=members)
    return compiled.evaluate(context, now=now, functions=functions, warnings=warnings)


def unary_tests(
    tests: str,
    value: object,
    context: Mapping[str, object] | None = None,
    *,
    now: datetime | None = None,
    functions: Functions | None = None,
    warnings: list[Warning_] | None = None,
) -> bool | None:
    """Return whether ``value`` satisfies unary tests. Raises FeelSyntaxError and FeelLimitExceeded."""
    context = {} if context is None else context
    compiled = _try_tests(tests)
    if compiled is None or compiled.ambiguous or compiled.ambiguous_members:
        members = _members(context) if compiled is None or compiled.ambiguous_members else ()
        compiled = compile_unary_tests(tests, names=_names(context, functions), members=members)
    return compiled.evaluate(value, context, now=now, functions=functions, warnings=warnings)


@lru_cache(maxsize=CACHE_SIZE)
def _try_expression(text: str) -> Expression | None:
    """Return the expression as it reads without names; None when it does not read at all.

    With names it may read well; if not, the caller gets the error of that second reading.
    """
    try:
        return compile_expression(text)
    except FeelSyntaxError:
        return None


@lru_cache(maxsize=CACHE_SIZE)
def _try_tests(text: str) -> UnaryTests | None:
    try:
        return compile_unary_tests(text)
    except FeelSyntaxError:
        return None


def _names(context: Mapping[str, object], functions: Functions | None) -> list[str]:
    """Return the names in scope that have several tokens."""
    return [name for name in (*context, *(functions or ())) if isinstance(name, str) and len(spelling(name)) != 1]


def _members(context: Mapping[str, object]) -> set[str]:
    """Return the keys inside the context's values that have several tokens."""
    members: set[str] = set()
    pending: list[object] = list(context.values())
    visited = 0
    while pending:
        value = pending.pop()
        visited += 1
        if visited > MAX_COMPARED_PARTS:
            raise exceeded("数据的项数", MAX_COMPARED_PARTS)
        if isinstance(value, Mapping):
            members.update(key for key in value if isinstance(key, str) and len(spelling(key)) != 1)
            pending.extend(item for item in value.values() if isinstance(item, Mapping | list | tuple))
        elif isinstance(value, list | tuple):
            pending.extend(item for item in value if isinstance(item, Mapping | list | tuple))
    return members
