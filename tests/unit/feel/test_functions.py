"""Function definitions, invocations, types and functions given by the caller."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import FeelDomainError, FeelLimitExceeded, FeelSyntaxError, compile_expression, evaluate
from engine.feel.builtins.library import BUILTINS
from engine.feel.builtins.names import BUILTIN_NAMES
from engine.feel.errors import Warning_
from engine.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    NULL,
    NUMBER,
    STRING,
    ContextType,
    FunctionType,
    ListType,
    coerce,
    conforms,
    parse_type,
    type_of,
)
from engine.feel.values import Function

from .support import feel, warnings_of


@pytest.mark.parametrize(
    "text",
    [
        "(function(a, b) a - b)(5, 3) = 2",
        "(function(a, b) a - b)(b: 3, a: 5) = 2",
        "(function(a, b) b)(a: 1) = null",
        "(function(a) a)(1, 2) = null",
        "(function(a) a)(c: 1) = null",
        "(function(a: number) a)([5]) = 5",
        '(function(a: number) a)("x") = null',
        "(function(a: number) a = null)(null)",
        "(function(a: list<number>) a)(5) = [5]",
        "(function(a: list<list<number>>) a)([5, 6]) = [[5, 6]]",
        "(function(a: list<number>) a)([[5, 6]]) = [5, 6]",
        "{f: function(n) if n = 0 then 1 else n * n, r: f(3)}.r = 9",
        "(function(a) function(b) a + b)(1)(2) = 3",
        "{fact: function(n) if n = 0 then 1 else n * fact(n - 1), r: fact(20)}.r = 2432902008176640000",
        "-(function(a) a)(10) = -10",
        "[1, 2][(function(x) x > 1)(item)] = [2]",
        "(function() 5)() = 5",
        "{f: abs, r: f(-3)}.r = 3",
        "{f: sum, r: f(1, 2) + f([3])}.r = 6",
        "null() = null",
        '"abs"(-1) = null',
        "{abs: function(x) 7, r: abs(-1)}.r = 7",
        "abs(n: -1) = 1 and abs(m: -1) = null",
        "(function(x: tUnknown) x)(1) = null",
    ],
)
def test_invocation_holds(text: str) -> None:
    assert feel(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "5 instance of number",
        '"a" instance of string',
        "not(5 instance of string)",
        "null instance of Null",
        "not(null instance of Any)",
        "not(null instance of number)",
        "5 instance of Any",
        "[1, 2] instance of list<number>",
        "[] instance of list<string>",
        "[1, null] instance of list<number>",
        'not([1, "a"] instance of list<number>)',
        '[1, "a"] instance of list<Any>',
        "(5 instance of list) = null",
        "({} instance of context) = null",
        "(5 instance of tUnknown) = null",
        '{a: 1, b: "x"} instance of context<a: number>',
        "not({a: 1} instance of context<a: number, b: string>)",
        "[1..2] instance of range<number>",
        '(>= @"2024-01-01") instance of range<date>',
        "not([1..2] instance of range<string>)",
        "(function(a: number, b: number) a + b) instance of function<number, number> -> number",
        '(function(a: Any) "x") instance of function<number> -> string',
        'not((function(a: number) "x") instance of function<number> -> number)',
        "not((function(a: number) a) instance of function<Any> -> number)",
        "abs instance of function<number> -> number",
        '@"P1D" instance of days and time duration',
        '@"P1M" instance of years and months duration',
        '@"2024-01-01T00:00:00" instance of date and time',
        "-5 instance of number",
        "(1 + 2 instance of number) = null",
    ],
)
def test_instance_of_holds(text: str) -> None:
    assert feel(text) is True


def test_types_conform_by_the_lattice() -> None:
    assert conforms(NULL, NUMBER)
    assert conforms(NUMBER, ANY)
    assert not conforms(DATE, DATE_TIME)
    assert conforms(ListType(NUMBER), ListType(ANY))
    wide, narrow = ContextType((("a", NUMBER), ("b", STRING))), ContextType((("a", NUMBER),))
    assert conforms(wide, narrow)
    assert not conforms(narrow, wide)
    assert conforms(FunctionType((ANY,), NUMBER), FunctionType((NUMBER,), ANY))


def test_values_are_coerced_to_a_type() -> None:
    assert coerce([Decimal(1)], NUMBER) == Decimal(1)
    assert coerce(Decimal(1), ListType(NUMBER)) == [Decimal(1)]
    assert coerce("1", NUMBER) is None
    assert coerce([Decimal(1), "a"], ListType(NUMBER)) is None
    assert str(type_of(feel('@"2024-01-01"'))) == "date"
    assert feel("string(x)", {"x": coerce(feel('@"2024-01-01"'), DATE_TIME)}) == "2024-01-01T00:00:00Z"


def test_types_are_read_from_text() -> None:
    own = ContextType((("n", NUMBER),))
    assert parse_type("list<context<a b: number, c: string>>") == ListType(
        ContextType((("a b", NUMBER), ("c", STRING)))
    )
    assert parse_type("function<number> -> boolean") == FunctionType((NUMBER,), BOOLEAN)
    assert parse_type("t Loan", {"t Loan": own}) == own
    assert parse_type("tUnknown") is None
    with pytest.raises(FeelSyntaxError):
        parse_type("list<")
    expression = compile_expression("{n: 1} instance of tLoan", types={"tLoan": own})
    assert expression.evaluate({}) is True


def test_given_functions_are_called_with_feel_values() -> None:
    def twice_of(the_number: Decimal, times: Decimal = Decimal(2)) -> Decimal:
        return the_number * times

    functions = {"twice of": twice_of}
    expression = compile_expression("twice of(4) + twice of(the number: 1, times: 3)", names=["twice of"])
    assert expression.evaluate({}, functions=functions) == 11
    assert evaluate("twice of()", {}, functions=functions) is None
    assert compile_expression("abs(-1)").evaluate({}, functions={"abs": lambda n: "mine"}) == "mine"


def test_classes_in_a_context_are_no_functions() -> None:
    assert feel("f(1)", {"f": str}) is None


def test_callables_without_a_hash_are_taken() -> None:
    class Adder:
        __hash__ = None  # type: ignore[assignment]

        def __call__(self, x: Decimal) -> Decimal:
            return x + 1

    assert feel("f(1)", {"f": Adder()}) == 2


def test_a_function_may_refuse_its_arguments() -> None:
    def refuse(value: object) -> object:
        raise FeelDomainError("不行")

    warnings: list[Warning_] = []
    assert compile_expression("f(1)").evaluate({}, functions={"f": refuse}, warnings=warnings) is None
    assert "不行" in str(warnings[0])


def test_external_functions_are_null_unless_mapped() -> None:
    text = '{cos: function(x) external {java: {class: "java.lang.Math", method signature: "cos(double)"}}, r: cos(0)}.r'
    assert feel(text) is None
    assert [warning.code for warning in warnings_of(text)] == ["feel.external"]
    mapped = {"java.lang.Math.cos(double)": lambda x: 1}
    assert compile_expression(text).evaluate({}, functions=mapped) == 1


def test_functions_can_be_called_from_python_after_their_evaluation() -> None:
    function = feel("function(x) x + a", {"a": 1})
    assert isinstance(function, Function)
    assert function(Decimal(2)) == 3
    assert feel("f(5)", {"f": function}) == 6


def test_endless_recursion_hits_a_limit() -> None:
    with pytest.raises(FeelLimitExceeded):
        feel("{y: function(f) f(f), r: y(y)}.r")


def test_an_unknown_name_is_said_with_the_one_meant() -> None:
    assert "是不是「申请金额」" in str(warnings_of("申请金领 > 5", {"申请金额": 1})[0])
    assert "是不是「string length」" in str(warnings_of('strin length("a")')[0])


def test_the_parser_knows_every_builtin() -> None:
    assert BUILTINS.keys() == BUILTIN_NAMES


def test_wrong_arguments_are_said() -> None:
    messages = [str(warning) for warning in warnings_of("substring(1, 2)")]
    assert messages == ["第1行第10列：substring：参数「string」应为字符串"]
    assert "round up(n, scale)" in str(warnings_of("round up(1)")[0])
