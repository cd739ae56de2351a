"""The runner itself: it reads every kind of value, and says so when a result is not as expected."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.__main__ import main
from tests.conformance.compare import same
from tests.conformance.runner import run_file
from tests.conformance.suite import case_paths, read_cases

MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="http://example.org/m" name="m">
  <inputData name="x" id="x"><variable name="x"/></inputData>
  <decision name="same" id="same"><variable name="same"/>
    <informationRequirement><requiredInput href="#x"/></informationRequirement>
    <literalExpression><text>x</text></literalExpression>
  </decision>
  <decision name="one" id="one"><variable name="one"/><literalExpression><text>1</text></literalExpression></decision>
  <decision name="two" id="two"><variable name="two"/><literalExpression><text>2</text></literalExpression></decision>
  <decisionService name="both" id="both"><outputDecision href="#one"/><outputDecision href="#two"/></decisionService>
</definitions>"""


def suite(folder: Path, cases: str) -> Path:
    """A suite of one model and the given cases."""
    inner = folder / "level" / "0001-example"
    inner.mkdir(parents=True)
    (inner / "m.dmn").write_text(MODEL, encoding="utf-8")
    (inner / "m-test.xml").write_text(
        '<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<modelName>m.dmn</modelName>{cases}</testCases>",
        encoding="utf-8",
    )
    return folder


def case(result: str, more: str = "", expected: str = "", attributes: str = "") -> str:
    """A test case."""
    return (
        f'<testCase id="1" {attributes}>{more}<resultNode name="{result}">'
        f"<expected>{expected}</expected></resultNode></testCase>"
    )


def value(kind: str, text: str) -> str:
    return f'<value xsi:type="xsd:{kind}">{text}</value>'


VALUES = [
    value("decimal", "1.5"),
    value("double", "1.0E3"),
    value("string", " a "),
    value("boolean", "true"),
    value("date", "2024-02-29"),
    value("time", "10:00:00+02:00"),
    value("dateTime", "2024-02-29T10:00:00Z"),
    value("duration", "P1DT2H"),
    value("duration", "P1Y2M"),
    '<value xsi:nil="true"/>',
    f"<list><item>{value('decimal', '1')}</item><item><value>text</value></item></list>",
    "<list/>",
    '<list xsi:nil="true"/>',
    f'<component name="a">{value("decimal", "1")}</component><component name="b"><list/></component>',
]


@pytest.mark.parametrize("written", VALUES)
def test_every_kind_of_value_is_read(tmp_path: Path, written: str) -> None:
    path = case_paths(suite(tmp_path, case("same", f'<inputNode name="x">{written}</inputNode>', written)))[0]

    tally = run_file(read_cases(path))
    assert (tally.failures, tally.counts["results passed"]) == ([], 1)


@pytest.mark.parametrize("written", [value("decimal", "2"), value("string", "1"), '<value xsi:nil="true"/>', "<list/>"])
def test_a_result_that_is_not_as_expected_is_a_failure(tmp_path: Path, written: str) -> None:
    tally = run_file(read_cases(case_paths(suite(tmp_path, case("one", "", written)))[0]))

    assert [failure.key for failure in tally.failures] == [("0001-example", "m-test.xml", "1", "one")]
    assert tally.counts["cases passed"] == 0


def test_results_of_a_service_with_several_outputs_are_found_by_their_names(tmp_path: Path) -> None:
    attributes = 'type="decisionService" invocableName="both"'
    cases = case("one", "", value("decimal", "1"), attributes) + case("two", "", value("decimal", "2"), attributes)

    assert run_file(read_cases(case_paths(suite(tmp_path, cases))[0])).failures == []


def test_the_command_prints_the_table_and_fails_on_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = suite(tmp_path, case("one", "", value("decimal", "1")) + case("two", "", value("decimal", "1")))
    monkeypatch.setattr("sys.argv", ["conformance", str(folder)])

    assert main() == 1
    printed = capsys.readouterr().out
    assert "0001-example" in printed
    assert "1/2" in printed
    assert "FAILED 0001-example/m-test.xml/1/two" in printed


@pytest.mark.parametrize(
    ("actual", "expected", "equal"),
    [
        (Decimal("1.000000001"), Decimal(1), True),
        (Decimal("1.0000001"), Decimal(1), False),
        (True, Decimal(1), False),
        (None, False, False),
        ([Decimal(1)], [Decimal(1), None], False),
        ({"a": None}, {"a": None}, True),
        ({"a": None}, {}, False),
        ("1", Decimal(1), False),
    ],
)
def test_values_are_compared_exactly_save_for_the_last_digits_of_numbers(
    actual: Any, expected: Any, equal: bool
) -> None:
    assert same(actual, expected) is equal
