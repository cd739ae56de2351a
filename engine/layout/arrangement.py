"""A plane on the grid."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.layout.graph import FlowGraph
from engine.layout.grid import Grid
from engine.layout.model import Flow, Node, Plane, Pool
from engine.layout.rows import Cell


@dataclass(slots=True)
class Arrangement:
    """Everything decided about a plane except coordinates."""

    plane: Plane
    levels: list[list[Pool]]
    """Top to bottom; only collapsed pools stand side by side."""
    grid: Grid
    cells: dict[str, Cell]
    nodes: dict[str, Node]
    graphs: list[FlowGraph]
    level_of: dict[str, int]
    """Node or pool -> index in ``levels``."""
    intervals: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Collapsed pool -> first and last column."""
    slots: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Boundary event -> (column, place in it: 0 left, 1 middle, 2 right)."""

    @property
    def pools(self) -> list[Pool]:
        """All pools, top to bottom."""
        return [pool for level in self.levels for pool in level]

    def flows(self) -> list[Flow]:
        """The flows inside the pools, in document order."""
        return [flow for pool in self.pools if pool.scope for flow in pool.scope.flows]

    def home(self, node: str) -> str:
        """The node whose cell it stands in: the host for a boundary event."""
        return self.nodes[node].host or node if node in self.nodes else node
