"""Regions of columns in words an analyst reads: 金额 在 (100..200]、类别 = "工程"."""

from __future__ import annotations

from collections.abc import Sequence

from engine.dmn.constants import adjacent, key_of, show

from .boxes import Box
from .regions import Region

MAX_RUNS = 6


def describe(box: Box, names: Sequence[str], columns: Sequence[Sequence[Region]]) -> str:
    """A combination of values, column by column; columns that may have any value are left out."""
    parts = []
    for name, regions, chosen in zip(names, columns, box, strict=False):
        if len(chosen) < len(regions):
            parts.append(f"{name} {_union(regions, chosen)}")
    return "，".join(parts) if parts else "任何输入"


def _union(regions: Sequence[Region], chosen: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in chosen:
        if runs and number == runs[-1][-1] + 1 and _joins(regions[runs[-1][-1]], regions[number]):
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [_run(regions[run[0]], regions[run[-1]]) for run in runs[:MAX_RUNS]]
    more = f" 等 {len(runs)} 段" if len(runs) > MAX_RUNS else ""
    return "或 ".join(texts) + more


def _joins(one: Region, other: Region) -> bool:
    """Whether two neighbouring regions are pieces of one line (not single values of an enumeration)."""
    if one.special or other.special:
        return False
    if one.single and other.single:
        low, high = key_of(one.low), key_of(other.low)
        return low is not None and not isinstance(low, str) and adjacent(low, high, one.low)
    return True


def _run(first: Region, last: Region) -> str:
    if first.special:
        return f"是{first}"
    if first is last and first.single:
        return f"= {show(first.low)}"
    if first.low is None and last.high is None:
        return "有值"
    if first.low is None:
        return f"{'<=' if last.single else '<'} {show(last.high)}"
    if last.high is None:
        return f"{'>=' if first.single else '>'} {show(first.low)}"
    start, end = "[" if first.single else "(", "]" if last.single else ")"
    return f"在 {start}{show(first.low)}..{show(last.high)}{end}"
