"""The grid that flows run on: between any two columns and rows a channel, through each cell a few fixed lines.

A channel is as wide as the flows in it need (``tracks``); a fixed line leads to one place on a shape's border, so it
carries one flow (or several that share their source or their target).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from engine.layout.rows import Cell

COLUMN_PITCH = 190
ROW_PITCH = 110
X_OFFSETS = (-40, 0, 40)
Y_OFFSETS = (-20, 0, 20)


class Vertex(NamedTuple):
    """A crossing of lines, by their indexes."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the grid. ``offset`` counts from the cell's centre; ``nominal`` serves to estimate lengths."""

    channel: bool
    nominal: float
    cell: tuple[int, int] = (0, 0)
    """(0, column) for vertical lines, (band, row) for horizontal ones; a channel's is the cell after it."""
    offset: int = 0
    gap: bool = False
    """Outside the pools: for message flows only."""


@dataclass(slots=True)
class Band:
    """A lane, a pool without lanes, or (``rows`` = 0) a collapsed pool."""

    pool: int
    rows: int
    first_line: int = 0
    """Index of its first horizontal line."""

    @property
    def last_line(self) -> int:
        return self.first_line + (4 * self.rows if self.rows else 0)


@dataclass(slots=True)
class Grid:
    """The lines of one plane."""

    columns: int
    bands: list[Band]
    xs: list[Line] = field(default_factory=list)
    ys: list[Line] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    """Index of the gap line above each pool, and of the one below the last."""

    def channel_left(self, column: int) -> int:
        return 4 * column

    def x_line(self, column: int, offset_index: int) -> int:
        return 4 * column + 1 + offset_index

    def channel_above(self, band: int, row: int) -> int:
        return self.bands[band].first_line + 4 * row

    def y_line(self, band: int, row: int, offset_index: int) -> int:
        return self.bands[band].first_line + 4 * row + 1 + offset_index

    def pool_lines(self, pool: int) -> range:
        """The horizontal lines inside a pool."""
        mine = [band for band in self.bands if band.pool == pool]
        return range(mine[0].first_line, mine[-1].last_line + 1)

    def inside(self, cell: Cell) -> list[Vertex]:
        """The vertices that a node in this cell covers."""
        xs = range(self.x_line(cell.column, 0), self.x_line(cell.last_column, 2) + 1)
        ys = range(self.y_line(cell.band, cell.row, 0), self.y_line(cell.band, cell.last_row, 2) + 1)
        return [Vertex(x, y) for x in xs for y in ys]


def build_grid(columns: int, bands: list[Band]) -> Grid:
    """Lines for that many columns and for the bands, top to bottom; bands of one pool must follow each other."""
    grid = Grid(columns, bands)
    for column in range(columns):
        at = column * COLUMN_PITCH
        grid.xs.append(Line(True, at, (0, column)))
        grid.xs.extend(Line(False, at + 95 + offset, (0, column), offset) for offset in X_OFFSETS)
    grid.xs.append(Line(True, columns * COLUMN_PITCH, (0, columns)))
    y = 0.0
    for index, band in enumerate(bands):
        if index == 0 or bands[index - 1].pool != band.pool:
            grid.gaps.append(len(grid.ys))
            grid.ys.append(Line(True, y + 30, (index, 0), gap=True))
            y += 60
        band.first_line = len(grid.ys)
        if band.rows == 0:
            grid.ys.append(Line(False, y + 30, (index, 0), gap=True))
            y += 60
            continue
        for row in range(band.rows):
            grid.ys.append(Line(True, y, (index, row)))
            grid.ys.extend(Line(False, y + 55 + offset, (index, row), offset) for offset in Y_OFFSETS)
            y += ROW_PITCH
        grid.ys.append(Line(True, y, (index, band.rows)))
        y += 20
    grid.gaps.append(len(grid.ys))
    grid.ys.append(Line(True, y + 30, (len(bands), 0), gap=True))
    return grid
