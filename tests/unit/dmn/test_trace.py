"""What history records of an evaluation, and that models are shared safely."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from types import MappingProxyType

from engine.dmn.run import MAX_WARNINGS
from tests.unit.dmn.building import decision, input_data, knowledge_model, literal, model, table


def test_every_decision_on_the_way_is_traced_in_order_with_its_inputs() -> None:
    built = model(
        input_data("amount", "number"),
        knowledge_model("tax", [("a", "number")], literal("a * 0.1")),
        decision("net", literal("amount - tax(amount)"), ["amount"], "number", knowledge=["tax"]),
        decision("level", table(["net"], ["level"], [["< 100", '"low"'], [">= 100", '"high"']]), ["!net"], "string"),
    )

    evaluation = built.evaluate_with_trace("level", {"amount": 200})

    assert evaluation.value == "high"
    assert [(trace.name, trace.id, trace.value, trace.inputs) for trace in evaluation.decisions] == [
        ("net", "net", 180, {"amount": 200}),
        ("level", "level", "high", {"net": 180}),
    ]
    assert [rule.index for rule in evaluation.decisions[1].matched_rules] == [2]


def test_rules_of_a_table_in_a_knowledge_model_belong_to_the_calling_decision() -> None:
    built = model(
        knowledge_model("grade", [("n", "number")], table(["n"], ["g"], [["< 5", '"low"'], [">= 5", '"high"']])),
        decision("result", literal("[grade(1), grade(9)]"), knowledge=["grade"]),
    )

    evaluation = built.evaluate_with_trace("result", {})

    assert evaluation.value == ["low", "high"]
    assert [rule.index for rule in evaluation.decisions[0].matched_rules] == [1, 2]


def test_warnings_stand_at_the_decision_they_arose_in() -> None:
    built = model(
        decision("first", literal('1 + "a"')),
        decision("second", literal("first = null"), ["!first"]),
    )

    evaluation = built.evaluate_with_trace("second", {})

    assert evaluation.value is True
    assert [len(trace.warnings) > 0 for trace in evaluation.decisions] == [True, False]
    assert evaluation.warnings == evaluation.decisions[0].warnings


def test_evaluating_with_and_without_a_trace_gives_the_same_value() -> None:
    built = model(input_data("x"), decision("result", literal("x * 2"), ["x"]))

    assert built.evaluate("result", {"x": 4}) == built.evaluate_with_trace("result", {"x": 4}).value == 8


def test_a_decision_is_found_by_name_and_by_id() -> None:
    built = model(decision("the result", literal("1")).replace('id="the result"', 'id="d1"'))

    assert built.evaluate("d1", {}) == built.evaluate("the result", {}) == 1


def test_a_decision_without_logic_takes_the_value_given_for_it() -> None:
    built = model(
        decision("by a person", "", type_ref="number"),
        decision("result", literal("by a person + 1"), ["!by a person"]),
    )

    assert built.evaluate("result", {"by a person": 2}) == 3
    assert built.evaluate_with_trace("result", {}).warnings[0].code == "dmn.no-logic"


def test_time_is_given_from_outside() -> None:
    built = model(decision("result", literal("string(today())")))

    assert built.evaluate("result", {}, now=datetime(2024, 2, 29, 12, tzinfo=UTC)) == "2024-02-29"


def test_inputs_are_neither_changed_nor_need_to_be_a_dict() -> None:
    built = model(input_data("x"), decision("result", literal('context put(x, "a", 2)'), ["x"]))
    given = {"x": {"a": 1}}

    assert built.evaluate("result", MappingProxyType(given)) == {"a": 2}
    assert given == {"x": {"a": 1}}


def test_threads_share_a_model() -> None:
    rules = [[f"[{n}..{n + 1})", str(n)] for n in range(50)]
    built = model(input_data("x"), decision("result", table(["x"], ["r"], rules), ["x"]))

    with ThreadPoolExecutor(4) as pool:
        values = list(pool.map(lambda number: built.evaluate("result", {"x": number % 50}), range(200)))

    assert values == [number % 50 for number in range(200)]


def test_warnings_are_not_kept_without_end() -> None:
    loop = f'<for iteratorVariable="x"><in>{literal("[1..900]")}</in><return>{literal("x + null")}</return></for>'

    evaluation = model(decision("result", loop)).evaluate_with_trace("result", {})
    assert len(evaluation.value) == 900
    assert len(evaluation.warnings) == MAX_WARNINGS + 1
    assert evaluation.warnings[-1].code == "dmn.more-warnings"
