"""How long an evaluation takes. Run with `pytest benchmarks/feel --benchmark-only`; the goal for the first condition is
under 3 microseconds."""

# ruff: noqa: D103, S101 - as tests: they name themselves, and assert.

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from benchmarks.feel.expressions import CONTEXT, EXPRESSIONS
from engine.feel import Expression, compile_expression, evaluate, unary_tests
from engine.feel.expression import Expression as Compiled
from engine.feel.parsing import parse_expression_text

CONDITION = 'amount >= 50000 and category = "工程"'


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_a_compiled_expression(benchmark: Any, text: str) -> None:
    compiled: Expression = compile_expression(text)
    assert benchmark(compiled.evaluate, CONTEXT) is not None


def test_a_text_from_the_cache(benchmark: Any) -> None:
    assert benchmark(evaluate, CONDITION, CONTEXT) is True


def test_a_cell_from_the_cache(benchmark: Any) -> None:
    assert benchmark(unary_tests, '[50000..100000), "x"', Decimal(60000), CONTEXT) is True


def test_parsing_and_compiling(benchmark: Any) -> None:
    assert benchmark(lambda: Compiled(CONDITION, parse_expression_text(CONDITION))).names_used == {"amount", "category"}
