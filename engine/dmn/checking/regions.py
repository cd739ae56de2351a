"""The values of an input column cut into regions that no cell of the column tells apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.dmn.cells import Cell, Interval, Point
from engine.dmn.constants import Key, adjacent, key_of, kind_of, show
from engine.feel import types as feel

Value = Any


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of a column: one value, the values between two, null, or every other value.

    ``low`` and ``high`` are equal for a single value; None means no bound. ``special`` is "null" or "other".
    """

    low: Value = None
    high: Value = None
    single: bool = False
    special: str = ""

    def __str__(self) -> str:
        if self.special:
            return "null" if self.special == "null" else "其他值"
        if self.single:
            return show(self.low)
        if self.low is None and self.high is None:
            return "任何值"
        if self.low is None:
            return f"< {show(self.high)}"
        return f"> {show(self.low)}" if self.high is None else f"({show(self.low)}..{show(self.high)})"


class Mixed(Exception):
    """The cells of a column hold values of several types, or of a type whose values are not ordered alike."""


def regions_of(cells: Sequence[Cell], domain: Cell | None) -> list[Region]:
    """The regions of a column, inside its domain (allowed values) if that is given. Raises Mixed."""
    everything = [*cells, domain] if domain is not None else list(cells)
    constants = [value for cell in everything for value in cell.constants()]
    kinds = {str(kind_of(value)) for value in constants}
    if len(kinds) > 1:
        raise Mixed
    has_intervals = any(isinstance(atom, Interval) for cell in everything for atom in cell.atoms)
    if kinds == {str(feel.BOOLEAN)}:
        regions = [Region(True, True, True), Region(False, False, True)]
    elif not constants:
        regions = [Region()]
    elif kinds == {str(feel.STRING)} and not has_intervals:
        regions = [Region(value, value, True) for value in dict.fromkeys(constants)] + [Region(special="other")]
    else:
        regions = _line(constants)
    if any(cell.mentions_null() for cell in everything):
        regions.append(Region(special="null"))
    return regions if domain is None else [region for region in regions if admits(domain, region)]


def _line(constants: list[Value]) -> list[Region]:
    """The points written in the cells, and the stretches before, between and after them."""
    by_key: dict[Key, Value] = {}
    for value in constants:
        key = key_of(value)
        if key is None:
            raise Mixed
        by_key.setdefault(key, value)
    keys = sorted(by_key)
    regions = [Region(None, by_key[keys[0]])]
    for position, key in enumerate(keys):
        value = by_key[key]
        regions.append(Region(value, value, True))
        following = keys[position + 1] if position + 1 < len(keys) else None
        if following is None:
            regions.append(Region(value, None))
        elif not adjacent(key, following, value):
            regions.append(Region(value, by_key[following]))
    return regions


def admits(cell: Cell, region: Region) -> bool:
    """Whether the values of a region satisfy a cell; by construction all of them do or none does."""
    if region.special == "null":
        return cell.admits_null()
    inside = region.special != "other" and any(_holds(atom, region) for atom in cell.atoms)
    return inside is not cell.negated


def _holds(atom: Interval | Point, region: Region) -> bool:
    if isinstance(atom, Point):
        return region.single and atom.value is not None and _same(atom.value, region.low)
    return _above(atom, region) and _below(atom, region)


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(key_of(one) == key_of(other))


def _above(atom: Interval, region: Region) -> bool:
    if atom.low is None:
        return True
    if region.low is None:
        return False
    low: Any = key_of(atom.low)
    start: Any = key_of(region.low)
    return bool(start > low or (start == low and (atom.low_included or not region.single)))


def _below(atom: Interval, region: Region) -> bool:
    if atom.high is None:
        return True
    if region.high is None:
        return False
    high: Any = key_of(atom.high)
    end: Any = key_of(region.high)
    return bool(end < high or (end == high and (atom.high_included or not region.single)))
