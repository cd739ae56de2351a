"""Item definitions, allowed values, and the conversions of binding contexts (DMN 1.5, 10.3.2.9.4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from engine.dmn import Evaluation
from tests.unit.dmn.building import (
    allowed,
    component,
    context,
    decision,
    input_data,
    item,
    knowledge_model,
    literal,
    model,
)

ITEMS = (
    item("tRisk", allowed('"HIGH", "LOW"'), "string"),
    item("tAge", allowed("[0..120]"), "number"),
    item("tNames", "", "string", collection=True),
    item("tRisks", "", "tRisk", collection=True),
    item("tLevels", allowed("[1..5]"), "number", collection=True),
    item("tPair", allowed("count(?) = 2", "typeConstraint"), "number", collection=True),
    item("tPerson", component("name", "string") + component("age", "tAge")),
    item("tPeople", component("name", "string") + component("age", "tAge"), collection=True),
    item("tSpan", component("low", "number") + component("high", "number", allowed("? >= low"))),
    item("tNode", component("label", "string") + component("children", "tNode", collection=True)),
    item("tMatrix", "", "tLevels", collection=True),
    item(
        "tFunction",
        '<functionItem outputTypeRef="number"><parameters name="n" typeRef="number"/></functionItem>',
    ),
)


def bound(text: str, type_ref: str) -> Evaluation:
    """A decision of the given type with the given logic."""
    return model(*ITEMS, decision("result", literal(text), type_ref=type_ref)).evaluate_with_trace("result", {})


def given(value: Any, type_ref: str) -> Evaluation:
    """An input of the given type."""
    built = model(*ITEMS, input_data("x", type_ref), decision("result", literal("x"), ["x"]))
    return built.evaluate_with_trace("result", {"x": value})


@pytest.mark.parametrize(
    ("text", "type_ref", "expected"),
    [
        ("1", "number", 1),
        ('"1"', "number", None),
        ("[1]", "number", 1),
        ("[1, 2]", "number", None),
        ("1", "Any", 1),
        ('"a"', "tNames", ["a"]),
        ('["a", "b"]', "tNames", ["a", "b"]),
        ('["a", 1]', "tNames", None),
        ('["a", null]', "tNames", ["a", None]),
        ("[]", "tNames", []),
        ('"HIGH"', "tRisk", "HIGH"),
        ('["HIGH"]', "tRisk", "HIGH"),
        ('"OTHER"', "tRisk", None),
        ('["HIGH", "OTHER"]', "tRisks", None),
        ('"LOW"', "tRisks", ["LOW"]),
        ("[1, 5]", "tLevels", [1, 5]),
        ("[1, 6]", "tLevels", None),
        ("3", "tLevels", [3]),
        ("[1, 2]", "tPair", [1, 2]),
        ("[1]", "tPair", None),
        ("[[1, 2], [3]]", "tMatrix", [[1, 2], [3]]),
        ("[[1, 9]]", "tMatrix", None),
        ("[1, 2]", "tMatrix", [[1, 2]]),
        ("[1, 9]", "tMatrix", None),
        ("[[1, 2]]", "tLevels", [1, 2]),
        ("[[1, 2], [3]]", "tLevels", None),
        ("{low: 1, high: 2}", "tSpan", {"low": 1, "high": 2}),
        ("{low: 3, high: 2}", "tSpan", None),
        ('{name: "a", age: 5}', "tPerson", {"name": "a", "age": 5}),
        ('{name: "a", age: 5, more: 1}', "tPerson", {"name": "a", "age": 5, "more": 1}),
        ('{name: "a", age: 500}', "tPerson", None),
        ('{name: "a"}', "tPerson", None),
        ('{name: "a", age: null}', "tPerson", {"name": "a", "age": None}),
        ('{name: "a", age: 5}', "tPeople", [{"name": "a", "age": 5}]),
        ('[{name: "a", age: 5}]', "tPerson", {"name": "a", "age": 5}),
        ('{label: "a", children: [{label: "b", children: []}]}', "tNode", ...),
        ('{label: "a", children: [{label: 1, children: []}]}', "tNode", None),
        ("null", "number", None),
        ("function(a: number) a + 1", "number", None),
        ("function(a: string) 1", "tFunction", None),
        ("function(a, b) 1", "tFunction", None),
    ],
)
def test_a_decision_result_is_made_to_fit_its_type(text: str, type_ref: str, expected: Any) -> None:
    evaluation = bound(text, type_ref)

    if expected is ...:
        assert evaluation.value is not None
    else:
        assert evaluation.value == expected
    warned = "dmn.type" in {warning.code for warning in evaluation.warnings}
    assert warned is (evaluation.value is None and text != "null")


def test_a_date_becomes_a_date_and_time_at_utc_midnight() -> None:
    built = model(decision("result", literal('@"2024-02-03"'), type_ref="date and time"))

    assert str(built.evaluate("result", {}).date) == "2024-02-03"


def test_functions_fit_a_function_item_by_arity_and_types() -> None:
    assert bound("function(a: number) a + 1", "tFunction").value is not None
    assert bound("function(a) a", "tFunction").value is not None


def test_inputs_may_leave_components_out_but_not_have_wrong_ones() -> None:
    assert given({"name": "a"}, "tPerson").value == {"name": "a"}
    wrong = given({"name": 7}, "tPerson")
    assert wrong.value is None
    assert [warning.code for warning in wrong.warnings] == ["dmn.type"]
    assert "输入“x”" in wrong.warnings[0].message


@pytest.mark.parametrize("value", [5, 5.0, [5]])
def test_python_numbers_are_feel_numbers(value: Any) -> None:
    assert given(value, "number").value == 5


def test_booleans_are_not_numbers() -> None:
    assert given(True, "number").value is None
    assert given(True, "boolean").value is True


def test_python_dates_and_durations_are_feel_values() -> None:
    assert given(date(2024, 1, 2), "date").value == date(2024, 1, 2)
    assert given(datetime(2024, 1, 2, 3), "date and time").value is not None  # noqa: DTZ001 - a wall-clock time
    assert given(timedelta(days=1), "days and time duration").value is not None


def test_a_missing_input_is_null_with_a_warning() -> None:
    built = model(input_data("x", "number"), decision("result", literal("x = null"), ["x"]))

    evaluation = built.evaluate_with_trace("result", {})
    assert evaluation.value is True
    assert [warning.code for warning in evaluation.warnings] == ["dmn.input-missing"]


def test_item_definitions_are_types_in_expressions_too() -> None:
    built = model(*ITEMS, decision("result", literal('{name: "a", age: 1} instance of tPerson')))

    assert built.evaluate("result", {}) is True


def test_a_type_that_is_not_defined_does_not_stop_the_value() -> None:
    assert model(decision("result", literal("1"), type_ref="tNothing")).evaluate("result", {}) == 1


def test_the_type_of_the_expression_counts_where_the_variable_has_none() -> None:
    typed = literal('"a"').replace("<literalExpression>", '<literalExpression typeRef="number">')

    assert model(decision("result", typed)).evaluate("result", {}) is None


def test_dmn_1_1_types_have_prefixes() -> None:
    built = model(
        item("tA", allowed("< 5"), "feel:number"),
        decision("good", literal("1"), type_ref="ns:tA"),
        decision("bad", literal("7"), type_ref="ns:tA"),
        version="1.1",
        more='xmlns:feel="http://www.omg.org/spec/FEEL/20140401" xmlns:ns="http://example.org/main"',
    )

    assert (built.evaluate("good", {}), built.evaluate("bad", {})) == (1, None)


def test_names_with_spaces_are_found_in_structures() -> None:
    built = model(
        item("tCase", component("full name", "string") + component("合同 金额", "number")),
        input_data("the case", "tCase"),
        decision("result", literal('the case.合同 金额 > 5 and the case.full name = "a"'), ["the case"]),
    )

    assert built.evaluate("result", {"the case": {"full name": "a", "合同 金额": 6}}) is True


def test_the_type_of_an_expression_holds_where_its_variable_has_none() -> None:
    typed = '<literalExpression typeRef="number"><text>x</text></literalExpression>'
    built = model(
        input_data("x"),
        decision("result", typed, ["x"]),
        decision("entry", context(("made", typed)), ["x"]),
        knowledge_model("model", [("x", None)], typed),
        decision("called", literal("model(x)"), ["x"], knowledge=["model"]),
    )

    function = f'<functionDefinition typeRef="number">{literal("5")}</functionDefinition>'
    assert model(decision("result", context(("f", function), (None, literal("f()"))))).evaluate("result", {}) == 5
    values = [[built.evaluate(name, {"x": x}) for name in ("result", "entry", "called")] for x in ([5], "a")]
    assert values == [[5, {"made": 5}, 5], [None, {"made": None}, None]]
