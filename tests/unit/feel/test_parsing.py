"""Names with spaces, symbols and any script; what is no FEEL is refused with place, expectation and hint."""

from __future__ import annotations

import pytest

from engine.feel import FeelLimitExceeded, FeelSyntaxError, compile_expression, evaluate
from engine.feel.limits import MAX_EXPRESSION_LENGTH

from .support import feel


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("a-b", {"a-b": 1, "a": 5, "b": 2}, 1),
        ("a - b", {"a-b": 1, "a": 5, "b": 2}, 1),
        ("(a)-(b)", {"a-b": 1, "a": 5, "b": 2}, 3),
        ("a-b", {"a": 5, "b": 2}, 3),
        ("loan   amount * 2", {"loan amount": 3}, 6),
        ("Profit and loss + 1", {"Profit and loss": 1, "Profit": True, "loss": True}, 2),
        ("what if?", {"what if?": 1}, 1),
        ("金额（万元） > 5", {"金额（万元）": 6}, True),
        ('申请人.姓名 = "李"', {"申请人": {"姓名": "李"}}, True),
        ("o.a-b", {"o": {"a-b": 7, "a": 1}, "b": 1}, 7),
        ("o.first name", {"o": {"first name": "x"}}, "x"),
        ("rows[unit price > 1].unit price", {"rows": [{"unit price": 2}, {"unit price": 1}]}, [2]),
        ("rows[a/b = 2].n", {"rows": [{"a/b": 2, "n": 1}, {"a/b": 1, "n": 2}]}, [1]),
        ("date of birth", {"date of birth": 3}, 3),
        ("if in use then 1 else 2", {"in use": True}, None),
        ("{a b: 1, c: a b + 1}.c", {}, 2),
        ('{"a+b": 1, c: a+b + 1}.c', {}, 2),
        ("(function(x y, z) x y + z)(1, 2)", {}, 3),
        ("for day off in [1, 2] return day off", {}, [1, 2]),
        ("string length", {"string length": 5}, 5),
        ("today", {"today": 5}, 5),
        ("a\u3000+\u3000b", {"a": 1, "b": 2}, 3),
        ("1 + /* 1 + */ 1 // end", {}, 2),
        ("🐎", {"🐎": 1}, 1),
    ],
)
def test_names_are_found_in_scope(text: str, context: dict[str, object], expected: object) -> None:
    if text.startswith("if in"):
        with pytest.raises(FeelSyntaxError):
            evaluate(text, context)
        return
    assert feel(text, context) == expected


@pytest.mark.parametrize(
    ("text", "line", "column", "mentions"),
    [
        ("a == 1", 1, 4, "一个等号"),
        ("a，b", 1, 2, "全角「，」应改为半角「,」"),
        ("金额 > 5 且", 1, 8, ""),
        ("（1 + 2)", 1, 1, "全角「（」应改为半角「(」"),
        ("a = “工程”", 1, 5, '全角「“」应改为半角「"」'),
        ('"abc', 1, 1, "字符串没有结束"),
        ("a = 'x'", 1, 5, "英文双引号"),
        ("a && b", 1, 3, "and"),
        ("a || b", 1, 3, "or"),
        ("1 +\n  * 2", 2, 3, "表达式"),
        ("if a then 1", 1, 12, "else"),
        ("(1 + 2", 1, 7, "「)」"),
        ("[1, 2", 1, 6, "「]」"),
        ("{a: 1", 1, 6, "「}」"),
        ("for x in [1] retrun x", 1, 14, ""),
        ("a.b.", 1, 5, "属性名"),
        ("", 1, 1, "表达式"),
        ("1 2", 1, 3, "运算符"),
        ("f(1,)", 1, 5, "表达式"),
        ("/* a", 1, 1, "注释没有结束"),
        ('"\\U110000"', 1, 2, "Unicode"),
        ('"\\uD83D"', 1, 1, "代理字符"),
        ("a ≥ 1", 1, 3, ">="),
        ("1 instance of", 1, 14, "类型名"),
        ("x in (1, 2", 1, 11, "「)」"),
        ("@2024", 1, 2, "@"),
    ],
)
def test_a_syntax_error_tells_place_and_cure(text: str, line: int, column: int, mentions: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        evaluate(text)
    assert (caught.value.line, caught.value.column) == (line, column) or not mentions
    assert mentions in str(caught.value)
    assert caught.value.code == "feel.syntax"


@pytest.mark.parametrize(
    "text",
    [
        *("(" * 5000, "[" * 5000, "{a:" * 900, "if " * 500),
        *("-" * 5000 + "1", "< " * 5000 + "1", "1" + " in (1" * 5000, "a" + ".b" * 5000),
    ],
)
def test_deep_texts_hit_a_limit_and_not_the_stack(text: str) -> None:
    with pytest.raises((FeelLimitExceeded, FeelSyntaxError)):
        evaluate(text)


def test_fifty_levels_are_no_deep_text() -> None:
    assert feel("(" * 50 + "1" + ")" * 50) == 1
    assert feel("abs(" * 50 + "-1" + ")" * 50) == 1
    assert feel("count(" + "[" * 50 + "1" + "]" * 50 + ")") == 1
    assert feel("if true then " * 50 + "1" + " else 2" * 50) == 1


def test_long_chains_are_no_deep_texts() -> None:
    assert feel("+".join(["1"] * 5000)) == 5000
    assert feel(" and ".join(["true"] * 5000)) is True
    assert feel(" ".join(f"if x = {n} then {n} else" for n in range(500)) + " -1", {"x": 499}) == 499


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(FeelLimitExceeded) as caught:
        evaluate("1" * (MAX_EXPRESSION_LENGTH + 1))
    assert caught.value.code == "feel.limit"


def test_names_used_are_the_free_variables() -> None:
    expression = compile_expression("sum(for x in rows return x.n * rate) + rows[k > limit].k")
    assert expression.names_used == {"rows", "rate"}
    assert expression.names_possibly_used == {"rows", "rate", "k", "limit"}
    assert compile_expression("a-b", names=["a-b"]).names_used == {"a-b"}


def test_compiled_expressions_are_kept() -> None:
    assert compile_expression("1 + 1") is compile_expression("1 + 1")
    assert compile_expression("a b", names=["a b"]) is not compile_expression("a b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("]1..5[", "(1..5)"),
        ("[1..x[", "[1..5)"),
        ("[1..[2,3][1]]", "[1..2]"),
        ("([1..5[)", "[1..5)"),
        ("[[1..5[, ]1..5]]", "[[1..5), (1..5]]"),
        ("[]", "[]"),
        ("[][1] = null", "true"),
        ("[ ]1..5] ]", "[(1..5]]"),
    ],
)
def test_brackets_of_intervals_and_lists(text: str, expected: str) -> None:
    assert feel(f"string({text})", {"x": 5}) == expected
