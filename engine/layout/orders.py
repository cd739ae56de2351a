"""Which flows to route, in which order, between which ports."""

from __future__ import annotations

from engine.layout.arrangement import Arrangement
from engine.layout.grid import Vertex
from engine.layout.model import Flow, Link
from engine.layout.ports import Need, Port, Way, ports
from engine.layout.routes import Order

_RANK = {Link.SEQUENCE: 0, Link.MESSAGE: 2, Link.ASSOCIATION: 3}


def flow_orders(arrangement: Arrangement) -> list[Order]:
    """All flows, the short and straight ones first, then loops, then messages, then associations."""
    back = {flow for graph in arrangement.graphs for flow in graph.back}
    flows = [flow for pool in arrangement.pools if pool.scope for flow in pool.scope.flows]
    known = arrangement.cells.keys() | arrangement.slots.keys() | {pool.id for pool in arrangement.pools}
    wanted = [flow for flow in [*flows, *arrangement.plane.messages] if {flow.source, flow.target} <= known]
    wanted.sort(key=lambda flow: (_RANK[flow.link] + (flow.id in back), _distance(arrangement, flow)))
    return [_order(arrangement, flow, flow.id in back) for flow in wanted]


def _distance(arrangement: Arrangement, flow: Flow) -> tuple[int, int]:
    source = arrangement.cells.get(arrangement.home(flow.source))
    target = arrangement.cells.get(arrangement.home(flow.target))
    if source is None or target is None:
        return 0, 0
    grid = arrangement.grid
    down = abs(grid.channel_above(source.band, source.row) - grid.channel_above(target.band, target.row))
    across = abs(source.column - target.column)
    return (0 if down == 0 else 1), across + down


def _order(arrangement: Arrangement, flow: Flow, back: bool) -> Order:
    starts = _ports(arrangement, flow.source, Need(flow.link, True, back))
    goals = _ports(arrangement, flow.target, Need(flow.link, False, back))
    if flow.link is Link.SEQUENCE:
        lines = arrangement.grid.pool_lines(arrangement.level_of[flow.source])
    else:
        lines = range(len(arrangement.grid.ys))
    return Order(flow.id, flow.link, flow.source, flow.target, starts, goals, lines)


def _ports(arrangement: Arrangement, end: str, need: Need) -> list[Port]:
    if end in arrangement.slots:
        return [_boundary_port(arrangement, end)]
    if end in arrangement.cells:
        cell = arrangement.cells[end]
        slots = {
            arrangement.grid.x_line(*place): 0
            for event, place in arrangement.slots.items()
            if arrangement.nodes[event].host == end
        }
        return ports(arrangement.grid, arrangement.nodes[end].kind, cell, need, slots)
    return _pool_ports(arrangement, end)


def _boundary_port(arrangement: Arrangement, event: str) -> Port:
    grid = arrangement.grid
    cell = arrangement.cells[arrangement.home(event)]
    x = grid.x_line(*arrangement.slots[event])
    return Port(Vertex(x, grid.channel_above(cell.band, cell.last_row + 1)), Way.DOWN)


def _pool_ports(arrangement: Arrangement, pool: str) -> list[Port]:
    """A pool takes messages anywhere on its upper and lower border, best straight below or above a shape."""
    index = arrangement.level_of[pool]
    first, last = arrangement.intervals.get(pool, (0, arrangement.grid.columns - 1))
    found = []
    for x, line in enumerate(arrangement.grid.xs):
        if 4 * first < x < 4 * last + 4:
            penalty = 8.0 if line.channel else 0.0
            found.append(Port(Vertex(x, arrangement.grid.gaps[index]), Way.UP, penalty))
            found.append(Port(Vertex(x, arrangement.grid.gaps[index + 1]), Way.DOWN, penalty))
    return found
