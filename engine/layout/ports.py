"""Where flows may leave and enter a shape, and how welcome they are there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from engine.layout.grid import Grid, Vertex
from engine.layout.model import Kind, Link
from engine.layout.rows import Cell


class Way(IntEnum):
    """Directions, so that the opposite is two further."""

    RIGHT = 0
    DOWN = 1
    LEFT = 2
    UP = 3

    @property
    def opposite(self) -> Way:
        return Way((self + 2) % 4)


STEPS = {Way.RIGHT: (1, 0), Way.DOWN: (0, 1), Way.LEFT: (-1, 0), Way.UP: (0, -1)}


@dataclass(frozen=True, slots=True)
class Port:
    """A place on a shape's border, by the first vertex outside it and the way that leads outwards."""

    vertex: Vertex
    way: Way
    penalty: float = 0.0

    @property
    def inward(self) -> Vertex:
        """The vertex just inside the shape."""
        dx, dy = STEPS[self.way]
        return Vertex(self.vertex.x - dx, self.vertex.y - dy)


@dataclass(frozen=True, slots=True)
class Need:
    """What a flow asks of a port."""

    link: Link
    outgoing: bool
    back: bool = False


SIDE_PENALTY = 14.0
OFF_CENTRE = 3.0
BESIDE_EVENT = 8.0
"""Below a host there is little room beside its boundary events and their names."""


def ports(grid: Grid, kind: Kind, cell: Cell, need: Need, slots: dict[int, int]) -> list[Port]:
    """The ports a shape offers to a flow.

    ``slots`` are the vertical lines (index -> offset) on which boundary events sit on the lower border.
    """
    found: list[Port] = []
    small = kind in (Kind.GATEWAY, Kind.EVENT, Kind.DATA, Kind.STORE)
    for index in (1,) if small else (1, 0, 2):
        extra = 0.0 if index == 1 else OFF_CENTRE
        y = grid.y_line(cell.band, cell.row, index)
        found.append(Port(Vertex(grid.channel_left(cell.column), y), Way.LEFT, extra))
        found.append(Port(Vertex(grid.channel_left(cell.last_column + 1), y), Way.RIGHT, extra))
        for column in range(cell.column, cell.last_column + 1):
            x = grid.x_line(column, index)
            found.append(Port(Vertex(x, grid.channel_above(cell.band, cell.row)), Way.UP, extra))
            if x not in slots:
                y_below = grid.channel_above(cell.band, cell.last_row + 1)
                found.append(Port(Vertex(x, y_below), Way.DOWN, extra + (BESIDE_EVENT if slots else 0.0)))
    return [Port(p.vertex, p.way, p.penalty + _reluctance(kind, p.way, need)) for p in found]


def _reluctance(kind: Kind, way: Way, need: Need) -> float:
    """Flows leave to the right and enter from the left; loops leave and enter above; messages run vertically."""
    if need.link is Link.MESSAGE:
        return 0.0 if way in (Way.UP, Way.DOWN) else 40.0
    if need.link is Link.ASSOCIATION:
        return 0.0 if way in (Way.UP, Way.DOWN) else 6.0
    if need.back:
        below = 4.0 if need.outgoing else 20.0
        return {Way.UP: 0.0, Way.DOWN: below}.get(way, 50.0)
    along = Way.RIGHT if need.outgoing else Way.LEFT
    if way is along:
        return 0.0
    if way is along.opposite:
        return 60.0
    if kind is Kind.GATEWAY:
        return 0.0
    return SIDE_PENALTY / 2 if kind is Kind.EVENT else SIDE_PENALTY
