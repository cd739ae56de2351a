"""Files checked together: what one lacks of another makes neither invalid."""

from __future__ import annotations

from engine.definitions.content import examine
from engine.definitions.problems import Kind
from tests.unit.definitions.files import around


def findings(files: dict[str, bytes]) -> set[tuple[Kind, str]]:
    return {(each.kind, each.code) for each in examine(files).errors}


def test_a_call_of_a_process_that_is_elsewhere_is_unsupported_and_not_invalid() -> None:
    file = around('<bpmn:callActivity id="x" calledElement="elsewhere"/>')
    assert findings({"a.bpmn": file}) == {(Kind.UNSUPPORTED, "content.process-missing")}


def test_two_files_with_a_process_of_the_same_id_are_both_valid() -> None:
    file = around('<bpmn:task id="x"/>')
    assert findings({"a.bpmn": file, "b.bpmn": file}) == {(Kind.UNSUPPORTED, "content.id-doubled")}


def test_diagrams_may_be_named_as_other_engines_name_them() -> None:
    content = examine({"a.bpmn20.xml": around('<bpmn:task id="x"/>')})
    assert content.errors == []
    assert list(content.diagrams) == ["a.bpmn20.xml"]
