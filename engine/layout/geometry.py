"""Points, rectangles and axis-parallel segments. Units are diagram pixels, y grows downwards."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import NamedTuple


class Point(NamedTuple):
    """A waypoint."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Rect:
    """An axis-parallel rectangle given by its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def center(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def moved(self, dx: float, dy: float) -> Rect:
        """The same rectangle elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def grown(self, margin: float) -> Rect:
        """The rectangle with ``margin`` added on each side (negative: taken off)."""
        return Rect(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def overlaps(self, other: Rect) -> bool:
        """Whether the two share an area (touching borders do not count)."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def contains(self, other: Rect) -> bool:
        """Whether the other lies wholly inside, borders included."""
        return self.x <= other.x and self.y <= other.y and self.right >= other.right and self.bottom >= other.bottom


class Segment(NamedTuple):
    """One straight piece of an edge."""

    start: Point
    end: Point

    @property
    def horizontal(self) -> bool:
        return self.start.y == self.end.y

    @property
    def vertical(self) -> bool:
        return self.start.x == self.end.x

    @property
    def length(self) -> float:
        return abs(self.start.x - self.end.x) + abs(self.start.y - self.end.y)


def segments(waypoints: list[Point]) -> list[Segment]:
    """The straight pieces between successive waypoints, those of no length left out."""
    return [Segment(a, b) for a, b in itertools.pairwise(waypoints) if a != b]


def segment_meets(segment: Segment, rect: Rect) -> bool:
    """Whether a segment of any direction passes through the inside of the rectangle (Liang-Barsky clipping)."""
    (x1, y1), (x2, y2) = segment
    dx, dy = x2 - x1, y2 - y1
    enter, leave = 0.0, 1.0
    for delta, low, high in ((dx, rect.x - x1, rect.right - x1), (dy, rect.y - y1, rect.bottom - y1)):
        if delta == 0:
            if low >= 0 or high <= 0:
                return False
            continue
        first, last = sorted((low / delta, high / delta))
        enter, leave = max(enter, first), min(leave, last)
    return enter < leave


def segments_cross(a: Segment, b: Segment) -> bool:
    """Whether two segments cross at a point inside both (ends that merely touch do not count)."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)

    return (
        side(a.start, a.end, b.start) * side(a.start, a.end, b.end) < 0
        and side(b.start, b.end, a.start) * side(b.start, b.end, a.end) < 0
    )


def shared_length(a: Segment, b: Segment) -> float:
    """The length over which two axis-parallel segments lie upon each other."""
    if a.vertical and b.vertical and a.start.x == b.start.x:
        return _overlap(a.start.y, a.end.y, b.start.y, b.end.y)
    if a.horizontal and b.horizontal and a.start.y == b.start.y:
        return _overlap(a.start.x, a.end.x, b.start.x, b.end.x)
    return 0.0


def _overlap(a1: float, a2: float, b1: float, b2: float) -> float:
    return max(0.0, min(max(a1, a2), max(b1, b2)) - max(min(a1, a2), min(b1, b2)))


def union(rects: list[Rect]) -> Rect:
    """The smallest rectangle around all of them; a rectangle of no size at the origin if there is none."""
    if not rects:
        return Rect(0, 0, 0, 0)
    x, y = min(r.x for r in rects), min(r.y for r in rects)
    return Rect(x, y, max(r.right for r in rects) - x, max(r.bottom for r in rects) - y)
