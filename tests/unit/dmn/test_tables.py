"""Decision tables: every hit policy and aggregation, input and output values, defaults, violations."""

from __future__ import annotations

from decimal import Decimal
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
    table,
)


def run(expression: str, inputs: dict[str, Any], type_ref: str | None = None) -> Evaluation:
    names = list(inputs)
    built = model(*(input_data(name) for name in names), decision("result", expression, names, type_ref))
    return built.evaluate_with_trace("result", inputs)


def codes(evaluation: Evaluation) -> list[str]:
    return [warning.code for warning in evaluation.warnings]


OVERLAPPING = [[">1", '"a"'], [">2", '"b"'], [">3", '"b"']]


def test_unique_gives_the_only_match() -> None:
    assert run(table(["x"], ["r"], [["<=1", '"low"'], [">1", '"high"']]), {"x": 1}).value == "low"


def test_unique_with_two_matches_is_null_and_an_error_that_names_the_rules() -> None:
    evaluation = run(table(["x"], ["r"], OVERLAPPING), {"x": 3})

    assert evaluation.value is None
    assert codes(evaluation) == ["dmn.unique-violated"]
    assert evaluation.warnings[0].severity == "error"
    assert "1、2" in evaluation.warnings[0].message


@pytest.mark.parametrize(("x", "expected"), [(2, "a"), (5, "a")])
def test_first_gives_the_first_match_in_rule_order(x: int, expected: str) -> None:
    assert run(table(["x"], ["r"], OVERLAPPING, "FIRST"), {"x": x}).value == expected


def test_any_gives_the_common_output_and_refuses_different_ones() -> None:
    same = run(table(["x"], ["r"], OVERLAPPING[1:], "ANY"), {"x": 4})
    different = run(table(["x"], ["r"], OVERLAPPING, "ANY"), {"x": 4})

    assert same.value == "b"
    assert different.value is None
    assert codes(different) == ["dmn.any-violated"]


def test_any_accepts_outputs_that_are_all_null() -> None:
    evaluation = run(table(["x"], ["r"], [["-", "null"], [">0", "null"]], "ANY"), {"x": 1})

    assert evaluation.value is None
    assert evaluation.warnings == []


def test_priority_gives_the_output_that_comes_first_in_the_output_values() -> None:
    expression = table(["x"], [("r", '"b", "a"')], OVERLAPPING, "PRIORITY")

    assert run(expression, {"x": 4}).value == "b"


def test_priority_of_compound_outputs_goes_from_left_to_right() -> None:
    rules = [["-", '"no"', '"fast"'], ["-", '"yes"', '"slow"'], ["-", '"yes"', '"fast"']]
    expression = table(["x"], [("d", '"yes", "no"'), ("s", '"fast", "slow"')], rules, "PRIORITY")

    assert run(expression, {"x": 1}).value == {"d": "yes", "s": "fast"}


def test_output_order_sorts_all_outputs_and_keeps_rule_order_among_equals() -> None:
    rules = [["-", "1", '"low"'], ["-", "2", '"high"'], ["-", "3", '"low"']]
    expression = table(["x"], ["n", ("r", '"high", "low"')], rules, "OUTPUT ORDER")

    assert [row["n"] for row in run(expression, {"x": 1}).value] == [2, 1, 3]


def test_priorities_may_be_ranges_and_values_with_commas() -> None:
    expression = table(["x"], [("r", '"a,b", ["m".."z"], "c"')], [["-", '"c"'], ["-", '"n"']], "OUTPUT ORDER")

    assert run(expression, {"x": 1}).value == ["n", "c"]


def test_priorities_fall_back_on_the_allowed_values_of_the_output_type() -> None:
    expression = table(["x"], ["r"], OVERLAPPING, "PRIORITY").replace('name="r"', 'name="r" typeRef="tR"')
    built = model(
        '<itemDefinition name="tR"><typeRef>string</typeRef>'
        '<allowedValues><text>"b", "a"</text></allowedValues></itemDefinition>',
        input_data("x"),
        decision("result", expression, ["x"]),
    )

    assert built.evaluate("result", {"x": 4}) == "b"


