"""The order of pools: those with content below each other, collapsed ones side by side above or below them."""

from __future__ import annotations

from engine.layout.model import Plane, Pool
from engine.layout.rows import Cell, RowPlan

Interval = tuple[int, int]
"""First and last column."""


def stack_pools(plane: Plane, plans: dict[str, RowPlan]) -> list[list[Pool]]:
    """Levels of pools, top to bottom: collapsed pools, each pool with content (document order), collapsed pools.

    A collapsed pool goes above if what it exchanges messages with lies in the upper half, counted in lanes, so that
    messages need not cross the whole diagram.
    """
    depth: dict[str, int] = {}
    total = 0
    for pool in plane.pools:
        if pool.scope:
            plan = plans[pool.scope.id]
            depth.update({node: total + band for node, band in plan.band_of.items()})
            depth.update({node: depth[home] for node, home in pool.scope.homes().items() if home in depth})
            total += max(1, sum(len(lane.leaves()) for lane in pool.scope.lanes))
    above: list[Pool] = []
    below: list[Pool] = []
    for pool in plane.pools:
        if pool.scope is None:
            places = [depth[end] for end in _partners(plane, pool) if end in depth]
            high = bool(places) and sum(places) / len(places) < (total - 1) / 2
            (above if high else below).append(pool)
    return [level for level in (above, *([pool] for pool in plane.pools if pool.scope), below) if level]


def _partners(plane: Plane, pool: Pool) -> list[str]:
    mine = [flow for flow in plane.messages if pool.id in (flow.source, flow.target)]
    return [end for flow in mine for end in (flow.source, flow.target) if end != pool.id]


def share_columns(
    plane: Plane, level: list[Pool], cells: dict[str, Cell], homes: dict[str, str], width: int
) -> dict[str, Interval]:
    """The columns that each collapsed pool of a level spans, in the order of what they exchange messages with."""
    reach: dict[str, tuple[float, float]] = {}
    for pool in level:
        ends = [homes.get(end, end) for end in _partners(plane, pool)]
        columns = [cells[end].column for end in ends if end in cells] or [width - 1]
        reach[pool.id] = (min(columns), max(columns))
    ordered = sorted(level, key=lambda pool: sum(reach[pool.id]))
    intervals: dict[str, Interval] = {}
    first = 0
    for index, pool in enumerate(ordered):
        remaining = len(ordered) - index - 1
        last = width - 1
        if remaining:
            ends_at, next_begins = reach[pool.id][1], reach[ordered[index + 1].id][0]
            last = int(min(max(first, (ends_at + next_begins - 1) // 2), width - 1 - remaining))
        intervals[pool.id] = (first, last)
        first = last + 1
    return intervals
