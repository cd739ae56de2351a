"""The output collection of an ad-hoc subprocess (``zeebe:adHoc`` ``outputCollection`` and ``outputElement``)."""

from __future__ import annotations

import pytest

from engine.definitions.problems import Kind
from engine.definitions.reader import read
from engine.execution.rehearsal import RehearsedCase
from tests.unit.execution.diagrams import case, chain, document, el, event, io, process, user

START = event("startEvent", "s")
OUTPUT = '<zeebe:adHoc outputCollection="results" outputElement="=answer"/>'


def ad_hoc(content: str, zeebe: str = OUTPUT, **attributes: str) -> RehearsedCase:
    return case(START + el("adHocSubProcess", "ah", content, zeebe, **attributes) + user("z") + chain("s", "ah", "z"))


def test_results_are_collected_in_order_of_completion() -> None:
    run = ad_hoc(user("a", "b"))
    run.complete_user_task("b", {"answer": 2})
    run.complete_user_task("a", {"answer": 1})
    assert run.variables == {"results": [2, 1]}


def test_an_element_without_a_result_gives_null_not_its_neighbours() -> None:
    run = ad_hoc(user("a", "b"), ordering="Sequential")
    run.complete_user_task("a", {"answer": 1})
    run.complete_user_task("b")
    assert run.variables == {"results": [1, None]}


def test_output_mappings_of_an_inner_element_make_its_result() -> None:
    inner = el("userTask", "a", zeebe=io(("output", "=n * 2", "answer")))
    run = ad_hoc(inner)
    run.complete_user_task("a", {"n": 4})
    assert run.variables["results"] == [8]


def test_an_output_element_that_fails_is_tried_again_and_counted_once() -> None:
    # given
    run = ad_hoc(
        user("a"),
        '<zeebe:adHoc outputCollection="results" outputElement="=if answer = 1 then (function() 1) else answer"/>',
    )
    # when
    run.complete_user_task("a", {"answer": 1})
    assert len(run.watch.incidents) == 1
    (key,) = [key for key, each in run.watch.elements.items() if each.element_id == "a"]
    run.command(lambda machine: machine.variables_set(key, {"answer": 2}))
    run.resolve_incidents()
    # then
    assert run.variables["results"] == [2]


@pytest.mark.parametrize("collects", [True, False])
def test_rows_of_elements_share_no_collection(collects: bool) -> None:
    zeebe = OUTPUT if collects else ""
    inner = el("adHocSubProcess", "ah", user("a", "b") + chain("a", "b"), zeebe)
    file = document(process(START + inner + event("endEvent", "e") + chain("s", "ah", "e")))
    found = [p.code for p in read(file, "f").problems if p.kind is Kind.UNSUPPORTED]
    assert found == (["bpmn.ad-hoc-output-unsupported"] if collects else [])
