"""From the grid to pixels: columns and rows as far apart as their shapes, labels and tracks ask, on a grid of 10."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from engine.layout.grid import COLUMN_PITCH, ROW_PITCH, Grid
from engine.layout.tracks import Run, TrackPlan

CLEARANCE = 20.0
LABEL_CLEARANCE = 10.0
TRACK_PITCH = 10.0
TITLE = 30.0
MIN_LANE = 140.0
POOL_GAP = 60.0
COLLAPSED_POOL = 60.0


@dataclass(slots=True)
class Reach:
    """How far shapes and labels reach from a column's or row's centre, towards its beginning and its end."""

    shape_before: float
    shape_after: float
    label_before: float = 0.0
    label_after: float = 0.0

    @property
    def before(self) -> float:
        """Distance at which the nearest flow may run before the centre."""
        return max(self.shape_before + CLEARANCE, self.label_before + LABEL_CLEARANCE)

    @property
    def after(self) -> float:
        return max(self.shape_after + CLEARANCE, self.label_after + LABEL_CLEARANCE)

    def include(self, before: float, after: float, label_before: float = 0.0, label_after: float = 0.0) -> None:
        """Make room for one more thing."""
        self.shape_before = max(self.shape_before, before)
        self.shape_after = max(self.shape_after, after)
        self.label_before = max(self.label_before, label_before)
        self.label_after = max(self.label_after, label_after)


@dataclass(frozen=True, slots=True)
class Span:
    """Columns or rows that must be wide enough together for one shape: at least ``distance`` between their centres."""

    first: int
    last: int
    distance: float


@dataclass(slots=True)
class Axis:
    """Positions along one axis: centres of cells and of tracks in channels."""

    centres: dict[tuple[int, int], float] = field(default_factory=dict)
    tracks: dict[int, list[float]] = field(default_factory=dict)
    """line index -> positions of its tracks"""


@dataclass(slots=True)
class Frame:
    """Where each band lies."""

    tops: list[float] = field(default_factory=list)
    bottoms: list[float] = field(default_factory=list)


def column_axis(
    grid: Grid, plan: TrackPlan, reaches: list[Reach], spans: list[Span], left: float
) -> tuple[Axis, float]:
    """Horizontal positions, and the right border of the content. ``left`` is where the content begins."""
    axis = Axis()
    counts = [plan.counts.get((True, grid.channel_left(column)), 0) for column in range(grid.columns + 1)]
    position = left
    for column, reach in enumerate(reaches):
        count = counts[column]
        if column == 0:
            low = left + TRACK_PITCH
            centre = _up(left + TRACK_PITCH + _tracks_width(count) + reach.before)
        else:
            before = reaches[column - 1]
            need = _between(before.after, reach.before, count)
            centre = _up(max(position + COLUMN_PITCH, position + need))
            low = position + before.after
        for span in spans:
            if span.last == column and span.first < column:
                centre = max(centre, _up(axis.centres[0, span.first] + span.distance))
        axis.tracks[grid.channel_left(column)] = _spread(low, centre - reach.before, count)
        axis.centres[0, column] = position = centre
    last = reaches[-1]
    count = counts[-1]
    right = _up(position + last.after + (_tracks_width(count) + TRACK_PITCH if count else 0))
    axis.tracks[grid.channel_left(grid.columns)] = _spread(position + last.after, right - TRACK_PITCH, count)
    return axis, right


def row_axis(
    grid: Grid, plan: TrackPlan, reaches: dict[tuple[int, int], Reach], spans: dict[int, list[Span]], framed: bool
) -> tuple[Axis, Frame]:
    """Vertical positions of rows and tracks, and the borders of the bands. ``framed``: lanes or pools are drawn."""
    axis, frame = Axis(), Frame()
    y = 0.0
    for index, band in enumerate(grid.bands):
        if index == 0 or grid.bands[index - 1].pool != band.pool:
            y = _gap(grid, plan, axis, grid.gaps[band.pool], y, first=index == 0)
        frame.tops.append(y)
        if band.rows == 0:
            y += COLLAPSED_POOL
        else:
            y = _band(grid, plan, axis, index, reaches, spans.get(index, []), y, MIN_LANE if framed else 0.0)
        frame.bottoms.append(y)
    _gap(grid, plan, axis, grid.gaps[-1], y, first=True)
    return axis, frame


def _gap(grid: Grid, plan: TrackPlan, axis: Axis, line: int, y: float, *, first: bool) -> float:
    """The space between two pools (nothing before the first unless messages run there)."""
    count = plan.counts.get((False, line), 0)
    width = _tracks_width(count) + 2 * CLEARANCE if count else 0.0
    width = width if first else max(POOL_GAP, width)
    axis.tracks[line] = _spread(y + CLEARANCE, y + width - CLEARANCE, count)
    return y + width


def _band(
    grid: Grid,
    plan: TrackPlan,
    axis: Axis,
    index: int,
    reaches: dict[tuple[int, int], Reach],
    spans: list[Span],
    top: float,
    minimum: float,
) -> float:
    """Lay the rows of one band from ``top`` down; the bottom. Spare height is shared above and below."""
    rows = grid.bands[index].rows
    counts = [plan.counts.get((False, grid.channel_above(index, row)), 0) for row in range(rows + 1)]
    mine = [reaches[index, row] for row in range(rows)]
    outer = [_tracks_width(count) + TRACK_PITCH if count else 0.0 for count in (counts[0], counts[-1])]
    centres = [_up(top + outer[0] + mine[0].before)]
    for row in range(1, rows):
        need = _between(mine[row - 1].after, mine[row].before, counts[row])
        centre = _up(centres[-1] + max(ROW_PITCH, need))
        for span in spans:
            if span.last == row and span.first < row:
                centre = max(centre, _up(centres[span.first] + span.distance))
        centres.append(centre)
    bottom = _up(centres[-1] + mine[-1].after + outer[1])
    spare = _up(max(0.0, minimum - (bottom - top)) / 2)
    centres = [centre + spare for centre in centres]
    bottom += 2 * spare
    lows = [top + TRACK_PITCH, *(centre + reach.after for centre, reach in zip(centres, mine, strict=True))]
    highs = [*(centre - reach.before for centre, reach in zip(centres, mine, strict=True)), bottom - TRACK_PITCH]
    for row in range(rows + 1):
        axis.tracks[grid.channel_above(index, row)] = _spread(lows[row], highs[row], counts[row])
    for row, centre in enumerate(centres):
        axis.centres[index, row] = centre
    return bottom


def _between(after: float, before: float, count: int) -> float:
    """Least distance between two centres with that many tracks between them."""
    if count:
        return after + _tracks_width(count) + before
    return after + before - CLEARANCE


def _tracks_width(count: int) -> float:
    return TRACK_PITCH * max(0, count - 1)


def _spread(low: float, high: float, count: int) -> list[float]:
    """Positions of tracks in the middle of the room between ``low`` and ``high``, 10 or 20 apart."""
    if count == 0:
        return []
    room = max(0.0, high - low)
    pitch = TRACK_PITCH if count == 1 or room < 20 * (count - 1) else 20.0
    first = math.floor((low + high - pitch * (count - 1)) / 2 / 10) * 10.0
    if first < low:
        first = math.ceil(low / 10) * 10.0
    return [first + pitch * track for track in range(count)]


def _up(value: float) -> float:
    return math.ceil(value / 10 - 1e-9) * 10.0


def run_position(grid: Grid, xs: Axis, ys: Axis, run: Run) -> float:
    """Where a run's line lies, in pixels across its direction."""
    line = (grid.xs if run.vertical else grid.ys)[run.line]
    axis = xs if run.vertical else ys
    if line.channel:
        return axis.tracks[run.line][run.track]
    return axis.centres[line.cell] + line.offset
