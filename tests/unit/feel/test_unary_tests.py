"""Decision table cells."""

from __future__ import annotations

import pytest

from engine.feel import FeelSyntaxError, Warning_, compile_unary_tests, unary_tests

from .support import feel


@pytest.mark.parametrize(
    ("tests", "value", "expected"),
    [
        ("-", None, True),
        (" - ", 5, True),
        ("5", 5, True),
        ("-5", -5, True),
        ("< 5", 4, True),
        ("< 5, > 10", 7, False),
        ("[1..5]", 5, True),
        ("]1..5[", 5, False),
        ("(1..5), 7", 7, True),
        ('"工程", "货物"', "货物", True),
        ('not("工程", "货物")', "服务", True),
        ('not("工程")', "工程", False),
        ("not(< 5)", 4, False),
        ("not(true)", False, True),
        ("null", None, True),
        ("null", 5, False),
        ("5", None, False),
        ("< 5", None, None),
        ("not(< 5)", None, None),
        ('"5"', 5, None),
        ('5, "5"', 5, True),
        ("? > 3", 4, True),
        ("? > 3 and ? < limit", 4, True),
        ("? > limit", 4, False),
        ("limit", 10, True),
        ("< limit", 9, True),
        ("rows", 2, True),
        ("[1, 2]", [1, 2], True),
        ("list contains(?, 1)", [1, 2], True),
        ('starts with(?, "工")', "工程", True),
        ('contains(?, "x")', 5, None),
        ("limit > 5", 1, True),
        ("span", 5, True),
        ('date("2024-01-01")', None, False),
        ('>= @"2024-01-01"', "x", None),
        ("even(?)", 2, True),
        ("o.n", 3, True),
        ("true", True, True),
        ("false", True, False),
        ("not(null)", 5, True),
        ("some x in ? satisfies x > 1", [1, 2], True),
    ],
)
def test_a_value_satisfies_tests_or_not(tests: str, value: object, expected: bool | None) -> None:
    context = {"limit": 10, "rows": [1, 2], "span": feel("[1..9]"), "o": {"n": 3}}
    assert unary_tests(tests, value, context) is expected


@pytest.mark.parametrize("tests", ["", "1,", "<", "not(1", "1..2", "-, 1"])
def test_what_is_no_cell_is_refused(tests: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_unary_tests(tests)


def test_a_comparison_that_makes_no_sense_is_said() -> None:
    warnings: list[Warning_] = []
    assert compile_unary_tests("< 5").evaluate("x", {}, warnings=warnings) is None
    assert [warning.code for warning in warnings] == ["feel.comparison"]


def test_names_with_symbols_are_found_in_the_context() -> None:
    assert unary_tests("< upper-limit", 5, {"upper-limit": 6, "upper": 1, "limit": 1}) is True


def test_the_tested_value_is_no_free_name() -> None:
    assert compile_unary_tests("? > limit").names_used == {"limit"}
