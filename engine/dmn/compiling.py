"""From the tree to closures: one function per kind of boxed expression, found here by type.

An evaluator takes the variables in scope and the run, and returns a FEEL value; it never raises for what DMN answers
with null, but adds a warning to the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from . import tree
from .run import Run, Site, Value, Variables

if TYPE_CHECKING:
    from .type_scope import TypeScope

Evaluator = Callable[[Variables, Run], Value]


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may name, at compile time. ``members`` are field names that may follow a dot.

    In an open scope other names are looked for among the variables that the caller gives.
    """

    owner: str
    file: str | None
    names: frozenset[str]
    members: frozenset[str]
    types: TypeScope
    is_open: bool = False

    def extend(self, names: Iterable[str]) -> Scope:
        """The scope of an inner expression that sees ``names`` too."""
        return replace(self, names=self.names.union(names))

    def composed(self) -> frozenset[str]:
        """The names that FEEL must be told of to read a text: those that are more than one plain word."""
        return frozenset(name for name in self.names if not name.isidentifier())

    def site(self, node: tree.Expression | tree.UnaryText, line: int | None = None) -> Site:
        """Where ``node`` stands, for messages."""
        return Site(self.owner, self.file, node.line if line is None else line, node.id)


def compile_expression(node: tree.Expression, scope: Scope) -> Evaluator:
    """The evaluator of any boxed expression."""
    return _compilers()[type(node)](node, scope)


def declared_type(variable: tree.InformationItem, node: tree.Expression | None) -> str | None:
    """The variable's type, else the type its expression names (clause 7.3.1: they shall be the same).

    What a function definition names may be what it returns, and so says nothing about the function.
    """
    if variable.type_ref or node is None or isinstance(node, tree.FunctionDefinition):
        return variable.type_ref
    return node.type_ref


_table: dict[type, Callable[[Any, Scope], Evaluator]] = {}


def _compilers() -> dict[type, Callable[[Any, Scope], Evaluator]]:
    if not _table:
        from . import boxed, functions, literals, tables

        _table.update(
            {
                tree.Literal: literals.compile_literal,
                tree.Context: boxed.compile_context,
                tree.ListExpression: boxed.compile_list,
                tree.Relation: boxed.compile_relation,
                tree.Conditional: boxed.compile_conditional,
                tree.Filter: boxed.compile_filter,
                tree.Iterator: boxed.compile_iterator,
                tree.FunctionDefinition: functions.compile_function,
                tree.Invocation: functions.compile_invocation,
                tree.DecisionTable: tables.compile_table,
            }
        )
    return _table
