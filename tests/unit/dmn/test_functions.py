"""Knowledge models, boxed functions and invocations, external functions, recursion."""

from __future__ import annotations

import pytest

from engine.dmn import DmnLimitExceeded, Evaluation, Model, check
from tests.unit.dmn.building import context, decision, formal, input_data, knowledge_model, literal, model, table


def result_of(built: Model) -> Evaluation:
    return built.evaluate_with_trace("result", {})


def test_a_knowledge_model_is_a_function_by_position_and_by_name() -> None:
    built = model(
        knowledge_model("the sum", [("left side", "number"), ("b", "number")], literal("left side - b")),
        decision("result", literal("[the sum(3, 1), the sum(b: 3, left side: 1)]"), knowledge=["the sum"]),
    )

    assert built.evaluate("result", {}) == [2, -2]


def test_arguments_are_made_to_fit_or_the_invocation_is_null() -> None:
    built = model(
        knowledge_model("f", [("a", "number")], literal("if a = null then 0 else a")),
        decision("result", literal('[f([7]), f("x"), f(null)]'), knowledge=["f"]),
    )

    evaluation = result_of(built)
    assert evaluation.value == [7, None, 0]
    assert evaluation.warnings


def test_the_result_is_made_to_fit_the_type_of_the_knowledge_model() -> None:
    built = model(
        knowledge_model("f", [("a", None)], literal("a"), type_ref="number"),
        decision("result", literal('[f("x"), f(1)]'), knowledge=["f"]),
    )

    assert built.evaluate("result", {}) == [None, 1]


def test_knowledge_models_call_those_they_require_and_themselves() -> None:
    built = model(
        knowledge_model("one", [], literal("1")),
        knowledge_model("fact", [("n", "number")], literal("if n <= one() then one() else n * fact(n - 1)"), ["one"]),
        decision("result", literal("fact(5)"), knowledge=["fact"]),
    )

    assert built.evaluate("result", {}) == 120


def test_a_knowledge_model_does_not_see_the_variables_of_its_caller() -> None:
    built = model(
        knowledge_model("f", [], literal("x")),
        decision("result", context(("x", literal("1")), (None, literal("f()"))), knowledge=["f"]),
    )

    assert built.evaluate("result", {}) is None


def test_endless_recursion_is_a_declared_error() -> None:
    built = model(
        knowledge_model("f", [("n", None)], literal("f(n + 1)")),
        decision("result", literal("f(1)"), knowledge=["f"]),
    )

    with pytest.raises(DmnLimitExceeded):
        built.evaluate("result", {})


def test_a_boxed_function_is_a_closure_and_may_call_itself() -> None:
    text = literal("if n = 0 then k else f(n - 1)")
    body = f"<functionDefinition>{formal([('n', 'number')])}{text}</functionDefinition>"
    built = model(decision("result", context(("k", literal("9")), ("f", body), (None, literal("f(3)")))))

    assert built.evaluate("result", {}) == 9


def test_functions_return_functions() -> None:
    inner = f"<functionDefinition>{formal([('b', None)])}{literal('a * b')}</functionDefinition>"
    built = model(
        knowledge_model("times", [("a", None)], inner),
        decision("result", literal("times(6)(7)"), knowledge=["times"]),
    )

    assert built.evaluate("result", {}) == 42


def invocation(function: str, *bindings: tuple[str, str]) -> str:
    written = "".join(f'<binding><parameter name="{name}"/>{literal(text)}</binding>' for name, text in bindings)
    return f"<invocation>{literal(function)}{written}</invocation>"


def test_an_invocation_binds_parameters_by_name() -> None:
    built = model(
        input_data("y"),
        knowledge_model("minus", [("first one", None), ("b", None)], literal("first one - b")),
        decision("result", invocation("minus", ("b", "y"), ("first one", "y * 3")), ["y"], knowledge=["minus"]),
    )

    assert built.evaluate("result", {"y": 5}) == 10


def test_an_invocation_of_a_built_in_function_a_path_and_a_definition() -> None:
    assert result_of(model(decision("result", invocation("sum", ("list", "[1, 2]"))))).value == 3
    library = context(("lib", literal("{double: function(a) a * 2}")), (None, invocation("lib.double", ("a", "4"))))
    assert result_of(model(decision("result", library))).value == 8
    assert result_of(model(decision("result", invocation("function(a) a + 1", ("a", "1"))))).value == 2


def test_an_invocation_of_nothing_is_null_with_a_warning() -> None:
    evaluation = result_of(model(decision("result", invocation("nothing", ("a", "1")))))

    assert evaluation.value is None
    assert evaluation.warnings


def java(owner: str, signature: str, *parameters: str) -> str:
    mapping = context(("class", literal(f'"{owner}"')), ("method signature", literal(f'"{signature}"')))
    names = formal([(name, None) for name in parameters])
    return f'<functionDefinition kind="Java">{names}{mapping}</functionDefinition>'


@pytest.mark.parametrize(
    ("owner", "signature", "call", "expected"),
    [
        ("java.lang.Math", "max(double, double)", "f(2, 3)", 3),
        ("java.lang.Math", "max(int,int)", "f(2.5, 3)", None),
        ("java.lang.Math", "max(java.lang.String, java.lang.String)", 'f("a", "b")', None),
        ("java.lang.Math", "foo(double)", "f(1)", None),
        ("java.lang.Foo", "max(double,double)", "f(1, 2)", None),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", 'f("a %s", "b")', "a b"),
    ],
)
def test_java_functions_have_pure_equivalents_or_are_null(
    owner: str, signature: str, call: str, expected: object
) -> None:
    built = model(decision("result", context(("f", java(owner, signature, "p", "q")), (None, literal(call)))))

    assert built.evaluate("result", {}) == expected


def test_pmml_is_null_with_a_warning_that_says_so() -> None:
    pmml = f'<functionDefinition kind="PMML">{context(("document", literal("1")))}</functionDefinition>'
    evaluation = result_of(model(decision("result", context(("f", pmml), (None, literal("f"))))))

    assert evaluation.value is None
    assert [warning.code for warning in evaluation.warnings] == ["dmn.external"]


def test_functions_given_by_the_caller_are_called_from_tables_and_expressions() -> None:
    built = model(decision("result", literal("twice(21)")))

    assert built.evaluate("result", {}, functions={"twice": lambda number: number * 2}) == 42


def test_a_knowledge_model_can_be_evaluated_with_named_inputs() -> None:
    built = model(knowledge_model("f", [("the a", "number"), ("b", None)], literal("the a + b")))

    assert built.evaluate("f", {"the a": 1, "b": 2}) == 3


def test_a_table_as_knowledge_model_without_parameters_takes_its_input_expressions_as_parameters() -> None:
    grades = table(["the score", "b"], ["g"], [["< 5", "-", '"low"'], [">= 5", "-", "b"]])
    built = model(
        knowledge_model("grade", [], grades),
        decision("result", literal('[grade(1, "x"), grade(b: "y", the score: 9)]'), knowledge=["grade"]),
        decision("boxed", invocation("grade", ("the score", "9"), ("b", '"z"')), knowledge=["grade"]),
    )

    assert built.evaluate("result", {}) == ["low", "y"]
    assert built.evaluate("boxed", {}) == "z"
    assert check(built) == []
