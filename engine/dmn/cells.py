"""What values a cell of a decision table admits, when that can be told from its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.feel import tree as feel_tree

from .constants import NOT_CONSTANT, constant, key_of

Value = Any


@dataclass(frozen=True, slots=True)
class Interval:
    """All values between two ends; an end that is None is open to infinity."""

    low: Value
    low_included: bool
    high: Value
    high_included: bool


@dataclass(frozen=True, slots=True)
class Point:
    """Exactly one value; null is one too."""

    value: Value


@dataclass(frozen=True, slots=True)
class Cell:
    """The union of some atoms, or (``negated``) everything else; a dash is the negation of nothing."""

    atoms: tuple[Interval | Point, ...]
    negated: bool = False

    def constants(self) -> list[Value]:
        """All values written in the cell, null apart."""
        found: list[Value] = []
        for atom in self.atoms:
            ends = (atom.value,) if isinstance(atom, Point) else (atom.low, atom.high)
            found += [value for value in ends if value is not None]
        return found

    def admits_null(self) -> bool:
        """Whether null satisfies the cell."""
        return any(isinstance(atom, Point) and atom.value is None for atom in self.atoms) is not self.negated

    def mentions_null(self) -> bool:
        """Whether null is written in the cell."""
        return any(isinstance(atom, Point) and atom.value is None for atom in self.atoms)


DASH = Cell((), negated=True)


def read_cell(tests: feel_tree.Node | None) -> Cell | None:
    """The cell of a parsed text; None when the text is more than constants can tell."""
    if tests is None:
        return DASH
    if not isinstance(tests, feel_tree.Tests):
        return None
    if not tests.tests:
        return DASH
    atoms: list[Interval | Point] = []
    for test in tests.tests:
        read = _atoms(test)
        if read is None:
            return None
        atoms += read
    return Cell(tuple(atoms), tests.negated)


def _atoms(node: feel_tree.Node) -> Sequence[Interval | Point] | None:
    if isinstance(node, feel_tree.UnaryTest):
        return _compared(node.operator, constant(node.endpoint))
    if isinstance(node, feel_tree.Interval):
        return _interval(node)
    if isinstance(node, feel_tree.ListLiteral):
        values = [constant(item) for item in node.items]
        return None if any(value is NOT_CONSTANT for value in values) else [Point(value) for value in values]
    if isinstance(node, feel_tree.Comparison):
        implied = isinstance(node.left, feel_tree.Name) and node.left.name == "?"
        return _compared(node.operator, constant(node.right)) if implied else None
    value = constant(node)
    return None if value is NOT_CONSTANT else [Point(value)]


def _compared(operator: str, value: Value) -> Sequence[Interval | Point] | None:
    if value is NOT_CONSTANT:
        return None
    if operator == "=":
        return [Point(value)]
    if key_of(value) is None:
        return None
    if operator in ("<", "<="):
        return [Interval(None, False, value, operator == "<=")]
    if operator in (">", ">="):
        return [Interval(value, operator == ">=", None, False)]
    return None


def _interval(node: feel_tree.Interval) -> Sequence[Interval] | None:
    low = constant(node.start) if node.start is not None else None
    high = constant(node.end) if node.end is not None else None
    if low is NOT_CONSTANT or high is NOT_CONSTANT:
        return None
    # An interval with a null end, or with ends of a type that has no order, contains nothing that can be told here.
    for node_end, value in ((node.start, low), (node.end, high)):
        if node_end is not None and key_of(value) is None:
            return None
    return [Interval(low, node.start_included, high, node.end_included)]
