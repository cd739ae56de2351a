"""Every diagram comes out legible: nothing overlaps, nothing is hidden, nothing is missing."""

from __future__ import annotations

import pytest

from engine.layout import check_layout, layout, measure
from tests.unit.layout.diagrams import DIAGRAMS, long_chain, repair_loop
from tests.unit.layout.samples import Generator

SIZES = (8, 15, 25, 40, 60)
LANES = (0, 1, 3, 5, 2, 4)


@pytest.mark.parametrize("name", DIAGRAMS)
def test_should_draw_named_diagram_without_any_fault(name: str) -> None:
    # given a diagram without a picture
    drawn = layout(DIAGRAMS[name]())
    # then
    report = measure(drawn)
    assert report.clean, report
    assert not report.slanted_edges
    assert check_layout(drawn) == []


@pytest.mark.parametrize("name", sorted(set(DIAGRAMS) - {"message from inside"}))
def test_should_keep_flows_twenty_pixels_from_shapes(name: str) -> None:
    assert measure(layout(DIAGRAMS[name]())).edges_near_shapes == []


@pytest.mark.parametrize("seed", range(40))
def test_should_draw_generated_process_without_any_fault(seed: int) -> None:
    # given a structured process of 8 to 60 nodes over up to 5 lanes
    xml = Generator(seed, SIZES[seed % 5], LANES[seed % 6]).build()
    # when
    report = measure(layout(xml))
    # then
    assert report.clean, report
    assert report.edges_near_shapes == []
    assert report.slanted_edges == []


@pytest.mark.parametrize("seed", [seed for seed in range(40) if LANES[seed % 6] < 2])
def test_should_cross_no_flows_in_structured_process_without_lanes(seed: int) -> None:
    assert measure(layout(Generator(seed, SIZES[seed % 5], LANES[seed % 6]).build())).edge_crossings == []


def test_should_cross_no_flows_in_simple_loop() -> None:
    assert measure(layout(repair_loop())).edge_crossings == []


def test_should_keep_sixty_nodes_at_one_column_each() -> None:
    # given 61 nodes in a row; then the picture is as wide as 61 columns and the titles, not more than 3 % wider
    report = measure(layout(long_chain()))
    assert 61 * 190 <= report.width <= 61 * 190 * 1.03
    assert report.edge_crossings == []
