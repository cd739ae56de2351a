"""Lists, contexts, paths, filters and iteration."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import FeelLimitExceeded
from engine.feel.convert import from_python
from engine.feel.equality import feel_equal
from engine.feel.text import to_feel_string

from .support import feel, warnings_of


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2, 3][1] = 1 and [1, 2, 3][-1] = 3",
        "[1, 2, 3][0] = null and [1, 2, 3][4] = null",
        "[1, 2, 3, 4][item > 2] = [3, 4]",
        "[{x: 1, y: 2}, {x: null, y: 3}][x < 2] = [{x: 1, y: 2}]",
        "[{item: 1}, {item: 2}][item >= 2] = [{item: 2}]",
        "[1, 2, 3][even(item)] = [2]",
        "[1, 2, 3][count([1, 2])] = 2",
        "count(for x in 99999999999999999999999999999999999..99999999999999999999999999999999999 return x) = 1",
        "5[1] = 5 and 5[true] = [5] and 5[false] = [] and 5[0] = null",
        "(null[1] = null) and (null[true] = null)",
        "[1, null][item = null] = [null]",
        "[{x: 1}, {y: 2}].y = [null, 2]",
        "[{a: [1]}, {a: [2, 3]}].a = [[1], [2, 3]]",
        "{a: {b: 1}}.a.b = 1",
        "{a: 1}.b = null",
        '[@"2024-01-01"].year = [2024]',
        "{a: 1, b: a + 1, c: {d: b}}.c.d = 2",
        "{a: 1, a: 2} = null",
        '{"": 1} = context put({}, "", 1)',
        "(for i in 3..1 return i) = [3, 2, 1]",
        "(for i in [1..3] return i) = [1, 2, 3]",
        "(for i in (1..3) return i) = [2]",
        "(for i in [3..1] return i) = null",
        '(for i in "a".."c" return i) = null',
        "(for i in 1, j in [i, 2] return i + j) = [2, 3]",
        "(for i in 0..4 return if i = 0 then 1 else i * partial[-1]) = [1, 1, 2, 6, 24]",
        "(for i in 1..3 return count(partial)) = [0, 1, 2]",
        "(for i in 1..2 return partial) = [[], [[]]]",
        "(for i in 1..3 return partial[false]) = [[], [], []]",
        "(for i in 1..3 return partial[true]) = [[], [[]], [[], [[]]]]",
        "(for f in (for i in 1..3 return function() i) return f()) = [1, 2, 3]",
        '(for d in @"2024-02-28"..@"2024-03-01" return d.day) = [28, 29, 1]',
        "(for x in 5 return x) = [5]",
        "(for x in null return x) = null",
        "list contains([1, null], null) and not(list contains([1], null))",
        "count([1, [2, 3]]) = 2 and count([]) = 0",
        "sublist([4, 5, 6], 1, 2) = [4, 5] and sublist([4, 5, 6], -2) = [5, 6]",
        "append([1], 2, 3) = [1, 2, 3]",
        "concatenate([1, 2], [3]) = [1, 2, 3]",
        "insert before([1, 3], 1, 2) = [2, 1, 3]",
        "remove([1, 2, 3], -1) = [1, 2]",
        "reverse([1, 2]) = [2, 1]",
        "index of([1, 2, 3, 2], 2) = [2, 4]",
        "union([1, 2], [2, 3]) = [1, 2, 3]",
        'distinct values([1, 1.0, "1", null, null, {a: 1}, {a: 1}]) = [1, "1", null, {a: 1}]',
        "flatten([[1, 2], [[3]], 4]) = [1, 2, 3, 4]",
        "sort([3, 1, 2], function(x, y) x < y) = [1, 2, 3]",
        "sort([{k: 1, n: 1}, {k: 0, n: 2}, {k: 1, n: 3}], function(x, y) x.k < y.k).n = [2, 1, 3]",
        "sort(list: [3, 1, 2], precedes: function(x, y) x > y) = [3, 2, 1]",
        "list replace([1, 2, 3], 2, 9) = [1, 9, 3] and list replace([1, 2, 3], -1, 9) = [1, 2, 9]",
        "list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5) = [5, 5, 7, 8]",
        'min([3, 1]) = 1 and max(1, 3) = 3 and min("b", "a") = "a"',
        "all([]) and not(any([])) and all(true) and any(false, true)",
        "all([true, null]) = null and any([false, 0]) = null",
        'get value({a: 1}, "a") = 1',
        'get entries({a: 1}) = [{key: "a", value: 1}]',
        'context([{key: "a", value: 1}]) = {a: 1}',
        'context put({x: 1, y: {a: 0}}, ["y", "a"], 2) = {x: 1, y: {a: 2}}',
        "context merge([{x: 1, y: 0}, {y: 2}]) = {x: 1, y: 2}",
    ],
)
def test_holds(text: str) -> None:
    assert feel(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2][1.5]",
        '[1, 2]["a"]',
        "count(null)",
        "sublist([1], 2)",
        "sublist([1], 0)",
        "insert before([1], 3, 0)",
        "remove([1], 0)",
        "concatenate([1], null)",
        'min([1, "a"])',
        "min()",
        "sort([1, 2])",
        "sort([1, 2], function(x) true)",
        "sort([1, 2], function(x, y) null)",
        "list replace([1], 2, 0)",
        "list replace([1], function(a, b) 1, 0)",
        "get value({}, null)",
        'context([{key: "a"}])',
        'context([{key: "a", value: 1}, {key: "a", value: 2}])',
        "context put({}, [], 1)",
        'context put({a: 1}, ["a", "b"], 1)',
        "context merge([1])",
        "append(lst: [1], item: 2)",
    ],
)
def test_is_null(text: str) -> None:
    assert feel(text) is None


def test_given_data_is_neither_copied_nor_changed() -> None:
    rows = [{"n": Decimal(1)}]
    assert feel("rows", {"rows": rows}) is rows
    mixed = {"rows": [{"n": 1}, (2, 3)]}
    assert feel("rows", mixed) == [{"n": Decimal(1)}, [Decimal(2), Decimal(3)]]
    assert mixed == {"rows": [{"n": 1}, (2, 3)]}


def test_each_evaluation_gives_lists_of_its_own() -> None:
    first = feel("[1, [2]]")
    first[1].append("changed")
    assert feel("[1, [2]]") == [1, [2]]


def nested(levels: int) -> list[object]:
    result: list[object] = []
    for _ in range(levels):
        result = [result]
    return result


def test_values_that_are_too_deep_hit_a_limit() -> None:
    for use in (to_feel_string, from_python, lambda value: feel_equal(value, nested(5000))):
        with pytest.raises(FeelLimitExceeded):
            use(nested(5000))


def test_a_missing_field_is_null_and_said() -> None:
    assert [warning.code for warning in warnings_of("a.c", {"a": {"b": 1}})] == ["feel.unknown-member"]
    assert [warning.code for warning in warnings_of("x + 1")] == ["feel.unknown-name", "feel.arithmetic"]


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1000000000 return i",
        "every i in 1..1000, j in 1..1000 satisfies true",
        'count(for i in 1..30 return if i = 1 then "aaaaaaaaaa" else partial[-1] + partial[-1])',
        "count(for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]))",
        "string(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])",
        "string((for i in 1..3000 return if i = 1 then [] else [partial[-1]])[-1])",
        "(for i in 1..3000 return if i = 1 then [] else [partial[-1]]) = (for i in 1..3000 return if i = 1 then []"
        " else [partial[-1]])",
    ],
)
def test_work_without_bound_hits_a_limit(text: str) -> None:
    with pytest.raises(FeelLimitExceeded):
        feel(text)
