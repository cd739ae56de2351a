"""A file at one import path: its nodes linked to what they require, its imports beside it.

The same file imported by two paths makes two units, because its inputs may be given differently by each path.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from . import tree
from .compiling import Scope
from .errors import Problem
from .graph import cycle
from .members import composed, names_made
from .nodes import DecisionNode, InputNode, KnowledgeNode, Node, Requirement
from .service import ServiceNode
from .type_scope import TypeScope
from .types import members_of


class Unit:
    """One file at one import path. ``imports`` are named; ``merged`` are imports without a name."""

    def __init__(
        self,
        definitions: tree.Definitions,
        path: tuple[str, ...],
        imports: dict[str, Unit],
        merged: Sequence[Unit],
    ) -> None:
        self.definitions = definitions
        self.path = path
        self.imports = imports
        self.merged = tuple(merged)
        self.file = definitions.file
        self.namespace = definitions.namespace
        self.types: TypeScope = TypeScope(
            definitions, {name: unit.types for name, unit in imports.items()}, [unit.types for unit in merged]
        )
        self.nodes = [_node(element, self) for element in definitions.elements]
        self._by_id = {node.id: node for node in self.nodes if node.id}
        self._members: frozenset[str] | None = None
        # Modelers for process engines often draw tables without any input data: their names are process variables.
        self.is_open = not path and not any(isinstance(node, InputNode) for node in self.nodes)

    def scope(self, owner: str, names: frozenset[str]) -> Scope:
        """The compile-time scope of an element of this file."""
        return Scope(owner, self.file, names, self.members(), self.types)

    def members(self) -> frozenset[str]:
        """Names of more than one word that may follow a dot: components of item definitions, what the expressions
        here make, and the same of imported files with their elements."""
        if self._members is None:
            names = composed(members_of(iter(self.definitions.items))) | names_made(self.definitions)
            for unit in (*self.imports.values(), *self.merged):
                names |= unit.members() | composed(unit.imports)
                names |= composed(name for node in unit.nodes for name in node.names)
            self._members = names
        return self._members

    def all_units(self) -> Iterator[Unit]:
        """This unit and all below it."""
        yield self
        for unit in (*self.imports.values(), *self.merged):
            yield from unit.all_units()

    def find(self, name: str) -> Node | None:
        """An element by name or id: own ones first, then ``import.name``, then those of unnamed imports.

        ``{namespace}name`` finds the element of that model at the nearest import path.
        """
        if name.startswith("{"):
            namespace, _, local = name[1:].partition("}")
            units = (unit for unit in self.all_units() if unit.namespace == namespace)
            return next((found for unit in units if (found := unit.find(local)) is not None), None)
        wanted = " ".join(name.split())
        for node in self.nodes:
            if wanted in node.names:
                return node
        if name in self._by_id:
            return self._by_id[name]
        for prefix, unit in self.imports.items():
            found = unit.find(wanted[len(prefix) + 1 :]) if wanted.startswith(prefix + ".") else None
            if found is not None:
                return found
        return next((found for unit in self.merged if (found := unit.find(name)) is not None), None)

    def link(self) -> list[Problem]:
        """Resolve all references; the problems found, in document order."""
        problems: list[Problem] = []
        for node in self.nodes:
            self._link_node(node, problems)
        return problems

    def _link_node(self, node: Node, problems: list[Problem]) -> None:
        element = node.element
        if isinstance(node, DecisionNode):
            node.information = self._requirements(node, element.requirements, problems, DecisionNode, InputNode)
            node.knowledge = self._requirements(node, element.knowledge, problems, KnowledgeNode, ServiceNode)
        elif isinstance(node, KnowledgeNode):
            node.knowledge = self._requirements(node, element.knowledge, problems, KnowledgeNode, ServiceNode)
        elif isinstance(node, ServiceNode):
            node.outputs = self._requirements(node, element.outputs, problems, DecisionNode)
            node.encapsulated = self._requirements(node, element.encapsulated, problems, DecisionNode)
            node.input_decisions = self._requirements(node, element.input_decisions, problems, DecisionNode)
            node.input_data = self._requirements(node, element.input_data, problems, InputNode)

    def _requirements(
        self,
        node: Node,
        references: Sequence[tree.Reference],
        problems: list[Problem],
        *kinds: type[Node],
    ) -> list[Requirement]:
        found: list[Requirement] = []
        for reference in references:
            requirement = self._resolve(reference.href)
            if requirement is None or not isinstance(requirement.node, kinds):
                problems.append(
                    Problem(
                        "dmn.reference",
                        f"“{node.name}”引用的 {reference.href} 不存在或种类不对，请重新连线。",
                        self.file,
                        reference.line,
                        node.id,
                    )
                )
            elif all(requirement.node is not known.node for known in found):
                found.append(requirement)
        return found

    def _resolve(self, href: str) -> Requirement | None:
        """The element at ``#id`` or ``namespace#id``; imported ones at the nearest import path."""
        namespace, mark, identity = href.rpartition("#")
        if not mark:
            namespace, identity = "", href
        waiting: deque[tuple[tuple[str, ...], Unit]] = deque([((), self)])
        while waiting:
            path, unit = waiting.popleft()
            if not namespace or unit.namespace == namespace:
                node = unit._by_id.get(identity)
                if node is not None:
                    return Requirement(path, node)
            waiting.extend(((*path, name), child) for name, child in unit.imports.items())
            waiting.extend((path, child) for child in unit.merged)
        return None

    def check(self) -> list[Problem]:
        """Duplicate names and ids, circles of decisions, circles of type names."""
        problems = []
        seen: dict[str, Node] = {}
        for node in self.nodes:
            if node.name in seen:
                problems.append(self._problem("dmn.duplicate-name", f"名称“{node.name}”重复，请改名。", node))
            seen[node.name] = node
        circle = cycle(self.nodes)
        if circle:
            names = " → ".join(node.name for node in [*circle, circle[0]])
            problems.append(self._problem("dmn.cycle", f"决策互相依赖成环：{names}，请去掉一条连线。", circle[0]))
        problems += [
            Problem("dmn.type-cycle", f"类型“{name}”绕回到自己，请修改它的 typeRef。", self.file, line, name)
            for name, line in _circular_types(self.definitions.items)
        ]
        return problems

    def _problem(self, code: str, message: str, node: Node) -> Problem:
        return Problem(code, message, self.file, node.element.line, node.id or node.name)


def _node(element: tree.DrgElement, unit: Unit) -> Node:
    if isinstance(element, tree.InputData):
        return InputNode(element, unit)
    if isinstance(element, tree.Decision):
        return DecisionNode(element, unit)
    if isinstance(element, tree.BusinessKnowledgeModel):
        return KnowledgeNode(element, unit)
    return ServiceNode(element, unit)


def _circular_types(items: Sequence[tree.ItemDefinition]) -> Iterator[tuple[str, int]]:
    """Item definitions whose ``typeRef`` leads back to themselves without a component in between."""
    targets = {item.name: item.type_ref for item in items if not item.components and not item.function_item}
    for item in items:
        current, steps = targets.get(item.name), 0
        while current in targets and current != item.name and steps <= len(targets):
            current, steps = targets[current], steps + 1
        if current == item.name:
            yield item.name, item.line
