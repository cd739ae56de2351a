"""Three-valued logic, equality, order, in, between and conditionals."""

from __future__ import annotations

from itertools import product

import pytest

from .support import feel, warnings_of

VALUES = {"true": True, "false": False, "null": None, '"otherwise"': None}


@pytest.mark.parametrize(("left", "right"), list(product(VALUES, VALUES)))
def test_and_or_follow_the_table(left: str, right: str) -> None:
    a, b = VALUES[left], VALUES[right]
    conjunction = False if a is False or b is False else True if a and b else None
    disjunction = True if a or b else False if a is False and b is False else None
    assert feel(f"{left} and {right}") is conjunction
    assert feel(f"{left} or {right}") is disjunction
    assert feel(f"{left} and {right} and true") is conjunction


@pytest.mark.parametrize(
    "text",
    [
        "null = null",
        "not(1 = null)",
        "1 = 1.00",
        '(1 = "1") = null',
        "(true = 1) = null",
        "[1, [2]] = [1, [2]]",
        "[1, 2] != [2, 1]",
        "{a: 1, b: 2} = {b: 2, a: 1}",
        "{a: 1} != {a: 1, b: 2}",
        "(1..5] = ]1..5]",
        "[1..5) = [1..5[",
        "(< 10) != (null..10)",
        "(= 10) != [10..10]",
        '@"P1D" = @"PT24H"',
        '(@"P1Y" = @"P365D") = null',
        '@"2002-04-02T12:00:00-01:00" = @"2002-04-02T17:00:00+04:00"',
        'is(@"23:00:50Z", @"23:00:50+00:00")',
        'not(is(@"23:00:50", @"23:00:50Z"))',
        'not(is(@"2002-04-02T12:00:00-01:00", @"2002-04-02T17:00:00+04:00"))',
        '"a" < "b"',
        '"B" < "a"',
        '("a" < 1) = null',
        "(true < false) = null",
        '@"2024-01-01" < @"2024-01-02"',
        '@"10:00:00" < @"11:00:00"',
        '@"10:00:00" < @"11:00:00Z"',
        "5 between 1 and 5",
        "not(0 between 1 and 5)",
        "(null between 1 and 5) = null",
        "not(6 between null and 5)",
        "5 in <= 5",
        "5 in (1..5]",
        "not(5 in (1..5))",
        "5 in (4, 5, 6)",
        "5 in [4, 5]",
        "5 in [[1..3], [5..6]]",
        "5 in (< 3, > 4)",
        "5 in != 6",
        "5 in (? > 4)",
        "not(5 in (<5, >5))",
        "[1] in [[1], [2]]",
        "(null in [1..10]) = null",
        "(5 in (null..10]) = null",
        "1 in (2) + (-1)",
        'if "x" then false else true',
        "if false then 1 else if true then true else 3",
        "(5 in (..5]) and not(6 in (..5])",
        "6 in (5..)",
        "[1..2][1] = [1..2]",
    ],
)
def test_holds(text: str) -> None:
    assert feel(text) is True


def test_a_condition_that_is_no_boolean_takes_the_else_branch_and_says_so() -> None:
    assert feel("if 5 then 1 else 2") == 2
    assert [warning.code for warning in warnings_of("if 5 then 1 else 2")] == ["feel.condition"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("some x in [1, 2] satisfies x > 1", True),
        ("some x in [1, null] satisfies x > 1", None),
        ("some x in [] satisfies true", False),
        ("every x in [] satisfies false", True),
        ("every x in [1, 2] satisfies x > 0", True),
        ("every x in [1, null] satisfies x > 0", None),
        ("every x in [null, 0] satisfies x > 0", False),
        ("some x in [1, 2], y in [3, x] satisfies x = y", True),
        ("every x in null satisfies true", None),
        ("some x in 1..3 satisfies x = 3", True),
    ],
)
def test_quantifiers_are_three_valued(text: str, expected: bool | None) -> None:
    assert feel(text) is expected
