"""Each fault of a picture is found: a clean picture is damaged in one place, and the report must name it."""

from __future__ import annotations

import re

import pytest

from engine.layout import check_layout, layout, measure
from tests.unit.layout.diagrams import lanes, repair_loop


def moved(xml: bytes, element: str, x: int, y: int) -> bytes:
    """The same picture with one shape elsewhere."""
    pattern = rf'(<bpmndi:BPMNShape id="{element}_di"[^>]*>\s*<dc:Bounds )x="[^"]*" y="[^"]*"'
    result, count = re.subn(pattern, rf'\1x="{x}" y="{y}"', xml.decode())
    assert count == 1
    return result.encode()


def label_moved(xml: bytes, element: str, x: int, y: int) -> bytes:
    """The same picture with one label elsewhere."""
    pattern = rf'(id="{element}_di".*?<bpmndi:BPMNLabel>\s*<dc:Bounds )x="[^"]*" y="[^"]*"'
    result, count = re.subn(pattern, rf'\1x="{x}" y="{y}"', xml.decode(), count=1, flags=re.DOTALL)
    assert count == 1
    return result.encode()


def place(xml: bytes, element: str) -> tuple[int, int]:
    found = re.search(rf'id="{element}_di"[^>]*>\s*<dc:Bounds x="(\d+)" y="(\d+)"', xml.decode())
    assert found
    return int(found[1]), int(found[2])


def rewired(xml: bytes, flow: str, points: list[tuple[int, int]]) -> bytes:
    """The same picture with other waypoints for one flow."""
    waypoints = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    pattern = rf'(<bpmndi:BPMNEdge id="{flow}_di"[^>]*>)(\s*<di:waypoint[^>]*>)+'
    result, count = re.subn(pattern, rf"\1{waypoints}", xml.decode())
    assert count == 1
    return result.encode()


@pytest.fixture
def picture() -> bytes:
    return layout(repair_loop())


def test_should_find_overlapping_shapes(picture: bytes) -> None:
    x, y = place(picture, "b")
    assert ("b", "r") in [tuple(sorted(pair)) for pair in measure(moved(picture, "r", x + 100, y)).overlapping_shapes]


def test_should_find_label_on_shape(picture: bytes) -> None:
    assert ("e", "b") in measure(label_moved(picture, "e", *place(picture, "b"))).labels_on_shapes


def test_should_find_label_on_label(picture: bytes) -> None:
    x, y = place(picture, "a")
    both = label_moved(label_moved(picture, "e", x, y + 60), "a", x, y + 65)
    assert ("a", "e") in measure(both).labels_on_labels


def test_should_find_label_on_flow(picture: bytes) -> None:
    x, y = place(picture, "a")
    assert ("e", "f_a_b") in measure(label_moved(picture, "e", x + 50, y + 10)).labels_on_edges


def test_should_find_flow_through_shape(picture: bytes) -> None:
    (x1, y1), (x2, _) = place(picture, "a"), place(picture, "e")
    report = measure(rewired(picture, "f_a_b", [(x1 + 36, y1 + 18), (x2, y1 + 18)]))
    assert {("f_a_b", "b"), ("f_a_b", "g"), ("f_a_b", "c")} <= set(report.edges_through_shapes)


def test_should_find_flows_upon_each_other(picture: bytes) -> None:
    (x1, y1), (x2, _) = place(picture, "a"), place(picture, "e")
    report = measure(rewired(picture, "f_a_b", [(x1 + 36, y1 + 18), (x2, y1 + 18)]))
    assert ("f_a_b", "f_c_e") in report.edges_on_edges


def test_should_find_crossing_flows(picture: bytes) -> None:
    x, y = place(picture, "g")
    report = measure(rewired(picture, "f_r_b", [(x + 80, y - 60), (x + 80, y + 80)]))
    assert ("f_g_c", "f_r_b") in [tuple(sorted(pair)) for pair in report.edge_crossings]


def test_should_find_slanted_flow(picture: bytes) -> None:
    x, y = place(picture, "a")
    assert measure(rewired(picture, "f_a_b", [(x + 36, y + 18), (x + 100, y + 30)])).slanted_edges == ["f_a_b"]


def test_should_find_flow_too_near_a_shape(picture: bytes) -> None:
    x, y = place(picture, "r")
    report = measure(rewired(picture, "f_c_e", [(x, y - 10), (x + 120, y - 10)]))
    assert ("f_c_e", "r") in report.edges_near_shapes


def test_should_find_element_without_picture() -> None:
    report = measure(repair_loop())
    assert {"a", "b", "g", "r", "c", "e", "f_a_b"} <= set(report.without_picture)


def test_should_find_node_outside_of_its_lane() -> None:
    xml = layout(lanes())
    assert ("b", "process_lane0") in measure(moved(xml, "b", *place(xml, "q"))).outside_container


def test_should_count_bends_and_extent(picture: bytes) -> None:
    report = measure(picture)
    assert report.bends == 3
    assert report.backward_flows == 1
    assert 800 < report.width < 820


def test_should_describe_problem_with_element_line_and_advice(picture: bytes) -> None:
    # given a picture with one label on a shape
    problems = check_layout(label_moved(picture, "e", *place(picture, "b")), "x.bpmn")
    # then
    problem = next(problem for problem in problems if problem.code == "layout.label-on-shape")
    line = picture.decode().splitlines()[problem.place.line - 1] if problem.place.line else ""
    assert 'id="e"' in line
    assert (problem.place.file, problem.place.element) == ("x.bpmn", "e")
    assert "banjie layout" in problem.message
