"""What the flows routed so far occupy, and what it costs another flow to meet them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from engine.layout.grid import Grid, Vertex
from engine.layout.model import Link
from engine.layout.ports import Port, Way
from engine.layout.routes import Order, Route

BEND = 6.0
"""Costs are lengths in tens of pixels: a bend is worth a detour of 60 pixels."""
CROSSING = 40.0
CROWD = 2.0
SHARED_SIDE = 16.0
TOGETHER = 0.9
"""What running with a related flow costs, against running alone."""
NEVER = float("inf")

_TURNING = 2
_Unit = tuple[Vertex, bool]
"""(vertex, vertical): the piece of a line from that vertex to the next line."""


@dataclass(slots=True)
class Traffic:
    """The occupied pieces of lines and crossings of lines."""

    grid: Grid
    _units: dict[_Unit, list[Route]] = field(default_factory=lambda: defaultdict(list))
    _passing: dict[Vertex, list[tuple[Route, int]]] = field(default_factory=lambda: defaultdict(list))
    """vertex -> routes there with 0 (straight across), 1 (straight down) or 2 (turning)."""

    def add(self, route: Route) -> None:
        """Let a route occupy its way."""
        full = [route.start.inward, *route.path, route.goal.inward]
        for before, here in pairwise(full):
            self._units[_unit(before, here)].append(route)
        for before, here, after in zip(full, full[1:], full[2:], strict=False):
            straight = before.x == after.x or before.y == after.y
            self._passing[here].append((route, int(before.x == after.x) if straight else _TURNING))

    def step_cost(self, order: Order, start: Vertex, end: Vertex) -> float:
        """What it costs to go from a vertex to its neighbour; NEVER on a fixed line that an unrelated flow has."""
        unit = vertex, vertical = _unit(start, end)
        across, at = (self.grid.ys, vertex.y) if vertical else (self.grid.xs, vertex.x)
        along = self.grid.xs[vertex.x] if vertical else self.grid.ys[vertex.y]
        length = (across[at + 1].nominal - across[at].nominal) / 10
        others = self._strangers(order, unit)
        if others and not along.channel:
            return NEVER
        if along.gap and not vertical and order.link is not Link.MESSAGE:
            return NEVER
        if not others and self._units.get(unit):
            return length * TOGETHER
        return length + CROWD * len(others)

    def _strangers(self, order: Order, unit: _Unit) -> list[Route]:
        """The flows on a piece of line; none if all of them share the source, or all the target, with the order."""
        routes = self._units.get(unit, [])
        if all(route.together(order) for route in routes):
            one_source = all(route.order.source == order.source for route in routes)
            one_target = all(route.order.target == order.target for route in routes)
            return [] if one_source or one_target else routes
        return [route for route in routes if not route.together(order)]

    def turn_cost(self, order: Order, vertex: Vertex, arriving: Way, leaving: Way) -> float:
        """What it costs to pass a vertex: bends, crossings, and what may become one; NEVER where flows would touch."""
        straight = arriving == leaving
        above, beside = self.grid.xs[vertex.x], self.grid.ys[vertex.y]
        cost = 0.0 if straight else BEND
        for route, manner in self._passing.get(vertex, ()):
            if straight and manner != _TURNING:
                cost += CROSSING if manner != leaving % 2 else 0.0
            elif route.together(order):
                continue
            elif not above.channel and not beside.channel:
                return NEVER
            elif not straight and manner == _TURNING and not above.channel:
                # From above and from below into one channel: the two may end up on each other.
                cost += 2 * CROSSING
            else:
                cost += CROSSING * 0.3
        return cost

    def port_cost(self, order: Order, port: Port, *, leaving: bool) -> float:
        """What it costs to use a place on a border; NEVER if it is taken.

        A place is shared only by flows that all leave there or all enter there. Branches may share the trunk above or
        below a gateway; at its sides each should have its own way.
        """
        used = self._units.get(_unit(port.vertex, port.inward), [])
        for route in used:
            theirs, mine = (route.order.source, order.source) if leaving else (route.order.target, order.target)
            place = route.start if leaving else route.goal
            if theirs != mine or route.order.link is not order.link:
                return NEVER
            if (place.vertex, place.way) != (port.vertex, port.way):
                return NEVER
        return port.penalty + (SHARED_SIDE if used and port.way in (Way.LEFT, Way.RIGHT) else 0.0)


def _unit(a: Vertex, b: Vertex) -> _Unit:
    return min(a, b), a.x == b.x
