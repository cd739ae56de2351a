"""Finding the way of each flow over the grid: a shortest path (A*) that minds bends, crossings and crowded channels."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from engine.layout.errors import UnroutableFlow
from engine.layout.grid import Grid, Vertex
from engine.layout.ports import STEPS, Port, Way
from engine.layout.routes import Order, Route
from engine.layout.traffic import NEVER, TOGETHER, Traffic

_State = tuple[Vertex, Way]
"""Where, and going which way."""


@dataclass(slots=True)
class Router:
    """Routes flows one after another, each minding those before it."""

    grid: Grid
    blocked: set[Vertex]
    routes: list[Route] = field(default_factory=list)
    traffic: Traffic = field(init=False)

    def __post_init__(self) -> None:
        self.traffic = Traffic(self.grid)

    def route(self, order: Order) -> Route:
        """Find and keep the best way. Raises UnroutableFlow."""
        route = _Search(self.grid, self.blocked, self.traffic, order).run()
        self.routes.append(route)
        self.traffic.add(route)
        return route


@dataclass(slots=True)
class _Search:
    """The search for one flow's way."""

    grid: Grid
    blocked: set[Vertex]
    traffic: Traffic
    order: Order
    best: dict[_State, float] = field(default_factory=dict)
    came: dict[_State, _State | Port] = field(default_factory=dict)
    """The state before, or the port at which the way begins."""
    queue: list[tuple[float, float, _State]] = field(default_factory=list)
    goals: dict[_State, tuple[Port, float]] = field(default_factory=dict)
    box: tuple[float, float, float, float] = (0, 0, 0, 0)

    def run(self) -> Route:
        self._set_goals()
        for port in self.order.starts:
            cost = self.traffic.port_cost(self.order, port, leaving=True)
            if port.vertex not in self.blocked:
                self._reach((port.vertex, port.way), cost, port)
        finished: tuple[float, _State, Port] | None = None
        while self.queue:
            estimate, cost, state = heapq.heappop(self.queue)
            if finished is not None and estimate >= finished[0]:
                break
            if cost > self.best[state]:
                continue
            for total, goal in self._arrivals(state, cost):
                if finished is None or total < finished[0]:
                    finished = (total, state, goal)
            self._advance(state, cost)
        if finished is None:
            raise UnroutableFlow(f"连线 {self.order.flow} 找不到走法，请检查它的起点和终点是否在同一个池内。")
        return self._trace(finished[1], finished[2])

    def _set_goals(self) -> None:
        for port in self.order.goals:
            cost = self.traffic.port_cost(self.order, port, leaving=False)
            if cost < NEVER and port.vertex not in self.blocked:
                self.goals[port.vertex, port.way.opposite] = (port, cost)
        xs = [self.grid.xs[vertex.x].nominal for vertex, _ in self.goals] or [0.0]
        ys = [self.grid.ys[vertex.y].nominal for vertex, _ in self.goals] or [0.0]
        self.box = (min(xs), min(ys), max(xs), max(ys))

    def _reach(self, state: _State, cost: float, before: _State | Port) -> None:
        if cost < self.best.get(state, NEVER):
            self.best[state], self.came[state] = cost, before
            heapq.heappush(self.queue, (cost + self._estimate(state[0]), cost, state))

    def _estimate(self, vertex: Vertex) -> float:
        """What the rest of the way costs at least: the distance to the rectangle around the goals."""
        x, y = self.grid.xs[vertex.x].nominal, self.grid.ys[vertex.y].nominal
        left, top, right, bottom = self.box
        return (max(left - x, x - right, 0) + max(top - y, y - bottom, 0)) / 10 * TOGETHER

    def _arrivals(self, state: _State, cost: float) -> list[tuple[float, Port]]:
        """The goals at a vertex with the whole way's cost."""
        vertex, arriving = state
        found = []
        for way in Way:
            if way is not arriving.opposite and (vertex, way) in self.goals:
                port, last = self.goals[vertex, way]
                total = cost + last + self.traffic.turn_cost(self.order, vertex, arriving, way)
                if total < NEVER:
                    found.append((total, port))
        return found

    def _advance(self, state: _State, cost: float) -> None:
        vertex, arriving = state
        for way in Way:
            if way is arriving.opposite:
                continue
            target = Vertex(vertex.x + STEPS[way][0], vertex.y + STEPS[way][1])
            if not 0 <= target.x < len(self.grid.xs) or target.y not in self.order.lines or target in self.blocked:
                continue
            step = self.traffic.step_cost(self.order, vertex, target)
            if step < NEVER:
                total = cost + step + self.traffic.turn_cost(self.order, vertex, arriving, way)
                self._reach((target, way), total, state)

    def _trace(self, last: _State, goal: Port) -> Route:
        path = [last[0]]
        before = self.came[last]
        while not isinstance(before, Port):
            path.append(before[0])
            before = self.came[before]
        path.reverse()
        return Route(self.order, path, before, goal)
