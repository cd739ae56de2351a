"""Boxed contexts, lists, relations, conditionals, filters and iterators."""

from __future__ import annotations

from typing import Any

import pytest

from engine.dmn import Evaluation
from tests.unit.dmn.building import context, decision, input_data, literal, model


def run(expression: str, **inputs: Any) -> Evaluation:
    built = model(*(input_data(name) for name in inputs), decision("result", expression, list(inputs)))
    return built.evaluate_with_trace("result", inputs)


def part(tag: str, text: str) -> str:
    return f"<{tag}>{literal(text)}</{tag}>"


def filtered(collection: str, match: str) -> str:
    return f"<filter>{part('in', collection)}{part('match', match)}</filter>"


def iterated(kind: str, collection: str, body: str) -> str:
    tag = "return" if kind == "for" else "satisfies"
    return f'<{kind} iteratorVariable="the x">{part("in", collection)}{part(tag, body)}</{kind}>'


def test_context_entries_see_those_before_them() -> None:
    expression = context(("the base", literal("2")), ("double", literal("the base * 2")))

    assert run(expression).value == {"the base": 2, "double": 4}


def test_the_entry_without_a_name_is_the_result() -> None:
    assert run(context(("a", literal("2")), (None, literal("a + 1")))).value == 3


def test_a_context_entry_hides_an_outer_name_only_inside() -> None:
    expression = context(("x", literal("x + 1")), ("y", context(("x", literal("x * 10")), (None, literal("x")))))

    assert run(expression, x=1).value == {"x": 2, "y": 20}


def test_context_entries_are_made_to_fit_their_type() -> None:
    evaluation = run(context(("a", literal('"text"')), ("b", literal("[5]")), types={"a": "number", "b": "number"}))

    assert evaluation.value == {"a": None, "b": 5}
    assert [warning.code for warning in evaluation.warnings] == ["dmn.type"]


def test_a_context_in_a_context_is_reached_by_path() -> None:
    expression = context(("outer", context(("inner value", literal("7")))), (None, literal("outer.inner value")))

    assert run(expression).value == 7


def test_lists_and_relations() -> None:
    assert run(f"<list>{literal('1')}{literal('x')}</list>", x="b").value == [1, "b"]
    row = f"<row>{literal('1')}{literal('x')}</row>"
    relation = f'<relation><column name="first col"/><column name="b"/>{row}{row}</relation>'
    assert run(relation, x=2).value == [{"first col": 1, "b": 2}] * 2


@pytest.mark.parametrize(("condition", "expected"), [("true", 1), ("false", 2), ("null", 2), ('"x"', None)])
def test_conditional_takes_else_for_false_and_null_and_is_null_for_no_boolean(
    condition: str, expected: int | None
) -> None:
    expression = f"<conditional>{part('if', condition)}{part('then', '1')}{part('else', '2')}</conditional>"

    assert run(expression).value == expected


def test_filter_sees_the_item_and_its_entries() -> None:
    assert run(filtered("[1, 2, 3]", "item > 1")).value == [2, 3]
    assert run(filtered("[{a: 1}, {a: 2}]", "a > 1")).value == [{"a": 2}]
    assert run(filtered("[{item: 1}, {item: 2}]", "item = 2")).value == [{"item": 2}]


def test_filter_drops_items_whose_match_is_null() -> None:
    assert run(filtered("[{a: 1}, {b: 2}]", "a > 0")).value == [{"a": 1}]


@pytest.mark.parametrize(("collection", "match"), [('"no list"', "true"), ("[1, 2]", '"x"'), ("null", "true")])
def test_filter_of_no_list_or_by_no_boolean_is_null_with_a_warning(collection: str, match: str) -> None:
    evaluation = run(filtered(collection, match))

    assert evaluation.value is None
    assert evaluation.warnings


def test_for_collects_results_and_knows_the_partial_ones() -> None:
    assert run(iterated("for", "[1, 2, 3]", "the x * 2")).value == [2, 4, 6]
    assert run(iterated("for", "[1, 2, 3]", "the x + count(partial)")).value == [1, 3, 5]
    assert run(iterated("for", "[1, 2, 3]", "count(partial)")).value == [0, 1, 2]
    assert run(iterated("for", "[]", "the x")).value == []


def test_iterators_go_through_ranges_as_in_feel() -> None:
    assert run(iterated("for", "[1..3]", "the x * 2")).value == [2, 4, 6]
    assert run(iterated("some", "[1..3]", "the x = 3")).value is True
    assert run(iterated("for", '["a".."c"]', "the x")).value is None


@pytest.mark.parametrize("kind", ["for", "some", "every"])
def test_iterating_over_no_list_is_null_with_a_warning(kind: str) -> None:
    evaluation = run(iterated(kind, "1", "true"))

    assert evaluation.value is None
    assert [warning.code for warning in evaluation.warnings] == ["dmn.not-a-list"]


@pytest.mark.parametrize(
    ("kind", "collection", "body", "expected"),
    [
        ("some", "[1, 2]", "the x > 1", True),
        ("some", "[1, 2]", "the x > 2", False),
        ("some", "[]", "true", False),
        ("some", "[1, null]", "the x > 1", None),
        ("every", "[1, 2]", "the x > 0", True),
        ("every", "[1, 2]", "the x > 1", False),
        ("every", "[]", "false", True),
        ("every", "[1]", '"no boolean"', None),
        ("every", "[1, null]", "the x > 1", False),
    ],
)
def test_some_and_every_are_three_valued(kind: str, collection: str, body: str, expected: bool | None) -> None:
    assert run(iterated(kind, collection, body)).value is expected


@pytest.mark.parametrize(
    ("collection", "type_ref", "expected"),
    [
        ("[1, 2]", "list<number>", [1, 2]),
        ("[1, 2]", "number", [1, 2]),
        ("[[1], 2]", "number", [1, 2]),
        ("[1..2]", "number", [1, 2]),
        ("[[1, 2], [3]]", "list<number>", [[1, 2], [3]]),
        ("5", "list<number>", [5]),
        ('[1, "a"]', "number", None),
        ('["a"]', "list<number>", None),
    ],
)
def test_the_type_written_on_a_collection_is_its_own_or_its_items(
    collection: str, type_ref: str, expected: list[object] | None
) -> None:
    written = f'<in typeRef="{type_ref.replace("<", "&lt;")}">'

    assert run(iterated("for", collection, "the x").replace("<in>", written)).value == expected


def test_an_expression_without_text_is_null() -> None:
    assert run("<literalExpression/>").value is None


def test_feel_warnings_carry_the_decision_and_the_line_in_the_file() -> None:
    evaluation = run(literal("1 +\n missing"))

    assert evaluation.value is None
    assert {warning.decision for warning in evaluation.warnings} == {"result"}
    assert all(warning.line >= 4 for warning in evaluation.warnings)


def test_text_that_is_not_feel_is_null_with_an_error() -> None:
    evaluation = run(literal("1 + + )"))

    assert evaluation.value is None
    assert [(warning.code, warning.severity) for warning in evaluation.warnings] == [("feel.syntax", "error")]


def test_a_context_with_two_entries_of_one_name_is_null_with_an_error() -> None:
    evaluation = run(context(("a", literal("1")), ("a", literal("2"))))

    assert evaluation.value is None
    assert [(warning.code, warning.severity) for warning in evaluation.warnings] == [("dmn.duplicate-name", "error")]
