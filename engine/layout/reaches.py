"""How much room shapes and their labels need around the centres of their cells."""

from __future__ import annotations

from engine.layout.arrangement import Arrangement
from engine.layout.coordinates import Reach
from engine.layout.model import Flow, Kind, Link, Node
from engine.layout.text import block_size, wrap

NAME_WIDTH = 84.0
"""Widest line of a name written outside of its shape: seven characters."""
FLOW_NAME_WIDTH = 72.0
_MARGIN = 4.0


def reaches(arrangement: Arrangement) -> tuple[list[Reach], dict[tuple[int, int], Reach]]:
    """Room needed by each column and by each row (band, row)."""
    columns = [Reach(60, 60) for _ in range(arrangement.grid.columns)]
    rows = {
        (index, row): Reach(40, 40) for index, band in enumerate(arrangement.grid.bands) for row in range(band.rows)
    }
    for node_id, cell in arrangement.cells.items():
        before, after = _name_room(arrangement.nodes[node_id])
        rows[cell.band, cell.row].include(40, 40, before, after if cell.rows == 1 else 0)
    for event, (column, place) in arrangement.slots.items():
        cell = arrangement.cells[arrangement.home(event)]
        width, height = name_size(arrangement.nodes[event])
        rows[cell.band, cell.last_row].include(40, 58, 0, 58 + _MARGIN + height)
        if place == 2 and _crowded(arrangement, event):
            columns[column].include(60, 60, 0, 60 + width)
    for pool in arrangement.pools:
        for flow in pool.scope.flows if pool.scope else ():
            _exit_room(arrangement, flow, columns)
    return columns, rows


def name_size(node: Node) -> tuple[float, float]:
    """Width and height of the name of a shape that carries it outside."""
    return block_size(wrap(node.name, NAME_WIDTH))


def flow_name_size(flow: Flow) -> tuple[float, float]:
    """Width and height of the name of a flow."""
    return block_size(wrap(flow.name, FLOW_NAME_WIDTH))


def _name_room(node: Node) -> tuple[float, float]:
    """How far a name reaches above and below the centre: above gateways, below events and data."""
    height = name_size(node)[1]
    if not height:
        return 0.0, 0.0
    if node.kind is Kind.GATEWAY:
        return node.height / 2 + _MARGIN + height, 0.0
    if node.kind in (Kind.EVENT, Kind.DATA, Kind.STORE):
        return 0.0, node.height / 2 + _MARGIN + height
    return 0.0, 0.0


def _crowded(arrangement: Arrangement, event: str) -> bool:
    """Whether the place below the host, left of the event, belongs to another boundary event."""
    column, place = arrangement.slots[event]
    return (column, place - 1) in arrangement.slots.values()


def _exit_room(arrangement: Arrangement, flow: Flow, columns: list[Reach]) -> None:
    """The name of a branch stands at the gateway's exit, before the channel."""
    if flow.link is not Link.SEQUENCE or not flow.name or flow.source not in arrangement.cells:
        return
    source = arrangement.nodes[flow.source]
    cell = arrangement.cells[flow.source]
    if source.kind in (Kind.GATEWAY, Kind.EVENT):
        mark = 13 if flow.default else 0
        columns[cell.last_column].include(60, 60, 0, source.width / 2 + _MARGIN + mark + flow_name_size(flow)[0])
    else:
        columns[cell.last_column].include(60, 60, 0, 60 + _MARGIN + flow_name_size(flow)[0])
