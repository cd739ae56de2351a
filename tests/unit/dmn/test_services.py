"""Decision services: as functions with positional and named arguments, and evaluated directly."""

from __future__ import annotations

from engine.dmn import Model
from tests.unit.dmn.building import decision, input_data, literal, model, service


def scoring(**options: str) -> Model:
    return model(
        input_data("age", "number"),
        input_data("income", "number"),
        decision("base", literal("age * 10"), ["age"], "number"),
        decision("score", literal("base + income"), ["!base", "income"], "number"),
        decision("grade", literal('if score > 100 then "A" else "B"'), ["!score"], "string"),
        service("full", outputDecision=["grade"], encapsulatedDecision=["score", "base"], inputData=["age", "income"]),
        service("partial", outputDecision=["score"], inputDecision=["base"], inputData=["income"]),
        service("both", outputDecision=["score", "grade"], inputDecision=["base"], inputData=["income"]),
        service("typed", "number", outputDecision=["grade"], inputData=["age", "income"]),
        decision("by position", literal("full(5, 60)"), knowledge=["full"]),
        decision("by name", literal("partial(base: 1, income: 2)"), knowledge=["partial"]),
        decision("data before decisions", literal("partial(100, 1)"), knowledge=["partial"]),
        decision("left out", literal("partial(base: 1)"), knowledge=["partial"]),
        decision("several", literal("both(1, 2)"), knowledge=["both"]),
        decision("wrong", literal('full("x", 60)'), knowledge=["full"]),
        decision("too few", literal("full(5)"), knowledge=["full"]),
        decision("unfit", literal("typed(1, 1)"), knowledge=["typed"]),
        decision("single", literal("full([5], [60])"), knowledge=["full"]),
        **options,
    )


def test_a_service_is_a_function_of_its_input_data_then_its_input_decisions() -> None:
    built = scoring()

    assert built.evaluate("by position", {}) == "A"
    assert built.evaluate("by name", {}) == 3
    assert built.evaluate("data before decisions", {}) == 101
    assert built.evaluate("single", {}) == "A"


def test_arguments_left_out_by_name_are_null_and_by_position_an_error() -> None:
    built = scoring()

    assert built.evaluate("left out", {}) is None
    assert built.evaluate("too few", {}) is None


def test_several_output_decisions_make_a_context() -> None:
    assert scoring().evaluate("several", {}) == {"score": 3, "grade": "B"}


def test_arguments_and_results_must_fit_their_types() -> None:
    built = scoring()

    wrong = built.evaluate_with_trace("wrong", {})
    unfit = built.evaluate_with_trace("unfit", {})
    assert (wrong.value, unfit.value) == (None, None)
    assert wrong.warnings
    assert "dmn.type" in {warning.code for warning in unfit.warnings}


def test_a_service_is_evaluated_directly_with_its_inputs_by_name() -> None:
    built = scoring()

    assert built.evaluate("full", {"age": 5, "income": 60}) == "A"
    assert built.evaluate("partial", {"base": 1, "income": 2}) == 3
    assert built.evaluate("both", {"base": 1, "income": 2, "age": 1000}) == {"score": 3, "grade": "B"}


def test_an_input_decision_is_given_not_computed() -> None:
    evaluation = scoring().evaluate_with_trace("partial", {"age": 5, "income": 2})

    assert evaluation.value is None
    assert "dmn.no-logic" in {warning.code for warning in evaluation.warnings}
    assert [trace.name for trace in evaluation.decisions] == ["score"]


def test_a_service_invoked_twice_keeps_its_calls_apart() -> None:
    built = model(
        input_data("n", "number"),
        decision("double", literal("n * 2"), ["n"]),
        service("twice", outputDecision=["double"], inputData=["n"]),
        decision("result", literal("[twice(1), twice(2), double]"), ["!double"], knowledge=["twice"]),
    )

    assert built.evaluate("result", {"n": 10}) == [2, 4, 20]


def test_what_the_caller_of_a_service_knows_is_not_known_inside() -> None:
    built = model(
        input_data("n", "number"),
        input_data("m", "number"),
        decision("sum", literal("if m = null then n else n + m"), ["n", "m"]),
        service("only n", outputDecision=["sum"], inputData=["n"]),
        decision("result", literal("only n(1)"), ["m"], knowledge=["only n"]),
    )

    assert built.evaluate("result", {"m": 10}) == 1


def test_services_without_parameters_and_services_that_call_services() -> None:
    built = model(
        decision("one", literal("1")),
        service("first", outputDecision=["one"]),
        decision("two", literal("first() + 1"), knowledge=["first"]),
        service("second", outputDecision=["two"]),
        decision("result", literal("second() + 1"), knowledge=["second"]),
    )

    assert built.evaluate("result", {}) == 3


def test_a_model_lists_its_services_with_inputs_and_outputs() -> None:
    services = {info.name: info for info in scoring().decision_services}

    assert services["both"].inputs == ("income", "base")
    assert services["both"].outputs == ("score", "grade")
    assert [info.name for info in scoring().required_inputs("partial")] == ["income", "base"]
