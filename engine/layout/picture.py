"""A drawn diagram: the bounds of its shapes, the waypoints of its edges, the places of their labels."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.layout.geometry import Point, Rect, union
from engine.layout.model import Kind, Link


@dataclass(slots=True)
class Shape:
    """One shape. ``label`` is the place of a name written outside of it."""

    id: str
    kind: Kind
    bounds: Rect
    label: Rect | None = None
    horizontal: bool = False
    expanded: bool = False
    marked: bool = False
    """An exclusive gateway whose X is shown."""


@dataclass(slots=True)
class Edge:
    """One edge with its waypoints from source to target."""

    id: str
    link: Link
    waypoints: list[Point]
    label: Rect | None = None


@dataclass(slots=True)
class Picture:
    """All that one plane shows, containers before what they contain."""

    plane: str
    shapes: dict[str, Shape] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)

    def extent(self) -> Rect:
        """The smallest rectangle around everything drawn."""
        rects = [shape.bounds for shape in self.shapes.values()]
        rects += [label for _, label in self.labels()]
        rects += [Rect(p.x, p.y, 0, 0) for edge in self.edges.values() for p in edge.waypoints]
        return union(rects)

    def labels(self) -> list[tuple[str, Rect]]:
        """The names written outside of shapes and beside edges: element id and place."""
        items: list[Shape | Edge] = [*self.shapes.values(), *self.edges.values()]
        return [(item.id, item.label) for item in items if item.label]

    def move(self, dx: float, dy: float) -> None:
        """Shift everything."""
        for shape in self.shapes.values():
            shape.bounds = shape.bounds.moved(dx, dy)
            shape.label = shape.label.moved(dx, dy) if shape.label else None
        for edge in self.edges.values():
            edge.waypoints = [Point(p.x + dx, p.y + dy) for p in edge.waypoints]
            edge.label = edge.label.moved(dx, dy) if edge.label else None

    def absorb(self, other: Picture) -> None:
        """Take over everything the other shows, above what is here already."""
        self.shapes.update(other.shapes)
        self.edges.update(other.edges)
