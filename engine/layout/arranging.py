"""Putting it together: one plane from its meaning to its picture."""

from __future__ import annotations

import math
from contextlib import suppress

from engine.layout.arrangement import Arrangement
from engine.layout.bridging import bridge
from engine.layout.columns import assign_columns
from engine.layout.coordinates import Span, column_axis, row_axis
from engine.layout.drawing import Drawing, draw
from engine.layout.errors import UnroutableFlow
from engine.layout.graph import FlowGraph, flow_graph
from engine.layout.grid import COLUMN_PITCH, ROW_PITCH, Band, Vertex, build_grid
from engine.layout.labels import place_labels
from engine.layout.model import Kind, Node, Plane, Pool
from engine.layout.orders import flow_orders
from engine.layout.picture import Picture
from engine.layout.reaches import reaches
from engine.layout.routing import Router
from engine.layout.rows import Cell, RowPlan, bands_of
from engine.layout.stacking import share_columns, stack_pools
from engine.layout.tracks import plan_tracks

INSIDE = 20.0
"""Room between a subprocess's border and its content; above it one more line for the name."""
INSIDE_TOP = 40.0


def arrange(plane: Plane) -> Picture:
    """The picture of a plane. Deterministic. Raises UnroutableFlow."""
    inner = {
        node.id: arrange(Plane(node.id, [Pool(node.id, "", node.inner, framed=False)]))
        for pool in plane.pools
        if pool.scope
        for node in pool.scope.nodes.values()
        if node.inner is not None
    }
    for pool in plane.pools:
        for node in pool.scope.nodes.values() if pool.scope else ():
            if node.inner is not None:
                extent = inner[node.id].extent()
                inner[node.id].move(-extent.x, -extent.y)
                node.width = max(160.0, extent.width + 2 * INSIDE)
                node.height = max(100.0, extent.height + INSIDE_TOP + INSIDE)
    arrangement = _to_grid(plane)
    picture = _to_pixels(arrangement, inner)
    for flow in [*arrangement.flows(), *plane.messages]:
        if flow.id not in picture.edges:
            bridge(picture, flow)
    place_labels(picture, arrangement.nodes, plane)
    return picture


def _to_grid(plane: Plane) -> Arrangement:
    spans = {node.id: _span(node) for pool in plane.pools if pool.scope for node in pool.scope.nodes.values()}
    scopes = [pool.scope for pool in plane.pools if pool.scope]
    graphs = [flow_graph(scope) for scope in scopes]
    columns = assign_columns(graphs, plane.messages, {node: span[0] for node, span in spans.items()})
    plans = {
        scope.id: RowPlan(scope, graph, columns, spans, bands_of(scope))
        for scope, graph in zip(scopes, graphs, strict=True)
    }
    for plan in plans.values():
        plan.place_all()
    arrangement = _stacked(plane, plans, graphs)
    _place_boundary_events(arrangement)
    return arrangement


def _stacked(plane: Plane, plans: dict[str, RowPlan], graphs: list[FlowGraph]) -> Arrangement:
    """Put the pools' own grids below each other on one grid."""
    levels = stack_pools(plane, plans)
    bands: list[Band] = []
    cells: dict[str, Cell] = {}
    level_of: dict[str, int] = {}
    nodes: dict[str, Node] = {}
    for index, level in enumerate(levels):
        first = len(bands)
        level_of.update({pool.id: index for pool in level})
        scope = level[0].scope
        if scope is None:
            bands.append(Band(index, 0))
            continue
        plan = plans[scope.id]
        lanes = [leaf for lane in scope.lanes for leaf in lane.leaves()]
        bands.extend(Band(index, plan.row_count(band)) for band in range(max(1, len(lanes))))
        nodes.update(scope.nodes)
        for node, cell in plan.cells.items():
            cell.band += first
            cells[node] = cell
        level_of.update(dict.fromkeys(scope.nodes, index))
    strips = [level for level in levels if level[0].scope is None]
    width = max([cell.last_column + 1 for cell in cells.values()] + [len(level) for level in strips] + [1])
    homes = {node: home for pool in plane.pools if pool.scope for node, home in pool.scope.homes().items()}
    intervals = {}
    for level in strips:
        intervals.update(share_columns(plane, level, cells, homes, width))
    return Arrangement(plane, levels, build_grid(width, bands), cells, nodes, graphs, level_of, intervals)


def _span(node: Node) -> tuple[int, int]:
    columns = max(1, math.ceil((node.width - 120) / COLUMN_PITCH) + 1)
    rows = max(1, math.ceil((node.height - 80) / ROW_PITCH) + 1)
    return columns, rows


def _place_boundary_events(arrangement: Arrangement) -> None:
    """Boundary events sit on the lower border, from the right."""
    taken: dict[str, int] = {}
    events = [node for node in arrangement.nodes.values() if node.kind is Kind.BOUNDARY]
    for node in sorted(events, key=lambda node: _leads_to(arrangement, node.id)):
        if node.host is None or node.host not in arrangement.cells:
            continue
        cell = arrangement.cells[node.host]
        count = taken.get(node.host, 0)
        taken[node.host] = count + 1
        place = max(0, 3 * cell.columns - 1 - count)
        arrangement.slots[node.id] = (cell.column + place // 3, place % 3)


def _leads_to(arrangement: Arrangement, event: str) -> tuple[int, int]:
    """The highest place a boundary event leads to: the higher, the further right it sits, so that flows don't cross."""
    targets = [arrangement.cells.get(flow.target) for flow in arrangement.flows() if flow.source == event]
    return min(((cell.band, cell.row) for cell in targets if cell), default=(0, 0))


def _to_pixels(arrangement: Arrangement, inner: dict[str, Picture]) -> Picture:
    grid = arrangement.grid
    blocked = {vertex for cell in arrangement.cells.values() for vertex in grid.inside(cell)}
    for band in grid.bands:
        if band.rows == 0:
            blocked |= {Vertex(x, band.first_line) for x in range(len(grid.xs))}
    router = Router(grid, blocked)
    for order in flow_orders(arrangement):
        with suppress(UnroutableFlow):
            # What finds no way on the grid is bridged once everything else is drawn.
            router.route(order)
    plan = plan_tracks(grid, router.routes)
    column_reaches, row_reaches = reaches(arrangement)
    column_spans = [
        Span(cell.column, cell.last_column, arrangement.nodes[node].width - 120)
        for node, cell in arrangement.cells.items()
        if cell.columns > 1
    ]
    row_spans: dict[int, list[Span]] = {}
    for node, cell in arrangement.cells.items():
        if cell.rows > 1:
            span = Span(cell.row, cell.last_row, arrangement.nodes[node].height - 80)
            row_spans.setdefault(cell.band, []).append(span)
    framed = any(pool.framed or (pool.scope and pool.scope.lanes) for pool in arrangement.pools)
    xs, right = column_axis(grid, plan, column_reaches, column_spans, left=0.0)
    ys, frame = row_axis(grid, plan, row_reaches, row_spans, framed)
    return draw(Drawing(arrangement, xs, ys, frame, right, plan, inner))
