"""The drawing conventions of docs/modelling.md, 版式."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.layout import layout
from engine.layout.depicting import read_pictures
from engine.layout.document import parse
from engine.layout.geometry import Rect
from engine.layout.model import Kind, Link
from engine.layout.picture import Picture
from tests.unit.layout import diagrams


def drawn(xml: bytes) -> Picture:
    return read_pictures(parse(layout(xml)))[0]


def bounds(picture: Picture, name: str) -> Rect:
    return picture.shapes[name].bounds


def test_should_give_shapes_their_sizes() -> None:
    picture = drawn(diagrams.subprocess())
    sizes = {(s.kind, s.bounds.width, s.bounds.height) for s in picture.shapes.values() if not s.expanded}
    assert {size for size in sizes if size[0] is not Kind.ANNOTATION} == {
        (Kind.TASK, 120, 80),
        (Kind.GATEWAY, 50, 50),
        (Kind.EVENT, 36, 36),
        (Kind.BOUNDARY, 36, 36),
        (Kind.DATA, 36, 50),
        (Kind.STORE, 50, 50),
    }


def test_should_keep_main_path_on_one_line_and_refusals_below() -> None:
    picture = drawn(diagrams.repair_loop())
    assert len({bounds(picture, name).center.y for name in "abgce"}) == 1
    assert bounds(picture, "r").y > bounds(picture, "c").bottom


def test_should_set_columns_190_apart_from_left_to_right() -> None:
    picture = drawn(diagrams.repair_loop())
    centres = [bounds(picture, name).center.x for name in "abgce"]
    assert [right - left for left, right in pairwise(centres)] == [190] * 4


def test_should_place_centres_and_waypoints_on_grid_of_ten() -> None:
    picture = drawn(diagrams.lanes())
    tasks = [shape.bounds for shape in picture.shapes.values() if shape.kind is Kind.TASK]
    assert all(task.x % 10 == 0 and task.y % 10 == 0 for task in tasks)
    bends = [point for edge in picture.edges.values() for point in edge.waypoints[1:-1]]
    assert all(point.x % 10 == 0 and point.y % 10 == 0 for point in bends)


def test_should_stack_lanes_in_given_order_without_gaps() -> None:
    picture = drawn(diagrams.lanes())
    lanes = [bounds(picture, f"process_lane{index}") for index in range(3)]
    pool = bounds(picture, "pool0")
    assert [lane.y for lane in lanes] == [pool.y, lanes[0].bottom, lanes[1].bottom]
    assert lanes[-1].bottom == pool.bottom
    assert all(lane.x == pool.x + 30 and lane.right == pool.right for lane in lanes)
    assert all(lane.height >= 140 for lane in lanes)


def test_should_draw_each_node_inside_its_lane() -> None:
    picture = drawn(diagrams.lanes())
    assert bounds(picture, "process_lane1").contains(bounds(picture, "n"))
    assert bounds(picture, "process_lane2").contains(bounds(picture, "q"))


def test_should_put_inner_lanes_right_of_outer_lanes_title() -> None:
    picture = drawn(diagrams.nested_lanes())
    outer, first, second = (bounds(picture, name) for name in ("dept", "role1", "role2"))
    assert (first.x, first.y, first.right) == (outer.x + 30, outer.y, outer.right)
    assert (second.y, second.bottom) == (first.bottom, outer.bottom)
    assert bounds(picture, "other").y == outer.bottom


def test_should_seat_boundary_event_on_lower_border_to_the_right() -> None:
    picture = drawn(diagrams.lanes())
    event, host = bounds(picture, "t"), bounds(picture, "b")
    assert event.center.y == host.bottom
    assert host.center.x < event.center.x <= host.right
    assert bounds(picture, "x").y > host.bottom


def test_should_lead_loop_on_one_line_back_above() -> None:
    # given gateway n9, whose refusal leads back to n7 in the same lane
    picture = drawn(diagrams.long_chain())
    waypoints = picture.edges["f_n9_n7"].waypoints
    assert min(point.y for point in waypoints) < bounds(picture, "n8").y
    assert waypoints[-1].y == bounds(picture, "n7").y


def test_should_enclose_content_of_subprocess() -> None:
    picture = drawn(diagrams.subprocess())
    inner = [bounds(picture, f"s{index}") for index in range(1, 8)]
    assert all(bounds(picture, "sub").grown(-15).contains(shape) for shape in inner)
    assert picture.shapes["sub"].expanded


def test_should_draw_message_vertically_between_aligned_shapes() -> None:
    picture = drawn(diagrams.conversation())
    messages = [edge for edge in picture.edges.values() if edge.link is Link.MESSAGE]
    straight = [edge for edge in messages if len(edge.waypoints) == 2]
    assert all(edge.waypoints[0].x == edge.waypoints[1].x for edge in straight)
    assert len(straight) >= len(messages) - 1


def test_should_keep_pools_sixty_apart_and_collapsed_ones_beside_each_other() -> None:
    picture = drawn(diagrams.conversation())
    applicant, bureau, inspectors, website = (bounds(picture, f"pool{index}") for index in range(4))
    assert bureau.y - applicant.bottom == 60
    assert inspectors.y == website.y == bureau.bottom + 60
    assert inspectors.right < website.x


def test_should_name_flow_near_its_exit() -> None:
    picture = drawn(diagrams.lanes())
    for name in ("f_g_n", "f_g_f"):
        label, gateway = picture.edges[name].label, bounds(picture, "g")
        assert label is not None
        assert label.overlaps(gateway.grown(15))


@pytest.mark.parametrize("name", diagrams.DIAGRAMS)
def test_should_name_every_named_event_gateway_and_flow(name: str) -> None:
    # given what has a name and carries it outside
    xml = diagrams.DIAGRAMS[name]()
    root = parse(xml)
    outside = {
        element.get("id")
        for element in root.iter()
        if element.get("name")
        and str(element.tag).rpartition("}")[2].endswith(("Event", "Gateway", "Flow", "Reference"))
    }
    # then it has a label with bounds
    assert {element for element, _ in drawn(xml).labels()} == outside
