"""Files drawn without any input data, as modelers for process engines allow: names are the caller's variables."""

from __future__ import annotations

from engine.dmn import check
from tests.unit.dmn.building import context, decision, input_data, knowledge_model, literal, model, table

RULES = [["< 100", '"a"', '"low"'], [">= 100", "-", '"high"'], ["< 100", 'not("a")', '"other"']]


def test_undeclared_names_are_the_variables_given() -> None:
    built = model(
        decision("level", table(["amount", "category"], ["level"], RULES)),
        decision("text", context(("k", literal("level")), (None, literal("k + suffix"))), ["!level"]),
    )
    given = {"amount": 50, "category": "a", "suffix": "!", "unused": [1]}

    evaluation = built.evaluate_with_trace("text", given)

    assert evaluation.value == "low!"
    assert [trace.inputs for trace in evaluation.decisions] == [
        {"amount": 50, "category": "a"},
        {"suffix": "!", "level": "low"},
    ]
    assert [info.name for info in built.required_inputs("text")] == ["amount", "category", "suffix"]


def test_what_a_decision_requires_hides_a_variable_of_the_same_name() -> None:
    built = model(decision("a", literal("1")), decision("b", literal("a + 1"), ["!a"]))

    assert built.evaluate("b", {"a": 100}) == 2


def test_a_name_that_is_not_given_is_null_with_a_warning() -> None:
    evaluation = model(decision("a", literal("missing = null"))).evaluate_with_trace("a", {})

    assert evaluation.value is True
    assert evaluation.warnings


def test_the_check_says_which_names_are_taken_from_outside() -> None:
    findings = check(model(decision("a", literal("amount + 1"))))

    assert [(finding.code, finding.severity) for finding in findings] == [("dmn.undeclared", "info")]


def test_knowledge_models_see_their_parameters_only() -> None:
    built = model(knowledge_model("f", [], literal("x")), decision("a", literal("f()"), knowledge=["f"]))

    assert built.evaluate("a", {"x": 1}) is None


def test_a_file_with_input_data_is_closed() -> None:
    built = model(input_data("x"), decision("a", literal("y"), ["x"]))

    assert built.evaluate("a", {"x": 1, "y": 2}) is None
    assert [finding.code for finding in check(built)] == ["dmn.unknown-name"]


def test_the_result_of_a_decision_without_a_variable_is_known_by_its_id_and_its_name() -> None:
    season = decision("The season", table(["temp"], ["s"], [["> 20", '"warm"'], ["<= 20", '"cold"']]))
    season = season.replace('id="The season"', 'id="season"').replace('<variable name="The season"/>', "")
    built = model(season, decision("dish", literal('season + " " + The season'), ["!season"]))

    evaluation = built.evaluate_with_trace("dish", {"temp": 10})
    assert evaluation.value == "cold cold"
    assert evaluation.decisions[1].inputs == {"The season": "cold"}