RANKED = (
    item("tR", allowed('"b", "a"'), "string"),
    item("tRs", "", "tR", collection=True),
    item("tWhole", component("r", "tR") + component("n", "number")),
    item("tFunction", '<functionItem outputTypeRef="tR"><parameters name="x" typeRef="number"/></functionItem>'),
)


@pytest.mark.parametrize(
    ("policy", "outputs", "type_ref", "expected"),
    [
        ("PRIORITY", ["r"], "tR", "b"),
        ("PRIORITY", [""], "tR", "b"),
        ("OUTPUT ORDER", ["r"], "tRs", ["b", "a"]),
        ("PRIORITY", ["n", "r"], "tWhole", {"n": 2, "r": "b"}),
    ],
)
def test_priorities_fall_back_on_the_type_of_the_whole_table(
    policy: str, outputs: list[str], type_ref: str, expected: object
) -> None:
    rules = [["-", *(["1"] if len(outputs) > 1 else []), '"a"'], ["-", *(["2"] if len(outputs) > 1 else []), '"b"']]
    expression = table(["x"], outputs, rules, policy)
    built = model(
        *RANKED,
        input_data("x"),
        decision("result", expression, ["x"], type_ref),
        decision("inner", context(("made", expression), (None, literal("made")), types={"made": type_ref}), ["x"]),
        knowledge_model("model", [("x", None)], expression, type_ref=type_ref),
        decision("called", literal("model(1)"), knowledge=["model"]),
    )

    assert built.evaluate("result", {"x": 4}) == expected
    assert built.evaluate("inner", {"x": 4}) == expected
    assert built.evaluate("called", {"x": 4}) == expected


def test_priorities_of_a_knowledge_model_fall_back_on_what_its_function_type_returns() -> None:
    expression = table(["x"], ["r"], [["-", '"a"'], ["-", '"b"']], "PRIORITY")
    built = model(
        *RANKED,
        knowledge_model("model", [("x", "number")], expression, type_ref="tFunction"),
        decision("called", literal("model(1)"), knowledge=["model"]),
    )

    assert built.evaluate("called", {}) == "b"


def test_rule_order_and_collect_give_all_outputs() -> None:
    assert run(table(["x"], ["r"], OVERLAPPING, "RULE ORDER"), {"x": 3}).value == ["a", "b"]
    assert run(table(["x"], ["r"], OVERLAPPING, "COLLECT"), {"x": 3}).value == ["a", "b"]


def test_collect_of_compound_outputs_is_a_list_of_contexts() -> None:
    expression = table(["x"], ["a", "b"], [["-", "1", "2"], [">0", "3", "4"]], "COLLECT")

    assert run(expression, {"x": 1}).value == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]


@pytest.mark.parametrize(("how", "expected"), [("SUM", 50), ("MIN", 10), ("MAX", 20), ("COUNT", 3)])
def test_collect_aggregates_every_output_equal_ones_too(how: str, expected: int) -> None:
    rules = [["-", "20"], ["-", "10"], ["-", "20"]]

    assert run(table(["x"], ["r"], rules, "COLLECT", how), {"x": 1}).value == Decimal(expected)


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"])
def test_no_match_is_null_with_a_warning_or_the_default(policy: str) -> None:
    bare = run(table(["x"], [("r", '"a"')], [[">5", '"a"']], policy), {"x": 1})
    default = run(table(["x"], [("r", '"a"')], [[">5", '"a"']], policy, defaults=['"none"']), {"x": 1})

    assert (bare.value, codes(bare)) == (None, ["dmn.no-rule-matched"])
    assert (default.value, codes(default)) == ("none", [])


def test_default_of_compound_outputs_is_a_context() -> None:
    expression = table(["x"], ["a", "b"], [[">5", "1", "2"]], defaults=["0", None])

    assert run(expression, {"x": 1}).value == {"a": 0, "b": None}


def test_a_dash_matches_any_value_null_included() -> None:
    assert run(table(["x"], ["r"], [["-", "1"]]), {"x": None}).value == 1
    assert run(table(["x"], ["r"], [["", "1"]]), {"x": "y"}).value == 1


