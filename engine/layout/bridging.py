"""Edges that the grid can't carry: from inside a subprocess to another pool, to the middle of a flow, and the like."""

from __future__ import annotations

from engine.layout.geometry import Point, Rect, Segment, segment_meets, segments, segments_cross, shared_length
from engine.layout.model import Flow, Kind
from engine.layout.picture import Edge, Picture

_STUB = 30.0
CLEARANCE = 20.0


def bridge(picture: Picture, flow: Flow) -> None:
    """Draw a flow between two things drawn already, the way that passes through the fewest shapes.

    Nothing happens if an end isn't drawn; ``measure`` then reports the flow as missing.
    """
    source, target = _place(picture, flow.source), _place(picture, flow.target)
    if source is None or target is None:
        return
    solid = [
        shape.bounds.grown(-1)
        for shape in picture.shapes.values()
        if shape.kind not in (Kind.POOL, Kind.LANE) and not shape.expanded
    ]
    ways = [_loop(source)] if source == target else [*_upright(source, target), *_bent(source, target)]
    lines = [piece for edge in picture.edges.values() for piece in segments(edge.waypoints)]
    best = min(ways, key=lambda points: _cost(points, solid, lines))
    picture.edges[flow.id] = Edge(flow.id, flow.link, best)


def _place(picture: Picture, end: str) -> Rect | None:
    """The bounds of a shape, or the middle of an edge's longest piece."""
    if end in picture.shapes:
        return picture.shapes[end].bounds
    if end in picture.edges:
        piece = max(segments(picture.edges[end].waypoints), key=lambda piece: piece.length)
        return Rect((piece.start.x + piece.end.x) / 2, (piece.start.y + piece.end.y) / 2, 0, 0)
    return None


def _upright(source: Rect, target: Rect) -> list[list[Point]]:
    """Straight vertical ways where the two stand above each other."""
    low, high = max(source.x, target.x), min(source.right, target.right)
    if low > high or (source.y < target.bottom and target.y < source.bottom):
        return []
    leave, enter = (source.bottom, target.y) if source.y < target.y else (source.y, target.bottom)
    narrow = min(source, target, key=lambda rect: rect.width)
    places = [narrow.center.x + offset for offset in (0, 40, -40, 20, -20)]
    return [[Point(x, leave), Point(x, enter)] for x in places if low <= x <= high]


def _bent(source: Rect, target: Rect) -> list[list[Point]]:
    """Ways that leave and enter vertically, with a horizontal piece near either end; and corners."""
    a, b = source.center, target.center
    down = a.y <= b.y
    leave, enter = (source.bottom, target.y) if down else (source.y, target.bottom)
    stub = _STUB if down else -_STUB
    ways = [[Point(a.x, leave), Point(a.x, y), Point(b.x, y), Point(b.x, enter)] for y in (leave + stub, enter - stub)]
    side = source.right if b.x > a.x else source.x
    ways.append([Point(side, a.y), Point(b.x, a.y), Point(b.x, enter)])
    return ways


def _loop(shape: Rect) -> list[Point]:
    """From the right border round the corner to the upper one."""
    x, y, corner = shape.right - 10, shape.y - CLEARANCE, shape.right + CLEARANCE
    return [
        Point(shape.right, shape.y + 10),
        Point(corner, shape.y + 10),
        Point(corner, y),
        Point(x, y),
        Point(x, shape.y),
    ]


def _cost(points: list[Point], solid: list[Rect], lines: list[Segment]) -> tuple[int, int, int]:
    pieces = segments(points)
    hidden = sum(segment_meets(piece, rect) for piece in pieces for rect in solid)
    hidden += sum(shared_length(piece, line) > 0 for piece in pieces for line in lines)
    return hidden, sum(segments_cross(piece, line) for piece in pieces for line in lines), len(pieces)
