"""Decision services: functions of their input data and input decisions (DMN 1.5 clause 10.4)."""

from __future__ import annotations

from collections.abc import Sequence

from engine.feel.values import Function

from .functions import Parameters, feel_types, fitted
from .graph import order
from .nodes import DecisionNode, InputNode, Node, Requirement, result_type
from .run import Run, Value
from .type_scope import warn_type


class ServiceNode(Node):
    """A decision service. Its parameters are its input data, then its input decisions, in document order."""

    outputs: Sequence[Requirement] = ()
    encapsulated: Sequence[Requirement] = ()
    input_data: Sequence[Requirement] = ()
    input_decisions: Sequence[Requirement] = ()
    _plan: Sequence[Node] | None = None

    def inputs(self) -> list[Requirement]:
        """The requirements that are parameters, in the order of the function's parameters."""
        return [*self.input_data, *self.input_decisions]

    def plan(self) -> Sequence[Node]:
        """The nodes to evaluate, each after what it requires; inputs are given, not evaluated."""
        if self._plan is None:
            given = {requirement.node for requirement in self.inputs()}
            self._plan = [
                node
                for node in order([requirement.node for requirement in self.outputs], stop=given)
                if node not in given
            ]
        return self._plan

    def parameters(self) -> Parameters:
        """Names (qualified by the import, for imported elements) and types."""
        return [
            (".".join((*requirement.path, requirement.node.name)), requirement.node.type)
            for requirement in self.inputs()
        ]

    def value(self, run: Run) -> Value:
        """The function."""
        parameters = self.parameters()

        def call(arguments: list[Value]) -> Value:
            inner = run.inner()
            values = fitted(self.name, parameters, arguments)
            for requirement, value in zip(self.inputs(), values, strict=True):
                inner.memo[requirement.node] = value
            inner.enter(self.name)
            return self.result(inner)

        names = tuple(name for name, _ in parameters)
        return Function(names, call, feel_types(parameters), name=self.name)

    def evaluate(self, run: Run) -> Value:
        """The result for inputs given by the caller of the model rather than as arguments."""
        for requirement in self.input_decisions:
            if isinstance(requirement.node, DecisionNode):
                run.memo[requirement.node] = requirement.node.given(run)
        for requirement in self.input_data:
            if isinstance(requirement.node, InputNode):
                run.memo[requirement.node] = requirement.node.value(run)
        return self.result(run)

    def result(self, run: Run) -> Value:
        """The only output decision's value, or a context of several; made to fit the service's type."""
        for node in self.plan():
            if node not in run.memo:
                run.memo[node] = node.value(run)
        if len(self.outputs) == 1:
            value = run.memo[self.outputs[0].node]
        else:
            value = {requirement.node.name: run.memo[requirement.node] for requirement in self.outputs}
        kind = result_type(self.type)
        if kind is None or value is None:
            return value
        converted, fits = kind.coerce(value)
        if not fits:
            warn_type(run, self.site, value, kind, f"决策服务“{self.name}”的结果")
        return converted
