"""How large an expression and an evaluation may grow. Every breach raises FeelLimitExceeded, which names the limit."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.errors import FeelLimitExceeded

MAX_EXPRESSION_LENGTH = 100_000
"""Characters of one expression."""
MAX_NESTING_DEPTH = 60
"""Brackets, functions and other constructs inside one another (each costs several Python frames)."""
MAX_CHAIN = 200
"""Postfix steps such as ``.a.b[1](x)`` after one operand."""
MAX_STEPS = 100_000
"""Iterations, filter tests and function calls of one evaluation, together: well under a second's work."""
MAX_WARNINGS = 200
"""Warnings kept of one evaluation; the first ones tell why."""
MAX_LIST_SIZE = 1_000_000
"""Items of one list."""
MAX_STRING_LENGTH = 10_000_000
"""Characters of one string."""
MAX_COMPARED_PARTS = 2_000_000
"""Parts visited while two nested values are compared, printed or converted."""
MAX_PATTERN_LENGTH = 1_000
"""Characters of a regular expression."""
MAX_MATCHED_LENGTH = 1_000_000
"""Characters of a string that a regular expression is applied to."""


def exceeded(what: str, limit: int) -> FeelLimitExceeded:
    """Return the error for a breached limit, ready to be raised."""
    return FeelLimitExceeded(f"{what}超过上限{limit}，请拆分表达式或缩小数据")


def check_string(text: str) -> str:
    """Return ``text`` if it is short enough, else raise FeelLimitExceeded."""
    if len(text) > MAX_STRING_LENGTH:
        raise exceeded("字符串长度", MAX_STRING_LENGTH)
    return text


def check_size(size: int) -> None:
    """Raise FeelLimitExceeded if a list of ``size`` items would be too long."""
    if size > MAX_LIST_SIZE:
        raise exceeded("列表长度", MAX_LIST_SIZE)


def check_steps(steps: int | Decimal) -> None:
    """Raise FeelLimitExceeded if a loop of so many rounds would be too long."""
    if steps >= MAX_STEPS:
        raise exceeded("循环次数", MAX_STEPS)


def check_list(items: list[object]) -> list[object]:
    """Return ``items`` if they are few enough, else raise FeelLimitExceeded."""
    check_size(len(items))
    return items