def test_outside_the_input_values_not_even_a_dash_matches() -> None:
    evaluation = run(table([("x", '"a", "b"')], ["r"], [["-", "1"]]), {"x": "c"})

    assert evaluation.value is None
    assert codes(evaluation) == ["dmn.input-value", "dmn.no-rule-matched"]


def test_cells_may_test_with_a_question_mark_and_name_other_inputs() -> None:
    rules = [["? > y and ? < 10", "-", "1"], ['contains(string(?), "1")', "-", "2"]]

    assert run(table(["x", "y"], ["r"], rules, "FIRST"), {"x": 7, "y": 5}).value == 1
    assert run(table(["x", "y"], ["r"], rules, "FIRST"), {"x": 21, "y": 5}).value == 2


@pytest.mark.parametrize(
    ("cell", "value", "matches"),
    [
        ('"a", "b"', "b", True),
        ('not("a", "b")', "b", False),
        ("[1..5)", 5, False),
        ("]1..5]", 5, True),
        ("1, [3..5]", 4, True),
        ("null", None, True),
        ("true", True, True),
        ("false", True, False),
        ("true", False, False),
        ("[1, 2, 3]", 2, True),
        ('date("2024-01-01")', "2024-01-01", False),
    ],
)
def test_cells_of_every_kind(cell: str, value: Any, matches: bool) -> None:
    evaluation = run(table(["x"], ["r"], [[cell, "true"], ["-", "false"]], "FIRST"), {"x": value})

    assert evaluation.value is matches


def test_a_list_matches_a_cell_when_it_contains_the_value_asked_for() -> None:
    rules = [['list contains(?, "a")', "1"], ["-", "2"]]

    assert run(table(["x"], ["r"], rules, "FIRST"), {"x": ["b", "a"]}).value == 1


def test_a_cell_that_is_not_feel_makes_the_table_null_with_an_error_at_its_line() -> None:
    evaluation = run(table(["x"], ["r"], [["1 )", "1"], ["-", "2"]], "FIRST"), {"x": 1})

    assert evaluation.value is None
    assert [(warning.code, warning.severity) for warning in evaluation.warnings] == [("feel.syntax", "error")]


def test_a_table_without_inputs_gives_its_rule() -> None:
    assert run(table([], ["r"], [["1"]]), {}).value == 1


def test_a_single_named_output_is_its_value_and_several_are_a_context() -> None:
    assert run(table(["x"], ["r"], [["-", "1"]]), {"x": 0}).value == 1
    assert run(table(["x"], ["r", "s"], [["-", "1", "2"]]), {"x": 0}).value == {"r": 1, "s": 2}


def test_rows_with_too_few_cells_are_refused() -> None:
    from engine.dmn import DmnModelInvalid

    broken = table(["x", "y"], ["r"], [["-", "-", "1"]]).replace("<inputEntry><text>-</text></inputEntry>", "", 1)
    with pytest.raises(DmnModelInvalid, match="输入格"):
        model(input_data("x"), input_data("y"), decision("result", broken, ["x", "y"]))


def test_several_outputs_cannot_be_summed() -> None:
    from engine.dmn import DmnModelInvalid

    with pytest.raises(DmnModelInvalid, match="聚合"):
        model(decision("result", table([], ["a", "b"], [["1", "2"]], "COLLECT", "SUM")))


def test_the_trace_names_the_rules_that_made_the_result_with_their_annotations() -> None:
    rules = [[">1", '"a"', "法条一"], [">2", '"b"', "法条二"]]
    evaluation = run(table(["x"], ["r"], rules, "FIRST", annotations=["依据"]), {"x": 5})

    trace = evaluation.decisions[0]
    assert (trace.name, trace.value, trace.inputs) == ("result", "a", {"x": 5})
    assert [(rule.id, rule.index, rule.annotations, rule.table) for rule in trace.matched_rules] == [
        ("rule1", 1, {"依据": "法条一"}, "table")
    ]


def test_the_trace_of_priority_names_the_winning_rule_only() -> None:
    evaluation = run(table(["x"], [("r", '"b", "a"')], OVERLAPPING, "PRIORITY"), {"x": 3})

    assert [rule.index for rule in evaluation.decisions[0].matched_rules] == [2]
