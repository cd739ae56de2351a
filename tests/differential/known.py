"""Where this engine and feelin 8.2.0 differ, and who is right by the specification: docs/feelin-differences.md."""

from __future__ import annotations

from typing import NamedTuple


class Difference(NamedTuple):
    """An expression with both answers, as tests/differential/engines.py writes them."""

    text: str
    here: object
    feelin: object


DIFFERENCES = [
    Difference('1 < "a"', None, False),
    Difference("1 in [1..5] or false", True, None),
    Difference("[1] = [1, 2]", False, None),
    Difference('@"2024-01-31" + @"PT36H"', {"$text": "2024-02-01"}, {"$text": "2024-02-01T12:00:00Z"}),
    Difference('@"P1Y" * 2', {"$text": "P2Y"}, None),
    Difference('@"PT36H" * 2', {"$text": "P3D"}, None),
    Difference('max(["a", "b"])', "b", None),
    Difference("median([4, 8, 12])", 8.0, 4),
    Difference("mode([0.5, 1, 1.5])", [0.5, 1.0, 1.5], [1, 0.5, 1.5]),
    Difference("even(2.5)", None, False),
    Difference('number("")', None, 0),
    Difference('substring("b", 2)', None, ""),
    Difference('substring("b", 1, 2)', None, "b"),
    Difference("sublist([], 1, 2)", None, []),
    Difference("remove([], 1)", None, []),
    Difference("insert before([], 1, 2)", None, [2]),
    Difference("sort([1, null], function(x, y) x < y)", None, [1, None]),
    Difference("if 5 then 1 else 2", 2.0, 1),
    Difference("5 in [9..1]", None, True),
    Difference("string(1/3)", "0.3333333333333333333333333333333333", "0.3333333333333333"),
    Difference("0.1 + 0.2 = 0.3", True, False),
]
