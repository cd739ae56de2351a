"""Whatever the text, FEEL answers with a value or with a declared error.

BANJIE_FUZZ_INPUTS sets how many texts are tried (20,000 by default), BANJIE_FUZZ_SEED another seed.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest

from engine.feel import FeelError, FeelSyntaxError, Warning_, evaluate, unary_tests
from engine.feel.json import from_json, to_json
from engine.feel.text import to_feel_string
from tests.unit.feel.generating import Generator, mutate

INPUTS = int(os.environ.get("BANJIE_FUZZ_INPUTS", "20000"))
SEED = int(os.environ.get("BANJIE_FUZZ_SEED", "20240501"))
PARTS = 20
NOW = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
CONTEXT: dict[str, object] = {
    "a": 5,
    "b": None,
    "金额": Decimal("60000.50"),
    "loan amount": 12.5,
    "a-b": True,
    "list1": [1, None, "x", [2, 3], {"a": 1, "b c": "y"}],
    "ctx": {"a": {"b c": [1, 2]}, "value": date(2024, 2, 29)},
    "d": date(2024, 2, 29),
    "s": "工程项目",
    "f": lambda x: x,
}


def answers(text: str, is_tests: bool) -> FeelError | None:
    """Evaluate a text, print and store what comes out, and return the declared error if there is one."""
    warnings: list[Warning_] = []
    try:
        if is_tests:
            result = unary_tests(text, 5, CONTEXT, now=NOW, warnings=warnings)
        else:
            result = evaluate(text, CONTEXT, now=NOW, warnings=warnings)
        to_feel_string(result)
        from_json(to_json(result))
    except FeelError as problem:
        return problem
    finally:
        assert all(warning.code.startswith("feel.") and warning.line >= 1 for warning in warnings)
    return None


@pytest.mark.parametrize("part", range(PARTS))
def test_any_text_gives_a_value_or_a_declared_error(part: int) -> None:
    random = Random(SEED + part)
    generator = Generator(random)
    for number in range(INPUTS // PARTS):
        is_tests = random.random() < 0.2
        text = generator.unary_tests(2) if is_tests else generator.expression(random.randint(1, 4))
        if number % 2:
            text = mutate(random, text)
        try:
            problem = answers(text, is_tests)
        except Exception as unexpected:
            pytest.fail(f"{type(unexpected).__name__} for {text!r} (seed {SEED + part}, input {number})")
        if isinstance(problem, FeelSyntaxError):
            assert problem.line >= 1
            assert problem.column >= 1
