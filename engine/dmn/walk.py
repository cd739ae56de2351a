"""Every FEEL text and decision table of a file, each with the scope it is read in: the scoping of the compiler."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.feel import FeelError
from engine.feel.builtins.names import BUILTIN_NAMES
from engine.feel.parsing import Parsed, parse_expression_text, parse_tests_text

from . import tree
from .boxed import duplicate_entry
from .compiling import Scope
from .nodes import DecisionNode, KnowledgeNode, Node, implied_parameters
from .types import DmnType
from .unit import Unit


@dataclass(frozen=True, slots=True)
class Text:
    """A literal expression, or unary tests, in its scope."""

    node: tree.Literal | tree.UnaryText
    scope: Scope


Types = Mapping[str, DmnType | None]
"""The declared types of the variables in scope; None where a variable has none."""


@dataclass(frozen=True, slots=True)
class TableInScope:
    """A decision table, its scope, and the types of the variables it may name."""

    node: tree.DecisionTable
    scope: Scope
    types: Types


@dataclass(slots=True)
class Place:
    """What one decision or knowledge model holds."""

    texts: list[Text] = field(default_factory=list)
    tables: list[TableInScope] = field(default_factory=list)
    duplicates: list[tuple[tree.ContextEntry, Scope]] = field(default_factory=list)


def places_of(unit: Unit) -> Iterator[Place]:
    """The decisions and knowledge models of a file, in document order."""
    for node in unit.nodes:
        yield place_of(node)


def place_of(node: Node) -> Place:
    """What one element holds."""
    place = Place()
    if isinstance(node, DecisionNode) and node.element.expression is not None:
        types = {name: req.node.type for req in node.information if not req.path for name in req.node.names}
        _walk(node.element.expression, node.scope(), types, place)
    elif isinstance(node, KnowledgeNode) and node.element.logic is not None:
        implied = [] if node.element.logic.parameters else implied_parameters(node.element.logic)
        scope = node.scope().extend(item.name for item in implied)
        _walk(node.element.logic, scope, _declared(implied, scope), place)
    return place


def undeclared(node: Node) -> frozenset[str]:
    """The names an element uses that nothing in its scope defines; unreadable texts use none."""
    found: set[str] = set()
    for text in place_of(node).texts:
        try:
            parsed = parse_text(text.node, text.scope)
        except FeelError:
            continue
        if parsed is not None and not has_open_names(text.scope):
            found |= parsed.free - text.scope.names - BUILTIN_NAMES - {"?"}
    return frozenset(found)


def parse_text(node: tree.Literal | tree.UnaryText, scope: Scope, functions: Collection[str] = ()) -> Parsed | None:
    """The syntax tree of a text; None for an empty one. Raises FEEL's errors."""
    if not node.text:
        return None
    reader = parse_tests_text if isinstance(node, tree.UnaryText) else parse_expression_text
    return reader(node.text, scope.composed().union(functions), scope.members, scope.types.feel_types)


def _walk(node: tree.Expression, scope: Scope, types: Types, place: Place) -> None:
    if isinstance(node, tree.Literal):
        place.texts.append(Text(node, scope))
    elif isinstance(node, tree.DecisionTable):
        place.tables.append(TableInScope(node, scope, types))
        place.texts += [Text(text, scope) for text in _texts_of(node)]
    elif isinstance(node, tree.Context):
        twice = duplicate_entry(node)
        if twice is not None:
            place.duplicates.append((twice, scope))
        for entry in node.entries:
            _walk(entry.value, scope, types, place)
            if entry.variable is not None:
                scope = scope.extend((entry.variable.name,))
                types = {**types, **_declared((entry.variable,), scope)}
    elif isinstance(node, tree.FunctionDefinition):
        if node.body is not None:
            inner = scope.extend(item.name for item in node.parameters)
            _walk(node.body, inner, {**types, **_declared(node.parameters, scope)}, place)
    else:
        for child, names in _children(node):
            if _ANY_FIELD in names:
                names = (*names, *scope.members)
            _walk(child, scope.extend(names), {**types, **dict.fromkeys(names)}, place)


def _declared(items: Sequence[tree.InformationItem], scope: Scope) -> Types:
    return {item.name: scope.types.resolve(item.type_ref) for item in items}


def _children(node: tree.Expression) -> Iterator[tuple[tree.Expression, tuple[str, ...]]]:
    """The parts of an expression, each with the names it sees in addition."""
    if isinstance(node, tree.ListExpression):
        yield from ((item, ()) for item in node.items)
    elif isinstance(node, tree.Relation):
        yield from ((cell, ()) for row in node.rows for cell in row)
    elif isinstance(node, tree.Invocation):
        yield node.function, ()
        yield from ((binding.value, ()) for binding in node.bindings if binding.value is not None)
    elif isinstance(node, tree.Conditional):
        yield from ((part, ()) for part in (node.condition, node.then, node.otherwise))
    elif isinstance(node, tree.Filter):
        yield node.collection, ()
        yield node.match, ("item", _ANY_FIELD)
    elif isinstance(node, tree.Iterator):
        yield node.collection, ()
        yield node.body, (node.variable, "partial")


def _texts_of(node: tree.DecisionTable) -> Iterator[tree.Literal | tree.UnaryText]:
    for clause in node.inputs:
        yield clause.expression
        if clause.values is not None:
            yield clause.values
    for output in node.outputs:
        if output.values is not None:
            yield output.values
        if output.default is not None:
            yield output.default
    for rule in node.rules:
        yield from rule.inputs
        yield from rule.outputs


_ANY_FIELD = "\N{ASTERISK}"
"""Stands in a scope where fields of list items are names too, so that no name can be called unknown."""


def has_open_names(scope: Scope) -> bool:
    """Whether names may come from list items, which are known only at run time."""
    return _ANY_FIELD in scope.names
