"""Files are read safely; everything wrong in them is said at once, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.dmn import DmnLimitExceeded, DmnModelInvalid, DmnNotFound, DmnXmlError, load
from engine.dmn import xml as dmn_xml
from tests.unit.dmn.building import NAMESPACES, decision, definitions, input_data, literal


@pytest.mark.parametrize("version", NAMESPACES)
def test_every_version_from_1_1_to_1_5_is_read(version: str) -> None:
    file = definitions(decision("answer", literal("6 * 7")), version=version)

    assert load(file).evaluate("answer", {}) == 42


def test_a_later_or_foreign_namespace_is_refused() -> None:
    with pytest.raises(DmnXmlError, match=r"DMN 1\.1 至 1\.5"):
        load(b'<definitions xmlns="http://example.org/other" name="a" namespace="b"/>')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_before_any_entity_is_read(encoding: str) -> None:
    text = '<!DOCTYPE d [<!ENTITY a "aaaa">]><definitions>&a;</definitions>'

    with pytest.raises(DmnXmlError, match="DOCTYPE"):
        load(text.encode(encoding))


def test_the_word_doctype_in_text_is_no_doctype() -> None:
    file = definitions(decision("answer", literal('"<!DOCTYPE"')))

    assert load(file).evaluate("answer", {}) == "<!DOCTYPE"


def test_broken_xml_is_reported_with_its_line() -> None:
    with pytest.raises(DmnXmlError) as caught:
        load(b"<definitions>\n<a>\n</definitions>")

    assert caught.value.line == 3


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dmn_xml, "MAX_BYTES", 100)

    with pytest.raises(DmnLimitExceeded):
        load(definitions())


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dmn_xml, "MAX_ELEMENTS", 3)

    with pytest.raises(DmnLimitExceeded):
        load(definitions(*(input_data(f"i{number}") for number in range(3))))


def test_expressions_nested_too_deeply_are_reported() -> None:
    nested = "<list>" * 150 + "</list>" * 150

    with pytest.raises(DmnModelInvalid) as caught:
        load(definitions(decision("deep", nested)))

    assert caught.value.problems[0].code == "dmn.limit"


def test_all_problems_are_reported_at_once_in_document_order() -> None:
    file = definitions(
        decision("a", literal("1"), requires=["missing"]),
        "<decision id='unnamed'/>",
        decision("t", "<decisionTable hitPolicy='SOME'><output/><rule><outputEntry/></rule></decisionTable>"),
        decision("u", "<decisionTable><rule/></decisionTable>"),
    )

    with pytest.raises(DmnModelInvalid) as caught:
        load(file)

    codes = [problem.code for problem in caught.value.problems]
    assert codes == ["dmn.missing-attribute", "dmn.hit-policy", "dmn.no-output"]
    assert all(problem.line for problem in caught.value.problems)


def test_a_reference_to_nothing_names_its_line_and_element() -> None:
    file = definitions(decision("a", literal("1"), requires=["missing"]))

    with pytest.raises(DmnModelInvalid) as caught:
        load(file)

    problem = caught.value.problems[0]
    assert (problem.code, problem.element, problem.line) == ("dmn.reference", "a", 4)


def test_decisions_that_require_each_other_are_refused() -> None:
    file = definitions(
        decision("a", literal("b"), requires=["!b"]),
        decision("b", literal("c"), requires=["!c"]),
        decision("c", literal("a"), requires=["!a"]),
    )

    with pytest.raises(DmnModelInvalid, match="a → b → c → a"):
        load(file)


def test_a_chain_of_a_thousand_decisions_is_no_problem() -> None:
    first = decision("d0", literal("0"))
    chain = [decision(f"d{n}", literal(f"d{n - 1} + 1"), requires=[f"!d{n - 1}"]) for n in range(1, 1000)]

    assert load(definitions(first, *chain)).evaluate("d999", {}) == 999


def test_duplicate_names_are_refused() -> None:
    with pytest.raises(DmnModelInvalid, match="重复"):
        load(definitions(input_data("a"), decision("a", literal("1"))))


def test_types_that_lead_back_to_themselves_are_refused() -> None:
    items = (
        '<itemDefinition name="tA"><typeRef>tB</typeRef></itemDefinition>'
        '<itemDefinition name="tB"><typeRef>tA</typeRef></itemDefinition>'
    )

    with pytest.raises(DmnModelInvalid) as caught:
        load(definitions(items))

    assert {problem.code for problem in caught.value.problems} == {"dmn.type-cycle"}


def test_languages_other_than_feel_are_refused() -> None:
    other = '<literalExpression expressionLanguage="http://www.w3.org/1999/XPath"><text>1</text></literalExpression>'

    with pytest.raises(DmnModelInvalid) as caught:
        load(definitions(decision("a", other)))

    assert caught.value.problems[0].code == "dmn.unsupported-language"


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(DmnNotFound):
        load(tmp_path / "none.dmn")


def test_an_unknown_decision_is_said_to_be_unknown() -> None:
    with pytest.raises(DmnNotFound, match="nothing"):
        load(definitions(decision("a", literal("1")))).evaluate("nothing", {})


def test_a_model_says_what_it_offers_and_needs() -> None:
    model = load(
        definitions(
            input_data("amount", "number"),
            input_data("other"),
            decision("double", literal("amount * 2"), requires=["amount"], type_ref="number"),
            decision("quadruple", literal("double * 2"), requires=["!double"]),
        )
    )

    assert [info.name for info in model.decisions] == ["double", "quadruple"]
    assert [(info.name, info.type) for info in model.input_data] == [("amount", "number"), ("other", None)]
    assert [info.name for info in model.required_inputs("quadruple")] == ["amount"]
