"""Rules as boxes over the regions of their columns: what no rule covers, and what a rule adds to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MAX_STEPS = 50_000

Box = tuple[tuple[int, ...], ...]
"""For each column the numbers of regions; columns left out at the end may have any."""


class TooLarge(Exception):
    """The table has too many combinations to be searched."""


@dataclass(slots=True)
class Boxes:
    """``masks[rule][column]`` has a bit for every region of the column that the rule admits."""

    masks: Sequence[Sequence[int]]
    sizes: Sequence[int]
    _rules: list[list[int]] = field(init=False)
    _steps: int = 0

    def __post_init__(self) -> None:
        self._rules = [
            [
                sum(1 << rule for rule, row in enumerate(self.masks) if row[column] >> region & 1)
                for region in range(size)
            ]
            for column, size in enumerate(self.sizes)
        ]

    def is_empty(self, rule: int) -> bool:
        """Whether a rule admits nothing at all."""
        return not all(self.masks[rule])

    def overlap(self, one: int, other: int) -> Box | None:
        """Some combination that both rules admit."""
        common = [a & b for a, b in zip(self.masks[one], self.masks[other], strict=True)]
        return tuple(_bits(mask) for mask in common) if all(common) else None

    def uncovered(self, rules: int, within: int | None = None) -> Iterator[Box]:
        """Combinations (inside the rule ``within``, if given) that none of ``rules`` admits. Raises TooLarge."""
        self._steps = 0
        frame = [(1 << size) - 1 for size in self.sizes] if within is None else list(self.masks[within])
        yield from self._search(0, rules, (), frame, set())

    def _search(
        self, column: int, alive: int, prefix: Box, frame: Sequence[int], covered: set[tuple[int, int]]
    ) -> Iterator[Box]:
        if not alive:
            yield prefix
            return
        if column == len(self.sizes) or (column, alive) in covered:
            return
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TooLarge
        found = False
        groups: dict[int, list[int]] = {}
        for region in _bits(frame[column]):
            groups.setdefault(alive & self._rules[column][region], []).append(region)
        for remaining, regions in groups.items():
            for box in self._search(column + 1, remaining, (*prefix, tuple(regions)), frame, covered):
                found = True
                yield box
        if not found:
            covered.add((column, alive))


def _bits(mask: int) -> tuple[int, ...]:
    return tuple(position for position in range(mask.bit_length()) if mask >> position & 1)
