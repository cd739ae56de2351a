"""Files of strangers: nothing outside is touched, nothing grows without bound, nothing raises."""

# ruff: noqa: E501 (XML reads better unbroken)
from __future__ import annotations

from pathlib import Path

import pytest

from engine.definitions.problems import Kind
from tests.unit.definitions.files import definitions, process, reading

BOMB = b"""<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" name="&f;">&f;</definitions>"""


def test_an_entity_bomb_is_refused_for_its_doctype() -> None:
    found = reading(BOMB)
    assert found.model is None
    assert [problem.code for problem in found.problems] == ["xml.doctype"]


def test_an_external_entity_is_refused_and_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not tell")
    xml = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'.encode()
    found = reading(xml)
    assert [problem.code for problem in found.problems] == ["xml.doctype"]
    assert "do not tell" not in str(found)


def test_the_word_doctype_in_a_text_is_harmless() -> None:
    xml = process('<bpmn:documentation><![CDATA[<!DOCTYPE html>]]></bpmn:documentation><bpmn:task id="x"/>')
    assert "xml.doctype" not in {problem.code for problem in reading(xml).problems}


@pytest.mark.parametrize(
    ("xml", "code", "line"),
    [
        (b"", "xml.malformed", 1),
        (b"plain text", "xml.malformed", 1),
        (b"<a>\n<b>\n</a>", "xml.malformed", 3),
        (b"\xff\xfe\x00", "xml.malformed", 1),
        (b"<a/>", "bpmn.not-bpmn", 1),
        (b" " * 5_000_001, "xml.too-large", None),
        (definitions("<bpmn:documentation/>" * 50_001), "xml.too-many-elements", 6),
        (b"<a>" * 150 + b"</a>" * 150, "xml.too-deep", 1),
    ],
    ids=["empty", "no XML", "unbalanced", "bytes", "other XML", "large", "many", "deep"],
)
def test_what_cannot_be_read_is_one_invalid_problem_with_its_line(xml: bytes, code: str, line: int | None) -> None:
    found = reading(xml)
    assert found.model is None
    assert [(p.code, p.place.line, p.kind) for p in found.problems] == [(code, line, Kind.INVALID)]


def test_deep_nesting_within_the_limit_does_not_exhaust_the_stack() -> None:
    depth = 90
    opening = "".join(f'<bpmn:subProcess id="s{i}">' for i in range(depth))
    assert reading(process(opening + "</bpmn:subProcess>" * depth)).model is not None


def test_other_encodings_are_read() -> None:
    text = process('<bpmn:task id="x" name="受理"/>').decode().replace("UTF-8", "GB18030")
    model = reading(text.encode("gb18030")).model
    assert model is not None
    assert model.processes[0].body.nodes["x"].name == "受理"


def test_findings_are_sorted_by_line_and_told_at_once() -> None:
    xml = process(
        '<bpmn:endEvent id="e"/>\n<bpmn:task id="t"/>\n<bpmn:callActivity id="c"/>\n<bpmn:boundaryEvent id="b"/>'
    )
    lines = [problem.place.line or 0 for problem in reading(xml).problems]
    assert lines == sorted(lines)
    assert len(set(lines)) > 2
