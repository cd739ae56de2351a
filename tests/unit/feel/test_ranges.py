"""Relations between points and ranges, against the conditions that DMN 1.5 writes for them (Table 78)."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from engine.feel import compile_expression
from engine.feel.values import Range

from .support import feel

POINTS = [Decimal(number) for number in range(1, 5)]
RANGES = [
    Range(start, starts, end, ends)
    for start, end, starts, ends in product(POINTS, POINTS, (True, False), (True, False))
    if start <= end
] + [feel(f"({sign} {point})") for sign, point in product(("<", "<=", ">", ">="), POINTS[1:3])]

POINT_AND_RANGE = {
    "before(p, r)": "p < r.start or (p = r.start and not(r.start included))",
    "before(r, p)": "r.end < p or (r.end = p and not(r.end included))",
    "after(p, r)": "p > r.end or (p = r.end and not(r.end included))",
    "after(r, p)": "r.start > p or (r.start = p and not(r.start included))",
    "finishes(p, r)": "r.end included and r.end = p",
    "finished by(r, p)": "r.end included and r.end = p",
    "includes(r, p)": (
        "(r.start < p and r.end > p) or (r.start = p and r.start included) or (r.end = p and r.end included)"
    ),
    "during(p, r)": (
        "(r.start < p and r.end > p) or (r.start = p and r.start included) or (r.end = p and r.end included)"
    ),
    "starts(p, r)": "r.start = p and r.start included",
    "started by(r, p)": "r.start = p and r.start included",
}

_INSIDE = (
    "({0}.start < {1}.start or ({0}.start = {1}.start and ({0}.start included or not({1}.start included))))"
    " and ({0}.end > {1}.end or ({0}.end = {1}.end and ({0}.end included or not({1}.end included))))"
)
_FINISHES = (
    "{0}.end included = {1}.end included and {0}.end = {1}.end and ({0}.start > {1}.start"
    " or ({0}.start = {1}.start and (not({0}.start included) or {1}.start included)))"
)
_STARTS = (
    "{0}.start = {1}.start and {0}.start included = {1}.start included and ({0}.end < {1}.end"
    " or ({0}.end = {1}.end and (not({0}.end included) or {1}.end included)))"
)
_BEFORE = "{0}.end < {1}.start or ((not({0}.end included) or not({1}.start included)) and {0}.end = {1}.start)"
_OVERLAPS_BEFORE = (
    "({0}.start < {1}.start or ({0}.start = {1}.start and {0}.start included and not({1}.start included)))"
    " and ({0}.end > {1}.start or ({0}.end = {1}.start and {0}.end included and {1}.start included))"
    " and ({0}.end < {1}.end or ({0}.end = {1}.end and (not({0}.end included) or {1}.end included)))"
)
_MEETS = "{0}.end included and {1}.start included and {0}.end = {1}.start"

TWO_RANGES = {
    "before(r, s)": _BEFORE.format("r", "s"),
    "after(r, s)": _BEFORE.format("s", "r"),
    "meets(r, s)": _MEETS.format("r", "s"),
    "met by(r, s)": _MEETS.format("s", "r"),
    "overlaps(r, s)": (
        "(r.end > s.start or (r.end = s.start and r.end included and s.start included))"
        " and (r.start < s.end or (r.start = s.end and r.start included and s.end included))"
    ),
    "overlaps before(r, s)": _OVERLAPS_BEFORE.format("r", "s"),
    "overlaps after(r, s)": _OVERLAPS_BEFORE.format("s", "r"),
    "finishes(r, s)": _FINISHES.format("r", "s"),
    "finished by(r, s)": _FINISHES.format("s", "r"),
    "includes(r, s)": _INSIDE.format("r", "s"),
    "during(r, s)": _INSIDE.format("s", "r"),
    "starts(r, s)": _STARTS.format("r", "s"),
    "started by(r, s)": _STARTS.format("s", "r"),
    "coincides(r, s)": "r = s",
}


@pytest.mark.parametrize(("call", "condition"), POINT_AND_RANGE.items(), ids=str)
def test_a_point_and_a_range(call: str, condition: str) -> None:
    run, wanted = compile_expression(call), compile_expression(condition)
    for point, span in product(POINTS, RANGES):
        context = {"p": point, "r": span}
        assert run.evaluate(context) is wanted.evaluate(context), context


def face_openly(call: str, first: Range, second: Range) -> bool:
    """Whether ``before`` or ``after`` asks about the open ends of both, which no condition can compare."""
    left, right = (first, second) if call.startswith("before") else (second, first)
    return call in ("before(r, s)", "after(r, s)") and left.end is None and right.start is None


@pytest.mark.parametrize(("call", "condition"), TWO_RANGES.items(), ids=str)
def test_two_ranges(call: str, condition: str) -> None:
    run, wanted = compile_expression(call), compile_expression(condition)
    for first, second in product(RANGES, RANGES):
        if face_openly(call, first, second):
            continue  # see below
        context = {"r": first, "s": second}
        assert run.evaluate(context) is wanted.evaluate(context), context


@pytest.mark.parametrize(
    "text",
    [
        "before(point: 1, range: [2..3]) and not(before(point: 5, range: [2..3]))",
        "before(range: [1..2], point: 3) and not(before(range: [1..2], point: 0))",
        "after(range: [5..6], point: 3) and after(point: 9, range: [5..6])",
        "before(point1: 1, point2: 2) and before(range1: [1..2], range2: [3..4])",
        "during(range: [1..5], point: 3) and includes(point: 3, range: [1..5])",
        "before([1], [2]) and before(1, (>2)) and after(9, (<=8))",
        'before(1, "a") = null and before(null, 1) = null and before(1) = null and meets(1, [1..2]) = null',
        "before((>5), 7) = null and includes((>5), 7) = null and includes((<5), 7) = false",
        # Read to the letter, the conditions would take the open ends of both to be one point.
        "before((>5), (<3)) = null and after((<3), (>5)) = null",
    ],
)
def test_relation_holds(text: str) -> None:
    assert feel(text) is True
