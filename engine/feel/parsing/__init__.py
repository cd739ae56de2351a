"""Turns FEEL text into a syntax tree (DMN 1.5, 10.3.1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from engine.feel.limits import MAX_NESTING_DEPTH, exceeded
from engine.feel.parsing.expressions import ExpressionParser
from engine.feel.parsing.stream import Vocabulary
from engine.feel.tree import Node, Tests
from engine.feel.types import FeelType


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree with what was learned about its names.

    ``free`` are the names that must come from the context; ``possible`` those used inside filters, which may be
    fields of the items; ``ambiguous`` says that more names in scope could change the reading, ``ambiguous_members``
    that more keys of contexts could.
    """

    tree: Node
    free: frozenset[str]
    possible: frozenset[str]
    ambiguous: bool
    ambiguous_members: bool


def parse_expression_text(
    text: str,
    names: Collection[str] = (),
    members: Collection[str] = (),
    types: Mapping[str, FeelType] | None = None,
) -> Parsed:
    """Return the tree of an expression; ``names`` are in scope, ``members`` are keys of contexts.

    Raises FeelSyntaxError and FeelLimitExceeded.
    """
    return _parse(text, names, members, types, tests=False)


def parse_tests_text(
    text: str,
    names: Collection[str] = (),
    members: Collection[str] = (),
    types: Mapping[str, FeelType] | None = None,
) -> Parsed:
    """Return the tree (a ``Tests`` node) of unary tests. Raises FeelSyntaxError and FeelLimitExceeded."""
    return _parse(text, names, members, types, tests=True)


def _parse(
    text: str, names: Collection[str], members: Collection[str], types: Mapping[str, FeelType] | None, *, tests: bool
) -> Parsed:
    try:
        parser = ExpressionParser(text, Vocabulary(names, members, types))
        tree: Node | Tests = parser.whole_tests() if tests else parser.whole_expression()
    except RecursionError:
        raise exceeded("嵌套层数", MAX_NESTING_DEPTH) from None
    return Parsed(tree, frozenset(parser.free), frozenset(parser.possible), parser.ambiguous, parser.ambiguous_members)


def parse_type_text(text: str, types: Mapping[str, FeelType] | None = None) -> FeelType | None:
    """Return the type that ``text`` names, or None; raises FeelSyntaxError when it is no type expression."""
    try:
        return ExpressionParser(text, Vocabulary((), (), types)).whole_type()
    except RecursionError:
        raise exceeded("嵌套层数", MAX_NESTING_DEPTH) from None
