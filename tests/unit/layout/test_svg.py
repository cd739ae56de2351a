"""Pictures as SVG, and the text in them."""

from __future__ import annotations

import pytest
from lxml import etree

from engine.layout import layout, to_svg
from engine.layout.svg_canvas import SVG
from engine.layout.text import block_size, text_width, wrap
from tests.unit.layout.diagrams import DIAGRAMS, conversation, lanes, repair_loop


@pytest.mark.parametrize("name", DIAGRAMS)
def test_should_write_every_name_into_the_drawing(name: str) -> None:
    xml = layout(DIAGRAMS[name]())
    drawing = etree.fromstring(to_svg(xml).encode())
    written = "".join(element.text or "" for element in drawing.iter(f"{{{SVG}}}text"))
    names = [found for element in etree.fromstring(xml).iter() if (found := element.get("name"))]
    assert names
    assert all(found in written for found in names)


def test_should_turn_titles_of_pools_and_lanes_upwards() -> None:
    drawing = etree.fromstring(to_svg(layout(lanes())).encode())
    turned = {element.text for element in drawing.iter(f"{{{SVG}}}text") if element.get("transform")}
    assert turned == {"市局", "经办人", "科室负责人", "办公室"}


def test_should_write_collapsed_pools_level() -> None:
    drawing = etree.fromstring(to_svg(layout(conversation())).encode())
    turned = {element.text for element in drawing.iter(f"{{{SVG}}}text") if element.get("transform")}
    assert not turned & {"派驻纪检组", "公示网站"}


def test_should_keep_colours() -> None:
    coloured = layout(lanes()).replace(
        b'<bpmndi:BPMNShape id="c_di"',
        b'<bpmndi:BPMNShape xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" bioc:fill="#cce5ff" id="c_di"',
    )
    assert 'fill="#cce5ff"' in to_svg(coloured)
    assert 'fill="#cce5ff"' not in to_svg(layout(lanes()))


def test_should_draw_nothing_of_a_file_without_picture() -> None:
    drawing = etree.fromstring(to_svg(repair_loop()).encode())
    assert not list(drawing.iter(f"{{{SVG}}}text"))


def test_should_count_chinese_characters_as_full_width() -> None:
    assert text_width("材料") == 24
    assert text_width("L4") == 14


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("材料是否齐全？", 84, ["材料是否齐全？"]),
        ("上行文或重要文件", 72, ["上行文或", "重要文件"]),
        ("期满未补，逾期办", 48, ["期满未补，", "逾期办"]),
        ("依据 GB/T 9704 排版", 84, ["依据 GB/T", "9704 排版"]),
        ("", 84, []),
    ],
)
def test_should_wrap_evenly(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_should_measure_block_of_lines() -> None:
    assert block_size(["材料", "齐全？"]) == (40, 30)
    assert block_size([]) == (0, 0)
