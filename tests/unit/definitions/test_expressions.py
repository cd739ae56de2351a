"""Expressions: FEEL is checked when a file is read; other languages are told apart from broken FEEL."""

# ruff: noqa: E501 (XML reads better unbroken)
from __future__ import annotations

import pytest

from engine.definitions.problems import Kind, Problem
from tests.unit.definitions.files import chain, flow, process, reading


def problem_of(condition: str, *, zeebe: bool = False, attributes: str = "") -> Problem | None:
    """Return the finding about one condition, if any."""
    written = f'\n<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression"{attributes}>{condition}</bpmn:conditionExpression>'
    xml = process(
        '<bpmn:startEvent id="start"/><bpmn:exclusiveGateway id="g" default="g_end"/><bpmn:task id="y"/>'
        f'<bpmn:endEvent id="end"/>{chain("start", "g", "end")}{flow("g", "y", written)}{flow("y", "end")}',
        zeebe=zeebe,
    )
    found = reading(xml).problems
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    "condition", ["=金额 &gt;= 50000", "金额 &gt;= 50000", '= 类别 = "工程"', "<![CDATA[ a < 1 ]]>"]
)
def test_feel_is_accepted_with_or_without_its_mark(condition: str) -> None:
    assert problem_of(condition) is None


def test_broken_feel_is_invalid_with_line_element_and_reason() -> None:
    problem = problem_of("=金额 &gt;= (")
    assert problem is not None
    assert (problem.kind, problem.code, problem.place.element, problem.place.line) == (
        Kind.INVALID,
        "feel.syntax",
        "g_y",
        7,
    )
    assert "金额 >= (" in problem.message


def test_broken_feel_without_mark_is_invalid_where_the_file_is_camunda_8s() -> None:
    problem = problem_of("a &gt;= (", zeebe=True)
    assert problem is not None
    assert (problem.kind, problem.code) == (Kind.INVALID, "feel.syntax")


@pytest.mark.parametrize(
    ("condition", "attributes", "code"),
    [
        ("${a &gt; 1}", "", "bpmn.expression-foreign"),
        ("a &amp;&amp; b;", "", "bpmn.expression-not-feel"),
        ("a == 1", ' language="http://www.java.com/java"', "bpmn.expression-language-unsupported"),
    ],
)
def test_other_languages_are_legal_but_not_executed(condition: str, attributes: str, code: str) -> None:
    problem = problem_of(condition, attributes=attributes)
    assert problem is not None
    assert (problem.kind, problem.code) == (Kind.UNSUPPORTED, code)
