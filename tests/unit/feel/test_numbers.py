"""Numbers are decimals of 34 digits; operators bind as the grammar's order of alternatives says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .support import feel


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/3", "0.3333333333333333333333333333333333"),
        ("2/3", "0.6666666666666666666666666666666667"),
        ("0.1 + 0.2", "0.3"),
        ("1 + 3/2*2 - 2**3", "-4"),
        ("3 ** 4 ** 5", "3486784401"),
        ("-3 ** 2", "9"),
        ("2 ** -2", "0.25"),
        ("2 ** 0.5", "1.414213562373095048801688724209698"),
        ("0 ** 0", "1"),
        ("10 - 3 - 2", "5"),
        ("100 / 10 / 2", "5"),
        ("--5", "5"),
        ("1.2e3", "1200"),
        (".5", "0.5"),
        ("12345678901234567890123456789012345", "12345678901234567890123456789012340"),
        ("decimal(0.505, 2)", "0.50"),
        ("decimal(0.515, 2)", "0.52"),
        ("decimal(2.5, 0)", "2"),
        ("decimal(1234.5, -2)", "1200"),
        ("floor(-1.56, 1)", "-1.6"),
        ("ceiling(-1.56, 1)", "-1.5"),
        ("floor(-1.5)", "-2"),
        ("round up(-1.126, 2)", "-1.13"),
        ("round down(-1.126, 2)", "-1.12"),
        ("round half up(2.5, 0)", "3"),
        ("round half down(2.5, 0)", "2"),
        ("modulo(12, 5)", "2"),
        ("modulo(-12, 5)", "3"),
        ("modulo(12, -5)", "-3"),
        ("modulo(-10.1, 4.5)", "3.4"),
        ("modulo(10.1, -4.5)", "-3.4"),
        ("sqrt(2)", "1.414213562373095048801688724209698"),
        ("exp(1)", "2.718281828459045235360287471352662"),
        ("log(10)", "2.302585092994045684017991454684364"),
        ("stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"),
        ("median([6, 1, 2, 3])", "2.5"),
        ("mean([1, 2])", "1.5"),
        ("product([2, 3, 4])", "24"),
        ("abs(-10)", "10"),
        ('number("1 000,5", " ", ",")', "1000.5"),
        ('number("1,000.5", ",", ".")', "1000.5"),
        ('number("-5")', "-5"),
    ],
)
def test_number(text: str, expected: str) -> None:
    assert feel(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "1 / 0",
        "0 ** -1",
        "(-1) ** 0.5",
        "10 ** 7000",
        "1e6144 * 10",
        "1e-6000 * 1e-6000",
        '1 + "a"',
        "true + 1",
        "null + 1",
        "-null",
        "sqrt(-1)",
        "log(0)",
        "modulo(1, 0)",
        "decimal(1)",
        "decimal(1, null)",
        "decimal(1, 6177)",
        "floor(n: 1, precision: 2)",
        "odd(1.5)",
        'sum([1, "a"])',
        "sum()",
        "sum([])",
        "max([])",
        "mean([])",
        "stddev(5)",
        'number("1,000", ",", ",")',
        'number("1x")',
        "number(null)",
        "number(1)",
    ],
)
def test_outside_its_domain_is_null(text: str) -> None:
    assert feel(text) is None


def test_python_numbers_are_taken_exactly() -> None:
    context = {"i": 7, "f": 0.1, "d": Decimal("0.30"), "b": True, "nan": float("nan"), "big": 10**40}
    assert feel("i", context) == Decimal(7)
    assert feel("f * 3 = d", context) is True
    assert feel("b instance of boolean", context) is True
    assert feel("nan", context) is None
    assert feel("big = 10 ** 40", context) is True


@pytest.mark.parametrize(
    "text", ["odd(-3)", "even(0)", "not(odd(2))", "even(1e40)", "mode([6, 1, 9, 6, 1]) = [1, 6]", "mode([]) = []"]
)
def test_number_function_holds(text: str) -> None:
    assert feel(text) is True
