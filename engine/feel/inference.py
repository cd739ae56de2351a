"""The result type of a function literal, as far as its body tells it (DMN 1.5, Table 43)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel.builtins.library import BUILTINS
from engine.feel.tree import (
    Arithmetic,
    AtLiteral,
    Between,
    Comparison,
    ContextLiteral,
    For,
    If,
    In,
    InstanceOf,
    Invocation,
    ListLiteral,
    Literal,
    Logic,
    Name,
    Negation,
    Node,
    Quantified,
)
from engine.feel.types import ANY, BOOLEAN, NULL, NUMBER, STRING, ContextType, FeelType, ListType, join_all, type_of

_BOOLEAN_NODES = (Comparison, Between, In, InstanceOf, Logic, Quantified)


def infer(node: Node, variables: Mapping[str, FeelType | None]) -> FeelType | None:
    """Return the type of an expression given the types of its variables; None where it cannot be told."""
    kind = _infer(node, variables)
    return None if kind == ANY else kind


def _infer(node: Node, variables: Mapping[str, FeelType | None]) -> FeelType:
    if isinstance(node, Literal):
        return type_of(node.value)
    if isinstance(node, AtLiteral):
        from engine.feel.lexical import parse_at_literal

        return type_of(parse_at_literal(node.text))
    if isinstance(node, Name):
        return variables.get(node.name) or ANY
    if isinstance(node, _BOOLEAN_NODES):
        return BOOLEAN
    if isinstance(node, Arithmetic | Negation):
        return _arithmetic(node, variables)
    return _construct(node, variables)


def _arithmetic(node: Arithmetic | Negation, variables: Mapping[str, FeelType | None]) -> FeelType:
    if isinstance(node, Negation):
        return _infer(node.operand, variables)
    kinds = {_infer(operand, variables) for operand in (node.first, *(item for _, item in node.rest))}
    symbols = {symbol for symbol, _ in node.rest}
    if kinds == {NUMBER} or (kinds == {STRING} and symbols == {"+"}):
        return kinds.pop()
    return ANY


def _construct(node: Node, variables: Mapping[str, FeelType | None]) -> FeelType:
    if isinstance(node, ListLiteral):
        return ListType(join_all([_infer(item, variables) for item in node.items]))
    if isinstance(node, ContextLiteral):
        return ContextType(tuple((key, _infer(value, variables)) for key, value in node.entries))
    if isinstance(node, If):
        kinds = [_infer(then, variables) for _, then in node.branches] + [_infer(node.otherwise, variables)]
        joined = join_all(kinds)
        return ANY if joined == NULL else joined
    if isinstance(node, For):
        hidden = dict(variables) | {iterator.name: None for iterator in node.iterators} | {"partial": None}
        return ListType(_infer(node.result, hidden))
    if isinstance(node, Invocation) and isinstance(node.function, Name) and node.function.name not in variables:
        builtin = BUILTINS.get(node.function.name)
        return ANY if builtin is None else builtin.return_type or ANY
    return ANY
