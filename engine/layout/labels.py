"""Names written beside events, gateways, data and flows: the first free place near what they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.layout.geometry import Point, Rect, Segment, segment_meets, segments, shared_length
from engine.layout.model import Flow, Kind, Node, Plane
from engine.layout.picture import Edge, Picture, Shape
from engine.layout.reaches import flow_name_size, name_size

_NAMED_OUTSIDE = (Kind.EVENT, Kind.BOUNDARY, Kind.GATEWAY, Kind.DATA, Kind.STORE)
_GAP = 4.0


@dataclass(slots=True)
class _Room:
    """What is drawn already and must stay clear of labels."""

    shapes: list[Rect]
    borders: list[Segment]
    lines: list[Segment]
    labels: list[Rect]

    def cost(self, label: Rect) -> float:
        """0 if the place is free; covering a label or a shape is worst, lying on a lane's border least."""
        tight = label.grown(1)
        cost = 100.0 * sum(tight.overlaps(shape) for shape in self.shapes)
        cost += 100.0 * sum(tight.overlaps(other) for other in self.labels)
        cost += 20.0 * sum(segment_meets(line, tight) for line in self.lines)
        return cost + 5.0 * sum(segment_meets(border, tight) for border in self.borders)

    def choose(self, candidates: Iterator[Rect]) -> Rect | None:
        """The first free candidate, else the one that covers least."""
        best: tuple[float, Rect] | None = None
        for candidate in candidates:
            cost = self.cost(candidate)
            if best is None or cost < best[0]:
                best = (cost, candidate)
            if cost == 0:
                break
        if best is None:
            return None
        self.labels.append(best[1])
        return best[1]


def place_labels(picture: Picture, nodes: dict[str, Node], plane: Plane) -> None:
    """Give every name that stands outside of its shape, and every flow's name, its place."""
    room = _room(picture)
    for node in nodes.values():
        shape = picture.shapes.get(node.id)
        if shape and node.name and node.kind in _NAMED_OUTSIDE:
            shape.label = room.choose(_beside(shape, *name_size(node)))
    flows = [flow for pool in plane.pools if pool.scope for flow in pool.scope.flows] + plane.messages
    named = [flow for flow in flows if flow.name and flow.id in picture.edges]
    for flow in sorted(named, key=lambda flow: len(picture.edges[flow.id].waypoints)):
        edge = picture.edges[flow.id]
        # The stroke that marks the default flow stands 10 px from the exit.
        begin = 16 if flow.default else 3
        edge.label = room.choose(_along(edge, _own_part(picture, flow, flows), begin, *flow_name_size(flow)))


def _room(picture: Picture) -> _Room:
    solid, borders = [], []
    for shape in picture.shapes.values():
        if shape.kind in (Kind.POOL, Kind.LANE) or shape.expanded:
            borders.extend(_outline(shape.bounds))
        else:
            solid.append(shape.bounds)
    lines = [piece for edge in picture.edges.values() for piece in segments(edge.waypoints)]
    labels = [label for _, label in picture.labels()]
    return _Room(solid, borders, lines, labels)


def _outline(rect: Rect) -> list[Segment]:
    corners = [
        Point(rect.x, rect.y),
        Point(rect.right, rect.y),
        Point(rect.right, rect.bottom),
        Point(rect.x, rect.bottom),
    ]
    return [Segment(a, b) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)]


def _beside(shape: Shape, width: float, height: float) -> Iterator[Rect]:
    """Places around a shape: above for gateways, below for the rest, then the corners, then the sides."""
    bounds, centre = shape.bounds, shape.bounds.center
    above, below = bounds.y - _GAP - height, bounds.bottom + _GAP
    middle = centre.x - width / 2
    if shape.kind is Kind.BOUNDARY:
        yield Rect(centre.x - _GAP - width, below - 2, width, height)
        yield Rect(centre.x + _GAP, below - 2, width, height)
        yield Rect(bounds.x - _GAP - width, centre.y + 3, width, height)
        # Beyond a flow that leaves the host in the middle.
        yield Rect(centre.x - 40 - _GAP - width, below - 2, width, height)
        yield Rect(bounds.right + _GAP, centre.y + 3, width, height)
        return
    order = (above, below) if shape.kind is Kind.GATEWAY else (below, above)
    for y in order:
        yield Rect(middle, y, width, height)
    for y in order:
        yield Rect(centre.x - _GAP - width, y, width, height)
        yield Rect(centre.x + _GAP, y, width, height)
    for y in (centre.y - _GAP - height, centre.y + _GAP):
        yield Rect(bounds.x - _GAP - width, y, width, height)
        yield Rect(bounds.right + _GAP, y, width, height)
    for shift in (10.0, 20.0, 30.0, 40.0):
        for y in (above - shift, below + shift):
            yield Rect(centre.x - _GAP - width, y, width, height)
            yield Rect(centre.x + _GAP, y, width, height)


def _own_part(picture: Picture, flow: Flow, flows: list[Flow]) -> int:
    """Index of the first segment that the flow does not share with another from the same source."""
    mine = segments(picture.edges[flow.id].waypoints)
    others = [
        piece
        for other in flows
        if other.source == flow.source and other.id != flow.id and other.id in picture.edges
        for piece in segments(picture.edges[other.id].waypoints)
    ]
    for index, piece in enumerate(mine):
        if not any(shared_length(piece, other) > 0 for other in others):
            return index
    return 0


def _along(edge: Edge, first: int, begin: int, width: float, height: float) -> Iterator[Rect]:
    """Places beside a flow from ``begin`` pixels after its exit on: above horizontal pieces, right of vertical ones."""
    pieces = segments(edge.waypoints)
    for piece in pieces[first:] + pieces[:first]:
        start, end = piece
        for along in range(begin, max(begin + 1, int(piece.length) - 10), 10):
            if piece.horizontal:
                x = start.x + along if end.x > start.x else start.x - along - width
                yield Rect(x, start.y - 2 - height, width, height)
                yield Rect(x, start.y + 2, width, height)
            else:
                y = start.y - 1 + along if end.y > start.y else start.y + 1 - along - height
                yield Rect(start.x + 3, y, width, height)
                yield Rect(start.x - 3 - width, y, width, height)
