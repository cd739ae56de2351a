"""Evaluating a text in one go: names with spaces or symbols are taken from the context where they matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

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

_T = TypeVar("_T", Expression, UnaryTests)


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
    compiled, unsure = _try_expression(expression)
    if unsure or compiled is None:
        names, members = _names(context, functions)
        compiled = compile_expression(expression, names=names, members=members)
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
    compiled, unsure = _try_tests(tests)
    if unsure or compiled is None:
        names, members = _names(context, functions)
        compiled = compile_unary_tests(tests, names=names, members=members)
    return compiled.evaluate(value, context, now=now, functions=functions, warnings=warnings)


@lru_cache(maxsize=CACHE_SIZE)
def _try_expression(text: str) -> tuple[Expression | None, bool]:
    """Return the expression as it reads without names, and whether names could make it read differently."""
    return _try(compile_expression, text)


@lru_cache(maxsize=CACHE_SIZE)
def _try_tests(text: str) -> tuple[UnaryTests | None, bool]:
    return _try(compile_unary_tests, text)


def _try(compiling: Callable[[str], _T], text: str) -> tuple[_T | None, bool]:
    try:
        compiled = compiling(text)
    except FeelSyntaxError:
        # With more names it may read well; if not, the caller gets the error of that second reading.
        return None, True
    return compiled, compiled.ambiguous


def _names(context: Mapping[str, object], functions: Functions | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of several tokens in scope, and those of keys further inside."""
    names = {name for name in (*context, *(functions or ())) if isinstance(name, str) and len(spelling(name)) != 1}
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
            pending.extend(value.values())
        elif isinstance(value, list | tuple):
            pending.extend(item for item in value if isinstance(item, Mapping | list | tuple))
    return frozenset(names), frozenset(members)
