"""A flow to be routed, and the way that was found for it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.layout.grid import Vertex
from engine.layout.model import Link
from engine.layout.ports import Port


@dataclass(frozen=True, slots=True)
class Order:
    """A flow to be routed between any of its start ports and any of its goal ports."""

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
