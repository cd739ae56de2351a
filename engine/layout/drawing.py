"""Pixels for everything on the grid: bounds of shapes, waypoints of edges."""

from __future__ import annotations

from dataclasses import dataclass

from engine.layout.arrangement import Arrangement
from engine.layout.coordinates import TITLE, Axis, Frame, run_position
from engine.layout.geometry import Point, Rect
from engine.layout.model import Kind, Lane, Pool
from engine.layout.picture import Edge, Picture, Shape
from engine.layout.ports import Port, Way
from engine.layout.tracks import Run, TrackPlan

INSIDE_TOP = 40.0


@dataclass(slots=True)
class Drawing:
    """What is needed to draw an arrangement. The content begins at x = 0, titles lie left of it."""

    arrangement: Arrangement
    xs: Axis
    ys: Axis
    frame: Frame
    right: float
    plan: TrackPlan
    inner: dict[str, Picture]


def draw(drawing: Drawing) -> Picture:
    """The picture without labels; containers come before what they contain."""
    picture = Picture(drawing.arrangement.plane.id)
    _draw_pools(drawing, picture)
    for node in drawing.arrangement.cells:
        _draw_node(drawing, picture, node)
    for event in drawing.arrangement.slots:
        _draw_boundary_event(drawing, picture, event)
    for flow, runs in drawing.plan.runs.items():
        route = runs[0].route
        picture.edges[flow] = Edge(flow, route.order.link, _waypoints(drawing, picture, runs))
    return picture


def _draw_pools(drawing: Drawing, picture: Picture) -> None:
    left = -_title_width(drawing.arrangement.pools)
    for pool in drawing.arrangement.pools:
        index = drawing.arrangement.level_of[pool.id]
        mine = [at for at, band in enumerate(drawing.arrangement.grid.bands) if band.pool == index]
        top, bottom = drawing.frame.tops[mine[0]], drawing.frame.bottoms[mine[-1]]
        if pool.framed:
            begin, end = _sides(drawing, pool, left)
            bounds = Rect(begin, top, end - begin, bottom - top)
            shape = Shape(pool.id, Kind.POOL, bounds, horizontal=True, expanded=pool.scope is not None)
            picture.shapes[pool.id] = shape
        if pool.scope:
            inner_left = left + TITLE if pool.framed else left
            _draw_lanes(drawing, picture, pool.scope.lanes, mine[0], inner_left)


def _sides(drawing: Drawing, pool: Pool, left: float) -> tuple[float, float]:
    """Left and right border of a pool: the whole width but for collapsed pools that stand side by side."""
    last_column = drawing.arrangement.grid.columns - 1
    first, last = drawing.arrangement.intervals.get(pool.id, (0, last_column))
    centres = drawing.xs.centres
    begin = left if first == 0 else _ten((centres[0, first - 1] + centres[0, first]) / 2) + 10
    end = drawing.right if last == last_column else _ten((centres[0, last] + centres[0, last + 1]) / 2) - 10
    return begin, end


def _title_width(pools: list[Pool]) -> float:
    """Room for the titles of pools and of nested lanes, left of the content."""
    return max(
        (TITLE if pool.framed else 0.0) + TITLE * max((lane.depth() for lane in pool.scope.lanes), default=0)
        if pool.scope
        else TITLE
        for pool in pools
    )


def _draw_lanes(drawing: Drawing, picture: Picture, lanes: list[Lane], band: int, left: float) -> None:
    for lane in lanes:
        last = band + len(lane.leaves()) - 1
        top, bottom = drawing.frame.tops[band], drawing.frame.bottoms[last]
        picture.shapes[lane.id] = Shape(
            lane.id, Kind.LANE, Rect(left, top, drawing.right - left, bottom - top), horizontal=True
        )
        _draw_lanes(drawing, picture, lane.children, band, left + TITLE)
        band = last + 1


def _draw_node(drawing: Drawing, picture: Picture, node_id: str) -> None:
    node, cell = drawing.arrangement.nodes[node_id], drawing.arrangement.cells[node_id]
    x, y = drawing.xs.centres[0, cell.column], drawing.ys.centres[cell.band, cell.row]
    if node.kind is not Kind.SUBPROCESS:
        bounds = Rect(x - node.width / 2, y - node.height / 2, node.width, node.height)
        picture.shapes[node_id] = Shape(node_id, node.kind, bounds, marked=node.tag == "exclusiveGateway")
        return
    right = drawing.xs.centres[0, cell.last_column] + 60
    bottom = drawing.ys.centres[cell.band, cell.last_row] + 40
    bounds = Rect(x - 60, y - 40, max(node.width, right - x + 60), max(node.height, bottom - y + 40))
    picture.shapes[node_id] = Shape(node_id, node.kind, bounds, expanded=True)
    content = drawing.inner[node_id]
    extent = content.extent()
    spare_x = bounds.width - extent.width
    spare_y = bounds.height - INSIDE_TOP - extent.height
    content.move(_ten(bounds.x + spare_x / 2 - extent.x), _ten(bounds.y + INSIDE_TOP + (spare_y - 20) / 2 - extent.y))
    picture.absorb(content)


def _draw_boundary_event(drawing: Drawing, picture: Picture, event: str) -> None:
    node = drawing.arrangement.nodes[event]
    host = picture.shapes[drawing.arrangement.home(event)].bounds
    column, place = drawing.arrangement.slots[event]
    x = drawing.xs.centres[0, column] + (-40, 0, 40)[place]
    bounds = Rect(x - node.width / 2, host.bottom - node.height / 2, node.width, node.height)
    picture.shapes[event] = Shape(event, Kind.BOUNDARY, bounds)


def _waypoints(drawing: Drawing, picture: Picture, runs: list[Run]) -> list[Point]:
    grid = drawing.arrangement.grid
    positions = [run_position(grid, drawing.xs, drawing.ys, run) for run in runs]
    order = runs[0].route.order
    points = [_dock(picture.shapes[order.source].bounds, runs[0].route.start, positions[0])]
    for index in range(len(runs) - 1):
        a, b = positions[index], positions[index + 1]
        points.append(Point(a, b) if runs[index].vertical else Point(b, a))
    points.append(_dock(picture.shapes[order.target].bounds, runs[-1].route.goal, positions[-1]))
    return points


def _dock(bounds: Rect, port: Port, position: float) -> Point:
    """The point on the border where a flow on a line at ``position`` meets the shape."""
    if port.way is Way.LEFT:
        return Point(bounds.x, position)
    if port.way is Way.RIGHT:
        return Point(bounds.right, position)
    return Point(position, bounds.y if port.way is Way.UP else bounds.bottom)


def _ten(value: float) -> float:
    return round(value / 10) * 10.0
