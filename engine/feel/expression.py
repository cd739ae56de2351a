"""Compiled expressions and unary tests, and the cache of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import lru_cache

from engine.feel.compiling import compile_tests_tree, compile_tree
from engine.feel.convert import from_python
from engine.feel.errors import FeelLimitExceeded, Warning_
from engine.feel.limits import MAX_NESTING_DEPTH, exceeded
from engine.feel.parsing import Parsed, parse_expression_text, parse_tests_text
from engine.feel.runtime import Frame, Root
from engine.feel.tree import Node
from engine.feel.types import FeelType
from engine.feel.values import Value

CACHE_SIZE = 4096
"""Compiled texts kept; the least recently used goes first."""

Functions = Mapping[str, Callable[..., object]]


def _too_deep() -> FeelLimitExceeded:
    return exceeded("嵌套或函数调用层数", MAX_NESTING_DEPTH)


class _Compiled:
    """What expressions and unary tests have in common."""

    __slots__ = ("ambiguous", "ambiguous_members", "names_possibly_used", "names_used", "text", "tree")

    def __init__(self, text: str, parsed: Parsed) -> None:
        self.text = text
        self.tree: Node = parsed.tree
        self.names_used = parsed.free
        """Free variables, built-ins left out."""
        self.names_possibly_used = parsed.free | parsed.possible
        """The same with names inside filters, which may be fields of the items."""
        self.ambiguous = parsed.ambiguous
        """Whether further names in scope could change how the text is read."""
        self.ambiguous_members = parsed.ambiguous_members
        """Whether further keys of contexts could."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class Expression(_Compiled):
    """A compiled expression; safe to share between threads."""

    __slots__ = ("_code",)

    def __init__(self, text: str, parsed: Parsed) -> None:
        super().__init__(text, parsed)
        self._code = compile_tree(text, parsed.tree)

    def evaluate(
        self,
        context: Mapping[str, object],
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
        warnings: list[Warning_] | None = None,
    ) -> Value:
        """Return the value in a context of variables.

        ``now`` answers now() and today(), ``functions`` adds functions by name, ``warnings`` receives the reasons
        of nulls. Raises FeelLimitExceeded and nothing else for what an expression can do.
        """
        try:
            return self._code(Root(context, now, functions, warnings))
        except RecursionError:
            raise _too_deep() from None


class UnaryTests(_Compiled):
    """The compiled tests of a decision table cell; safe to share between threads."""

    __slots__ = ("_code",)

    def __init__(self, text: str, parsed: Parsed) -> None:
        super().__init__(text, parsed)
        self._code = compile_tests_tree(text, parsed.tree)

    def evaluate(
        self,
        value: object,
        context: Mapping[str, object],
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
        warnings: list[Warning_] | None = None,
    ) -> bool | None:
        """Return whether ``value`` satisfies the tests; null counts as not satisfied (DMN 1.5, 10.3.2.10)."""
        root = Root(context, now, functions, warnings)
        try:
            tested = from_python(value)
            return self._code(tested, Frame({"?": tested}, root, root))
        except RecursionError:
            raise _too_deep() from None


def compile_expression(
    text: str,
    *,
    names: Collection[str] = (),
    members: Collection[str] = (),
    types: Mapping[str, FeelType] | None = None,
) -> Expression:
    """Return the compiled expression, from the cache if it is there.

    ``names`` are the names in scope (only those with spaces or symbols matter), ``members`` keys of contexts reached
    by paths and filters, ``types`` item definitions by name. Raises FeelSyntaxError and FeelLimitExceeded.
    """
    return _expression(text, frozenset(names), frozenset(members), frozenset((types or {}).items()))


def compile_unary_tests(
    text: str,
    *,
    names: Collection[str] = (),
    members: Collection[str] = (),
    types: Mapping[str, FeelType] | None = None,
) -> UnaryTests:
    """Return the compiled unary tests; the parameters are those of :func:`compile_expression`."""
    return _unary_tests(text, frozenset(names), frozenset(members), frozenset((types or {}).items()))


@lru_cache(maxsize=CACHE_SIZE)
def _expression(
    text: str, names: frozenset[str], members: frozenset[str], types: frozenset[tuple[str, FeelType]]
) -> Expression:
    return Expression(text, parse_expression_text(text, names, members, dict(types)))


@lru_cache(maxsize=CACHE_SIZE)
def _unary_tests(
    text: str, names: frozenset[str], members: frozenset[str], types: frozenset[tuple[str, FeelType]]
) -> UnaryTests:
    return UnaryTests(text, parse_tests_text(text, names, members, dict(types)))
