"""The short ways of cells — plain predicates, and the regions of check() — answer exactly as FEEL does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from engine.dmn.cells import read_cell
from engine.dmn.checking.regions import Region, admits, regions_of
from engine.dmn.matching import predicate_of
from engine.feel import compile_unary_tests

NUMBERS = ["1", "-1", "1.50", "< 2", "<= 2", "> 2", ">= 2", "[1..2]", "(1..2]", "[1..2)", "(1..2)", "]1..2[", "]1..2]",
           "1, 2", "< 1, > 2", "[0..1), 1.5", "not(1)", "not([1..2], 5)", "not(< 1, > 2)", "? = 2", "? < 1.5",
           "[1, 2]", "[2..1]", "(1..1)"]  # fmt: skip
NUMBER_VALUES = [Decimal(text) for text in ("-1", "0.999", "1", "1.0", "1.5", "2", "2.000001", "5", "100")]
STRINGS = ['"a"', '"a", "b"', 'not("a")', 'not("a", "b")', '"a b"', '["a", "b"]', '? = "a"', '""']
STRING_VALUES = ["a", "b", "A", "a b", "", "中"]
DATES = ['date("2024-01-01")', '< @"2024-01-01"', '>= date(2024, 1, 1)', '[@"2024-01-01"..@"2024-02-01")',
         'not(@"2024-01-01")']  # fmt: skip
DATE_VALUES = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 15), date(2024, 2, 1)]
BOOLEANS = ["true", "false", "not(true)", "not(false)"]

CASES = [
    *product(NUMBERS, NUMBER_VALUES),
    *product(STRINGS, STRING_VALUES),
    *product(DATES, DATE_VALUES),
    *product(BOOLEANS, [True, False]),
]


def asked(text: str, value: Any) -> bool:
    """FEEL's own answer."""
    return compile_unary_tests(text).evaluate(value, {}) is True


@pytest.mark.parametrize(("text", "value"), CASES)
def test_predicates_agree_with_feel(text: str, value: Any) -> None:
    cell = read_cell(compile_unary_tests(text).tree)
    assert cell is not None
    found = predicate_of(cell)
    assert found is not None
    kind, predicate = found

    assert type(value) is kind
    assert predicate(value) is asked(text, value)


@pytest.mark.parametrize(
    "text",
    [
        "true, false",
        "null",
        '1, "a"',
        "x",
        "? + 1 > 2",
        '> "a"',
        "not(null)",
        "1, null",
        "not([5..1])",
        "not(1, [5..1])",
    ],
)
def test_other_cells_are_left_to_feel(text: str) -> None:
    cell = read_cell(compile_unary_tests(text, names=["x"]).tree)

    assert cell is None or predicate_of(cell) is None


@pytest.mark.parametrize(
    ("texts", "values"), [(NUMBERS, NUMBER_VALUES), (STRINGS, STRING_VALUES), (DATES, DATE_VALUES)]
)
def test_regions_part_the_values_and_agree_with_feel(texts: list[str], values: list[Any]) -> None:
    cells = [cell for text in texts if (cell := read_cell(compile_unary_tests(text).tree)) is not None]
    regions = regions_of(cells, None)

    assert len(cells) == len(texts)
    for value in values:
        home = [region for region in regions if _inside(value, region, regions)]
        assert len(home) == 1
        for text, cell in zip(texts, cells, strict=True):
            assert admits(cell, home[0]) is asked(text, value), (text, value)


def _inside(value: Any, region: Region, regions: list[Region]) -> bool:
    if region.special == "other":
        return all(known.special or known.low != value for known in regions)
    if region.single:
        return bool(value == region.low)
    return (region.low is None or value > region.low) and (region.high is None or value < region.high)
