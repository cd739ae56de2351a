"""The colour of a step repeats its origin, and never overrides a colour chosen by hand."""

from __future__ import annotations

import pytest

from engine.layout import layout, to_svg
from engine.layout.colouring import FILLS
from engine.layout.document import parse
from engine.layout.svg import colours
from tests.unit.layout.samples import document, process

ORIGIN = (
    '<bpmn:userTask id="t" name="核稿"><bpmn:extensionElements>'
    '<zeebe:properties xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">'
    '<zeebe:property name="origin" value="{origin}"/></zeebe:properties></bpmn:extensionElements></bpmn:userTask>'
)


def drawn(origin: str) -> bytes:
    return layout(document(process(["start a 收到"], ["a t"], extra=ORIGIN.format(origin=origin))))


def fill(xml: bytes, element: str) -> str | None:
    found = colours(parse(xml)).get(element)
    return found[0] if found else None


@pytest.mark.parametrize(("origin", "expected"), [("种子", None), ("法律", FILLS["法律"]), ("平台", FILLS["平台"])])
def test_should_colour_step_by_its_origin(origin: str, expected: str | None) -> None:
    xml = drawn(origin)
    assert fill(xml, "t") == expected
    assert fill(xml, "a") is None
    assert (expected or "none-of-them") in to_svg(xml) or expected is None


def test_should_tell_origin_by_prefix_of_id_where_property_is_missing() -> None:
    xml = layout(document(process(["do l_tingzheng 听证", "do s01_nigao 拟稿"], ["s01_nigao l_tingzheng"])))
    assert (fill(xml, "l_tingzheng"), fill(xml, "s01_nigao")) == (FILLS["法律"], None)


def test_should_follow_a_changed_origin() -> None:
    # given a step drawn as the law's, whose origin is corrected
    corrected = drawn("法律").replace("法律".encode(), "种子".encode())
    assert fill(layout(corrected), "t") is None


def test_should_leave_a_colour_chosen_by_hand() -> None:
    chosen = drawn("法律").replace(FILLS["法律"].encode(), b"#ffcc00")
    assert fill(layout(chosen), "t") == "#ffcc00"
