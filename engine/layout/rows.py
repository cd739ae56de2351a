"""Rows: the main path on the first row of its lane, branches below it, nothing in the way of the lines between."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.layout.graph import FlowGraph, is_flow_node
from engine.layout.model import Kind, Link, Node, Scope


@dataclass(slots=True)
class Cell:
    """Where a node stands on the grid: column, band (lane) and row in that band, and how many it takes."""

    column: int
    band: int
    row: int
    columns: int = 1
    rows: int = 1

    @property
    def last_column(self) -> int:
        return self.column + self.columns - 1

    @property
    def last_row(self) -> int:
        return self.row + self.rows - 1


@dataclass(slots=True)
class _Branch:
    parent: str | None
    chain: list[str]
    end: str | None
    interrupting: bool = False
    """Whether it begins at a boundary event of the parent."""


@dataclass(slots=True)
class RowPlan:
    """The occupied cells of one pool, band by band."""

    scope: Scope
    graph: FlowGraph
    columns: dict[str, int]
    spans: dict[str, tuple[int, int]]
    band_of: dict[str, int]
    cells: dict[str, Cell] = field(default_factory=dict)
    taken: dict[tuple[int, int], dict[int, str]] = field(default_factory=dict)
    """(band, row) -> column -> the node there, or the node whose line runs through."""

    def row_count(self, band: int) -> int:
        """Rows in use in a band, at least one."""
        return 1 + max((row for at, row in self.taken if at == band), default=0)

    def place_all(self) -> None:
        """Give every node of the scope that is not a boundary event its cell."""
        for node in self.graph.order:
            self._place_from(node)
        for detached in self.scope.nodes.values():
            if detached.detached:
                self._place_below(detached, 0)
        for artifact in self.scope.nodes.values():
            if not is_flow_node(artifact) and artifact.kind is not Kind.BOUNDARY and not artifact.detached:
                self._place_artifact(artifact)

    def _place_from(self, entry: str) -> None:
        pending: list[tuple[str | None, str, bool]] = [(None, entry, False)]
        while pending:
            parent, first, interrupting = pending.pop()
            if first in self.cells:
                continue
            branch = self._follow(parent, first)
            branch.interrupting = interrupting
            self._place_branch(branch)
            for node in branch.chain:
                for flow in reversed(self.graph.ranked(node)):
                    pending.append((node, flow.target, flow.source != node))

    def _follow(self, parent: str | None, first: str) -> _Branch:
        chain = [first]
        while True:
            onward = [flow for flow in self.graph.ranked(chain[-1]) if flow.source == chain[-1]]
            if not onward:
                return _Branch(parent, chain, None)
            if onward[0].target in self.cells or onward[0].target in chain:
                return _Branch(parent, chain, onward[0].target)
            chain.append(onward[0].target)

    def _place_branch(self, branch: _Branch) -> None:
        previous = branch.parent
        start = 0
        while start < len(branch.chain):
            band = self.band_of[branch.chain[start]]
            stop = start + 1
            while stop < len(branch.chain) and self.band_of[branch.chain[stop]] == band:
                stop += 1
            following = branch.chain[stop] if stop < len(branch.chain) else branch.end
            self._place_run(branch.chain[start:stop], previous, following, branch if start == 0 else None)
            previous, start = branch.chain[stop - 1], stop

    def _place_run(self, run: list[str], previous: str | None, following: str | None, branch: _Branch | None) -> None:
        """Place nodes of one band that follow each other on one row, with room for the lines to and from them."""
        band = self.band_of[run[0]]
        begin, end = self.columns[run[0]], self.columns[run[-1]] + self.spans[run[-1]][0] - 1
        before = self.cells.get(previous) if previous else None
        after = self.cells.get(following) if following else None
        lowest = 0
        if before and before.band == band:
            straight = branch is None or (not branch.interrupting and self._goes_straight(branch.parent, band))
            begin = min(begin, before.last_column + (1 if straight else 0))
            lowest = (before.row if straight else before.last_row + 1) if branch else 0
        if after and after.band == band:
            end = max(end, after.column - 1)
        height = max(self.spans[node][1] for node in run)
        owner = previous or run[0]
        row = lowest
        # A line to a node on another row turns below or above it, so the cell there must be free as well.
        turn = after.column if after and after.band == band and after.column > end else end
        while not self._fits(band, row, height, begin, end if after and row == after.row else turn, owner):
            row += 1
        end = end if after and row == after.row else turn
        for column in range(begin, end + 1):
            self._at(band, row).setdefault(column, owner)
        for end_cell in (before, after):
            if end_cell and end_cell.band == band:
                self._keep_free(end_cell, row, owner)
        for node in run:
            self._put(node, Cell(self.columns[node], band, row, *self.spans[node]))

    def _keep_free(self, cell: Cell, row: int, owner: str) -> None:
        """Keep the cells between a node and the row of its branch for the line that leads there."""
        for between in range(cell.last_row + 1, row):
            self._at(cell.band, between).setdefault(cell.last_column, owner)

    def _goes_straight(self, previous: str | None, band: int) -> bool:
        """Whether a branch may go straight on because the main path leaves the lane here."""
        if previous is None or not self.graph.ranked(previous):
            return False
        onward = self.graph.ranked(previous)[0]
        return onward.source == previous and self.band_of[onward.target] != band

    def _at(self, band: int, row: int) -> dict[int, str]:
        return self.taken.setdefault((band, row), {})

    def _free(self, band: int, row: int, begin: int, end: int, owner: str = "") -> bool:
        taken = self.taken.get((band, row), {})
        nodes = self._occupied(band, row)
        return all(column not in nodes and taken.get(column, owner) == owner for column in range(begin, end + 1))

    def _fits(self, band: int, row: int, height: int, begin: int, end: int, owner: str) -> bool:
        below = all(self._free(band, row + extra, begin, end) for extra in range(1, height))
        return below and self._free(band, row, begin, end, owner)

    def _occupied(self, band: int, row: int) -> set[int]:
        return {
            column
            for cell in self.cells.values()
            if cell.band == band and cell.row <= row <= cell.last_row
            for column in range(cell.column, cell.last_column + 1)
        }

    def _put(self, node: str, cell: Cell) -> None:
        self.cells[node] = cell
        for row in range(cell.row, cell.last_row + 1):
            for column in range(cell.column, cell.last_column + 1):
                self._at(cell.band, row)[column] = node

    def _place_below(self, node: Node, column: int) -> None:
        columns, rows = self.spans.get(node.id, (1, 1))
        band = self.band_of[node.id]
        used = [row for at, row in self.taken if at == band]
        self._put(node.id, Cell(column, band, max(used, default=-1) + 1, columns, rows))

    def _place_artifact(self, node: Node) -> None:
        anchor = self._anchor(node)
        if anchor is None:
            self._place_below(node, 0)
            return
        band = anchor.band
        nearby = [(anchor.last_row + 1, anchor.column), (anchor.row - 1, anchor.column)]
        nearby += [(row, anchor.column) for row in range(self.row_count(band))]
        nearby += [(row, anchor.column + 1) for row in (anchor.last_row + 1, anchor.row - 1)]
        for row, column in nearby:
            if 0 <= row < self.row_count(band) and self._free(band, row, column, column):
                self._put(node.id, Cell(column, band, row))
                return
        row = self.row_count(band)
        self._put(node.id, Cell(anchor.column, band, row))

    def _anchor(self, node: Node) -> Cell | None:
        sources = {flow.id: flow.source for flow in self.scope.flows}
        for flow in self.scope.flows:
            if flow.link is Link.ASSOCIATION and node.id in (flow.source, flow.target):
                other = flow.target if flow.source == node.id else flow.source
                other = sources.get(other, other)
                other = self.graph.hosts.get(other, other)
                if other in self.cells:
                    return self.cells[other]
        return None


def bands_of(scope: Scope) -> dict[str, int]:
    """The lane (index among the innermost lanes, top to bottom) of every node; without lanes all are in band 0.

    A boundary event is where its host is; an artifact where the first thing it is connected with is.
    """
    leaves = [leaf for lane in scope.lanes for leaf in lane.leaves()]
    bands = {member: index for index, leaf in enumerate(leaves) for member in leaf.members if member in scope.nodes}
    for node in scope.nodes.values():
        if node.host in bands:
            bands[node.id] = bands[node.host]
    for _ in range(2):
        for flow in scope.flows:
            if flow.source in bands:
                bands.setdefault(flow.id, bands[flow.source])
            for here, there in ((flow.source, flow.target), (flow.target, flow.source)):
                if here not in bands and there in bands:
                    bands[here] = bands[there]
    return {node: bands.get(node, 0) for node in scope.nodes}
