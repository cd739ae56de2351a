"""Tracks: flows that share a channel run side by side, in the order in which they cross each other least."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field

from engine.layout.grid import Grid, Vertex
from engine.layout.routes import Route

ChannelKey = tuple[bool, int]
"""(vertical, index of the line)."""


@dataclass(slots=True)
class Run:
    """A straight piece of a route along one line, between two crossing lines."""

    route: Route
    vertical: bool
    line: int
    low: int
    high: int
    ends: list[tuple[int, int]]
    """(crossing line, side to which the route turns there: -1, +1, or 0 where it ends)."""
    track: int = 0


@dataclass(slots=True)
class _Bundle:
    runs: list[Run]
    low: int
    high: int
    track: int = 0

    @property
    def ends(self) -> list[tuple[int, int]]:
        return [end for run in self.runs for end in run.ends]

    def overlaps(self, other: _Bundle) -> bool:
        return self.low <= other.high and other.low <= self.high


@dataclass(slots=True)
class TrackPlan:
    """The runs of each route, in order, and how many tracks each channel needs."""

    runs: dict[str, list[Run]] = field(default_factory=dict)
    counts: dict[ChannelKey, int] = field(default_factory=dict)


def plan_tracks(grid: Grid, routes: list[Route]) -> TrackPlan:
    """Cut the routes into straight runs and give those in channels their tracks (from 0, left or top first)."""
    plan = TrackPlan({route.order.flow: _runs(route) for route in routes})
    channels: dict[ChannelKey, list[Run]] = defaultdict(list)
    for runs in plan.runs.values():
        for run in runs:
            if (grid.xs if run.vertical else grid.ys)[run.line].channel:
                channels[(run.vertical, run.line)].append(run)
    for key, members in sorted(channels.items()):
        crossing = grid.ys if key[0] else grid.xs
        bundles = _ordered(_bundles(members), [line.channel for line in crossing])
        _assign(bundles)
        plan.counts[key] = 1 + max(bundle.track for bundle in bundles)
    return plan


def _runs(route: Route) -> list[Run]:
    """Straight pieces; the first and the last reach into the shapes, where they turn to no side."""
    corners = _corners([route.start.inward, *route.path, route.goal.inward])
    runs = []
    for index, (start, end) in enumerate(itertools.pairwise(corners)):
        vertical = start.x == end.x
        first_side = _side(start, corners[index - 1], vertical) if index else 0
        last_side = _side(end, corners[index + 2], vertical) if index + 2 < len(corners) else 0
        along = (start.y, end.y) if vertical else (start.x, end.x)
        ends = [(along[0], first_side), (along[1], last_side)]
        runs.append(Run(route, vertical, start.x if vertical else start.y, min(along), max(along), ends))
    return runs


def _corners(path: list[Vertex]) -> list[Vertex]:
    middle = [
        here
        for before, here, after in zip(path, path[1:], path[2:], strict=False)
        if not (before.x == here.x == after.x or before.y == here.y == after.y)
    ]
    return [path[0], *middle, path[-1]]


def _side(corner: Vertex, away: Vertex, vertical: bool) -> int:
    delta = away.x - corner.x if vertical else away.y - corner.y
    return (delta > 0) - (delta < 0)


def _bundles(runs: list[Run]) -> list[_Bundle]:
    """Runs that overlap and have one source (or one target) in common share a track."""
    bundles: list[_Bundle] = []
    for run in runs:
        home = next((bundle for bundle in bundles if _joins(bundle, run)), None)
        if home is None:
            bundles.append(_Bundle([run], run.low, run.high))
        else:
            home.runs.append(run)
            home.low, home.high = min(home.low, run.low), max(home.high, run.high)
    return bundles


def _joins(bundle: _Bundle, run: Run) -> bool:
    order = run.route.order
    if run.low >= bundle.high or bundle.low >= run.high:
        return False
    if any(other.route.order.link is not order.link for other in bundle.runs):
        return False
    return all(other.route.order.source == order.source for other in bundle.runs) or all(
        other.route.order.target == order.target for other in bundle.runs
    )


def _penalty(first: _Bundle, second: _Bundle, channels: list[bool]) -> int:
    """What it costs to put ``first`` before ``second``: one for each crossing, 50 where two would lie on each other."""
    if not first.overlaps(second):
        return 0
    cost = 0
    for one, other, bad_side in ((first, second, 1), (second, first, -1)):
        for at, side in one.ends:
            if side != bad_side or not other.low <= at <= other.high:
                continue
            meeting = [s for place, s in other.ends if place == at]
            if not meeting or other.low < at < other.high:
                cost += 2
            elif not channels[at] and -bad_side in meeting:
                cost += 50
            else:
                cost += 1
    return cost


def _ordered(bundles: list[_Bundle], channels: list[bool]) -> list[_Bundle]:
    """An order with few crossings: each bundle inserted where it costs least, then moved while that helps."""
    order: list[_Bundle] = []
    for bundle in sorted(bundles, key=lambda b: (b.high - b.low, b.low)):
        order.insert(_best_place(order, bundle, channels), bundle)
    for _ in range(4):
        for bundle in list(order):
            order.remove(bundle)
            order.insert(_best_place(order, bundle, channels), bundle)
    return order


def _best_place(order: list[_Bundle], bundle: _Bundle, channels: list[bool]) -> int:
    costs = []
    for place in range(len(order) + 1):
        before = sum(_penalty(other, bundle, channels) for other in order[:place])
        after = sum(_penalty(bundle, other, channels) for other in order[place:])
        costs.append(before + after)
    return costs.index(min(costs))


def _assign(order: list[_Bundle]) -> None:
    for index, bundle in enumerate(order):
        earlier = [other.track for other in order[:index] if other.overlaps(bundle)]
        bundle.track = max(earlier, default=-1) + 1
        for run in bundle.runs:
            run.track = bundle.track
