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


def answers(text: str, is_tests: bool) -> None:
    """Evaluate a text, and print and store what comes out; only declared errors may leave."""
    warnings: list[Warning_] = []
    try:
        if is_tests:
            result = unary_tests(text, 5, CONTEXT, now=NOW, warnings=warnings)
        else:
            result = evaluate(text, CONTEXT, now=NOW, warnings=warnings)
        to_feel_string(result)
        from_json(to_json(result))
    except FeelSyntaxError as problem:
        assert problem.line >= 1
        assert problem.column >= 1
    except FeelError as problem:
        assert problem.message
    for warning in warnings:
        assert warning.code.startswith("feel.")
        assert warning.line >= 1


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
            answers(text, is_tests)
        except Exception as problem:
            pytest.fail(f"{type(problem).__name__} for {text!r} (seed {SEED + part}, input {number})")
