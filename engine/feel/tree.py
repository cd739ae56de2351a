"""The syntax tree of FEEL. Every node carries ``at``: the offset of its first character in the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

from engine.feel.types import FeelType
from engine.feel.values import Value


@dataclass(frozen=True, slots=True)
class Node:
    """Root of all nodes."""

    at: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, string, boolean or null."""

    value: Value


@dataclass(frozen=True, slots=True)
class AtLiteral(Node):
    """``@"2024-01-01"``: a date, time, date and time or duration (grammar rule 65)."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name in scope, its tokens joined by single spaces."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """``-e`` (rule 24)."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """``a + b - c``, ``a * b / c`` or ``a ** b``: a left-associative chain of operators of one rank (rules 19–23)."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """``a and b and c`` or ``a or b or c`` (rules 47, 48)."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """``a = b`` and its kin (rule 49.a)."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """``e between low and high`` (rule 49.b)."""

    operand: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """``e in test`` or ``e in (test, …)`` (rules 49.c, 49.d)."""

    operand: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """``e instance of type``; ``type`` is None when it names no type (rule 51)."""

    operand: Node
    type: FeelType | None


@dataclass(frozen=True, slots=True)
class UnaryTest(Node):
    """``< e`` as a test or as a range value (rule 7.a)."""

    operator: str
    endpoint: Node


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """``[a..b]`` (rule 8); an endpoint left out is None."""

    start: Node | None
    start_included: bool
    end: Node | None
    end_included: bool


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    """``[a, b]`` (rule 54)."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    """``{a: 1, "b": 2}`` (rule 57)."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``e.name`` (rule 43); ``at`` is the place of the name."""

    operand: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """``e[condition]`` (rule 50)."""

    operand: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Invocation(Node):
    """``f(a, b)`` or ``f(x: a)`` (rules 38–42); ``names`` is None for positional parameters."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Iterator:
    """``name in domain`` of for, some and every; ``end`` makes it the range ``domain..end`` (rule 63)."""

    name: str
    domain: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """``for … return …`` (rule 44)."""

    iterators: tuple[Iterator, ...]
    result: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some … satisfies …`` or ``every …`` (rule 46)."""

    every: bool
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class If(Node):
    """``if … then … else if … then … else …`` (rule 45): the branches in order, then what holds otherwise."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Node):
    """``function(a: number) body`` (rule 55); a parameter whose type names no type has ``unknown`` in its place."""

    parameters: tuple[tuple[str, FeelType | None], ...]
    body: Node
    external: bool
    valid_types: bool = True


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """The unary tests of a decision table cell (rule 15); no tests at all stand for ``-``."""

    negated: bool
    tests: tuple[Node, ...]


def contains(node: object, kind: type[Node], test: Callable[[Node], bool] | None = None) -> bool:
    """Return whether a node of ``kind`` (that passes ``test``) occurs in a tree."""
    if isinstance(node, kind) and (test is None or test(node)):
        return True
    if isinstance(node, tuple):
        return any(contains(part, kind, test) for part in node)
    if isinstance(node, Node | Iterator):
        return any(contains(getattr(node, field.name), kind, test) for field in fields(node))
    return False
