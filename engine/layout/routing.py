"""Finding the way of each flow over the grid: a shortest path that counts bends, crossings and crowded channels."""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from dataclasses import dataclass, field

from engine.layout.errors import UnroutableFlow
from engine.layout.grid import Grid, Vertex
from engine.layout.model import Link
from engine.layout.ports import STEPS, Port, Way

BEND = 6.0
CROSSING = 40.0
CROWD = 2.0
SHARED_SIDE = 16.0
TOGETHER = 0.9
"""What running with a related flow costs, against running alone."""
_State = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Order:
    """A flow to be routed. Flows with an equal source (or target) key may run together."""

    flow: str
    link: Link
    source: str
    target: str
    starts: list[Port]
    goals: list[Port]
    lines: range
    """Horizontal lines that it may use."""


@dataclass(slots=True)
class Route:
    """The way found: the vertices passed, and the ports at both ends."""

    order: Order
    path: list[Vertex]
    start: Port
    goal: Port

    def together(self, other: Order) -> bool:
        """Whether the other may run on the same line: both of one kind, with a common source or target."""
        mine = self.order
        return mine.link is other.link and (mine.source == other.source or mine.target == other.target)


@dataclass(slots=True)
class Router:
    """Routes flows one after another, each minding those before it."""

    grid: Grid
    blocked: set[Vertex]
    routes: list[Route] = field(default_factory=list)
    _units: dict[tuple[Vertex, bool], list[Route]] = field(default_factory=lambda: defaultdict(list))
    """(vertex, vertical) -> routes over the unit from that vertex to the next line."""
    _passing: dict[Vertex, list[tuple[Route, int]]] = field(default_factory=lambda: defaultdict(list))
    """vertex -> routes there with 0 (straight across), 1 (straight down) or 2 (turning)."""

    def route(self, order: Order) -> Route:
        """Find and keep the best way. Raises UnroutableFlow."""
        best: dict[_State, float] = {}
        came: dict[_State, _State | None] = {}
        origin: dict[_State, Port] = {}
        free = [goal for goal in order.goals if self._port_free(order, goal, False)]
        goals = {(*goal.vertex, int(goal.way.opposite)): goal for goal in free}
        if not goals:
            raise self._unroutable(order)
        box = self._goal_box(list(goals.values()))
        queue: list[tuple[float, float, _State]] = []
        for port in order.starts:
            state = (*port.vertex, int(port.way))
            cost = port.penalty + self._sharing_cost(port)
            if self._port_free(order, port, True) and cost < best.get(state, float("inf")):
                best[state], came[state], origin[state] = cost, None, port
                heapq.heappush(queue, (cost + self._estimate(port.vertex, box), cost, state))
        finished: tuple[float, _State, _State] | None = None
        while queue:
            estimate, cost, state = heapq.heappop(queue)
            if finished is not None and estimate >= finished[0]:
                break
            if cost > best[state]:
                continue
            for final, goal in self._arrivals(state, goals):
                total = cost + goal.penalty + self._sharing_cost(goal) + self._turn_cost(order, state, Way(final[2]))
                if finished is None or total < finished[0]:
                    finished = (total, state, final)
            for way in Way:
                self._advance(order, state, way, cost, best, came, queue, box)
        if finished is None:
            raise self._unroutable(order)
        return self._keep(order, finished[1], goals[finished[2]], came, origin)

    def _arrivals(self, state: _State, goals: dict[_State, Port]) -> list[tuple[_State, Port]]:
        x, y, way = state
        return [
            ((x, y, into), goals[(x, y, into)]) for into in range(4) if (x, y, into) in goals and (way + 2) % 4 != into
        ]

    def _advance(
        self,
        order: Order,
        state: _State,
        way: Way,
        cost: float,
        best: dict[_State, float],
        came: dict[_State, _State | None],
        queue: list[tuple[float, float, _State]],
        box: tuple[float, float, float, float],
    ) -> None:
        x, y, arriving = state
        if (arriving + 2) % 4 == way:
            return
        dx, dy = STEPS[way]
        target = Vertex(x + dx, y + dy)
        if not 0 <= target.x < len(self.grid.xs) or target.y not in order.lines or target in self.blocked:
            return
        unit = self._unit(Vertex(x, y), target)
        step = self._unit_cost(order, unit)
        if step is None:
            return
        turn = self._turn_cost(order, state, way)
        if turn == float("inf"):
            return
        total = cost + step + turn
        new = (*target, int(way))
        if total < best.get(new, float("inf")):
            best[new], came[new] = total, state
            heapq.heappush(queue, (total + self._estimate(target, box), total, new))

    def _unit(self, a: Vertex, b: Vertex) -> tuple[Vertex, bool]:
        return min(a, b), a.x == b.x

    def _unit_cost(self, order: Order, unit: tuple[Vertex, bool]) -> float | None:
        """Length in tens of pixels plus crowding; None if a fixed line is taken by an unrelated flow."""
        vertex, vertical = unit
        lines, at = (self.grid.ys, vertex.y) if vertical else (self.grid.xs, vertex.x)
        length = (lines[at + 1].nominal - lines[at].nominal) / 10
        others = self._strangers(order, unit)
        along = self.grid.xs[vertex.x] if vertical else self.grid.ys[vertex.y]
        if others and not along.channel:
            return None
        if not others and self._units.get(unit):
            return length * TOGETHER
        if not vertical and along.gap and order.link is not Link.MESSAGE:
            return None
        return length + CROWD * len(others)

    def _strangers(self, order: Order, unit: tuple[Vertex, bool]) -> list[Route]:
        routes = self._units.get(unit, [])
        one_source = all(r.order.link is order.link and r.order.source == order.source for r in routes)
        one_target = all(r.order.link is order.link and r.order.target == order.target for r in routes)
        if one_source or one_target:
            return []
        return [route for route in routes if not route.together(order)] or routes

    def _turn_cost(self, order: Order, state: _State, way: Way) -> float:
        x, y, arriving = state
        straight = arriving == way
        both_fixed = not self.grid.xs[x].channel and not self.grid.ys[y].channel
        cost = 0.0 if straight else BEND
        for route, manner in self._passing.get(Vertex(x, y), ()):
            if straight and manner != 2:
                cost += CROSSING if manner != way % 2 else 0.0
            elif route.together(order):
                continue
            elif both_fixed:
                return float("inf")
            elif not straight and manner == 2 and not self.grid.xs[x].channel:
                # From above and from below into one channel: the two may end up on each other.
                cost += 2 * CROSSING
            else:
                cost += CROSSING * 0.3
        return cost

    def _port_free(self, order: Order, port: Port, leaving: bool) -> bool:
        """A place on a border is shared only by flows that all leave there or all enter there."""
        for route in self._units.get(self._unit(port.vertex, port.inward), []):
            theirs, mine = (route.order.source, order.source) if leaving else (route.order.target, order.target)
            place = route.start if leaving else route.goal
            if theirs != mine or route.order.link is not order.link or not self._same_place(place, port):
                return False
        return port.vertex not in self.blocked

    def _sharing_cost(self, port: Port) -> float:
        """Branches may share the trunk above or below a gateway; at its sides each should have its own way."""
        used = self._units.get(self._unit(port.vertex, port.inward))
        return SHARED_SIDE if used and port.way in (Way.LEFT, Way.RIGHT) else 0.0

    @staticmethod
    def _same_place(a: Port, b: Port) -> bool:
        return a.vertex == b.vertex and a.way == b.way

    def _goal_box(self, goals: list[Port]) -> tuple[float, float, float, float]:
        xs = [self.grid.xs[goal.vertex.x].nominal for goal in goals]
        ys = [self.grid.ys[goal.vertex.y].nominal for goal in goals]
        return min(xs), min(ys), max(xs), max(ys)

    def _estimate(self, vertex: Vertex, box: tuple[float, float, float, float]) -> float:
        x, y = self.grid.xs[vertex.x].nominal, self.grid.ys[vertex.y].nominal
        return (max(box[0] - x, x - box[2], 0) + max(box[1] - y, y - box[3], 0)) / 10 * TOGETHER

    def _unroutable(self, order: Order) -> UnroutableFlow:
        return UnroutableFlow(f"连线 {order.flow} 找不到走法，请检查它的起点和终点是否在同一个池内。")

    def _keep(
        self, order: Order, last: _State, goal: Port, came: dict[_State, _State | None], origin: dict[_State, Port]
    ) -> Route:
        path = [Vertex(last[0], last[1])]
        state = last
        while (previous := came[state]) is not None:
            path.append(Vertex(previous[0], previous[1]))
            state = previous
        path.reverse()
        route = Route(order, path, origin[state], goal)
        self.routes.append(route)
        full = [route.start.inward, *path, goal.inward]
        for before, here in itertools.pairwise(full):
            self._units[self._unit(before, here)].append(route)
        for before, here, after in zip(full, full[1:], full[2:], strict=False):
            straight = before.x == after.x or before.y == after.y
            self._passing[here].append((route, (1 if before.x == after.x else 0) if straight else 2))
        return route
