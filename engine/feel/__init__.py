"""FEEL 1.5, the expression language of DMN (clause 10.3), for Python: whole, exact, fast and safe.

    >>> from engine.feel import evaluate
    >>> evaluate('金额 >= 50000 and 类别 = "工程"', {"金额": 60000, "类别": "工程"})
    True

It depends on the standard library only. Values: number is Decimal (34 digits), string str, boolean bool, null None,
list list, context dict; see ``engine.feel.values`` for dates, times, durations, ranges and functions.
"""

from __future__ import annotations

from engine.feel.errors import FeelDomainError, FeelError, FeelLimitExceeded, FeelSyntaxError, Warning_
from engine.feel.evaluation import evaluate, unary_tests
from engine.feel.expression import Expression, UnaryTests, compile_expression, compile_unary_tests

__all__ = [
    "Expression",
    "FeelDomainError",
    "FeelError",
    "FeelLimitExceeded",
    "FeelSyntaxError",
    "UnaryTests",
    "Warning_",
    "compile_expression",
    "compile_unary_tests",
    "evaluate",
    "unary_tests",
]
