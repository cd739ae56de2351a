"""A loaded model: what it offers, and its evaluation. Reusable, and safe to share between threads."""

from __future__ import annotations

import os
from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.feel.values import Function

from . import java
from .errors import DmnLimitExceeded, DmnNotFound
from .graph import order
from .loading import Importer, load_unit
from .nodes import DecisionNode, InputNode, KnowledgeNode, Node
from .run import Evaluation, Run, Value
from .service import ServiceNode
from .unit import Unit


@dataclass(frozen=True, slots=True)
class ElementInfo:
    """An element as the outside sees it; ``type`` is the declared type as written, None if there is none."""

    name: str
    id: str | None
    type: str | None


@dataclass(frozen=True, slots=True)
class ServiceInfo(ElementInfo):
    """A decision service: its parameters and output decisions by name, in order."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


class Model:
    """A DMN model. Everything is compiled at most once, when first evaluated."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self._plans: dict[Node, Sequence[Node]] = {}
        self._found: dict[str, Node] = {}

    @property
    def name(self) -> str:
        """The name of the definitions."""
        return self.unit.definitions.name

    @property
    def namespace(self) -> str:
        """The namespace of the definitions."""
        return self.unit.namespace

    @property
    def decisions(self) -> list[ElementInfo]:
        """The decisions of the main file, in document order."""
        return [_info(node) for node in self.unit.nodes if isinstance(node, DecisionNode)]

    @property
    def input_data(self) -> list[ElementInfo]:
        """The input data of the main file, in document order."""
        return [_info(node) for node in self.unit.nodes if isinstance(node, InputNode)]

    @property
    def knowledge_models(self) -> list[ElementInfo]:
        """The business knowledge models of the main file, in document order."""
        return [_info(node) for node in self.unit.nodes if isinstance(node, KnowledgeNode)]

    @property
    def decision_services(self) -> list[ServiceInfo]:
        """The decision services of the main file, in document order."""
        return [
            ServiceInfo(
                node.name,
                node.id,
                node.type_ref,
                tuple(name for name, _ in node.parameters()),
                tuple(requirement.node.name for requirement in node.outputs),
            )
            for node in self.unit.nodes
            if isinstance(node, ServiceNode)
        ]

    def required_inputs(self, name: str) -> list[ElementInfo]:
        """The inputs, direct and indirect, of a decision or service. Raises DmnNotFound.

        In a file without any input data these are the names its decisions use and do not define.
        """
        node = self._node(name)
        if isinstance(node, ServiceNode):
            return [_info(requirement.node) for requirement in node.inputs()]
        plan = self._plan(node)
        if self.unit.is_open:
            names = {name for required in plan if isinstance(required, DecisionNode) for name in required.undeclared()}
            return [ElementInfo(name, None, None) for name in sorted(names)]
        return [_info(required) for required in plan if isinstance(required, InputNode)]

    def evaluate(
        self,
        name: str,
        inputs: Mapping[str, Value],
        *,
        now: datetime | None = None,
        functions: Mapping[str, Callable[..., Value]] | None = None,
    ) -> Value:
        """The value of a decision, decision service or knowledge model, by name or id.

        ``inputs`` maps names of input data (of parameters, for a knowledge model) to Python or FEEL values; in a file
        without any input data they are all in scope, as process engines have it.
        What DMN answers with null is null. Raises DmnNotFound, DmnLimitExceeded and FEEL's FeelLimitExceeded.
        """
        return self._evaluate(self._node(name), Run(inputs, now, _with_java(functions)))

    def evaluate_with_trace(
        self,
        name: str,
        inputs: Mapping[str, Value],
        *,
        now: datetime | None = None,
        functions: Mapping[str, Callable[..., Value]] | None = None,
    ) -> Evaluation:
        """As ``evaluate``, with every decision on the way, the rules that were hit, and all warnings."""
        run = Run(inputs, now, _with_java(functions), tracing=True)
        value = self._evaluate(self._node(name), run)
        return Evaluation(value, run.traces, run.warnings)

    def _node(self, name: str) -> Node:
        node = self._found.get(name)
        if node is None:
            node = self.unit.find(name)
            if node is None:
                raise DmnNotFound(
                    f"模型“{self.name}”里没有名称或 id 为“{name}”的决策或决策服务，请检查名称。", file=self.unit.file
                )
            self._found[name] = node
        return node

    def _plan(self, node: Node) -> Sequence[Node]:
        plan = self._plans.get(node)
        if plan is None:
            plan = self._plans[node] = order([node])
        return plan

    def _evaluate(self, node: Node, run: Run) -> Value:
        try:
            if isinstance(node, ServiceNode):
                return node.evaluate(run)
            if isinstance(node, KnowledgeNode):
                return _call(node, run)
            memo = run.memo
            for required in self._plan(node):
                memo[required] = required.value(run)
            return memo[node]
        except RecursionError as error:
            raise DmnLimitExceeded(f"计算“{node.name}”时嵌套过深，请检查是否无限递归。", file=self.unit.file) from error


def _call(node: KnowledgeNode, run: Run) -> Value:
    """A knowledge model called with the inputs as named arguments."""
    run.memo[node] = function = node.value(run)
    if not isinstance(function, Function):
        return None
    return node.call(function, run)


def _info(node: Node) -> ElementInfo:
    return ElementInfo(node.name, node.id, node.type_ref)


_JAVA = java.table()


def _with_java(functions: Mapping[str, Callable[..., Value]] | None) -> Mapping[str, Callable[..., Value]]:
    return ChainMap(dict(functions), _JAVA) if functions else _JAVA


def load(source: str | os.PathLike[str] | bytes, *, imports: Importer | None = None) -> Model:
    """The model in a file (DMN 1.1 to 1.5), given as path or bytes, with all it imports.

    ``imports(namespace, location)`` gives the bytes of an imported model; without it, a path's own folder is looked
    through. Raises DmnModelInvalid with all problems at once, DmnXmlError, DmnLimitExceeded, or DmnNotFound.
    """
    return Model(load_unit(source, imports))
