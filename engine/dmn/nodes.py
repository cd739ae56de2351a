"""The elements of a decision requirements graph, ready to be evaluated (DMN 1.5 clauses 6.3 and 10.4).

A node knows its value in a run. Nodes are created once per model and import path, and never change afterwards except
for the logic, which is compiled when first needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine.feel import FeelDomainError
from engine.feel import types as feel
from engine.feel.values import Function

from . import tree
from .compiling import Evaluator, Scope, compile_expression, declared_type
from .functions import Parameters, function_body, make_function, parameters_of
from .given import find_input
from .run import DecisionTrace, MatchedRule, Run, Site, Value, Variables
from .type_scope import warn_type
from .types import DmnType, ItemType

if TYPE_CHECKING:
    from .unit import Unit


@dataclass(frozen=True, slots=True)
class Requirement:
    """A required node and the qualified name it has in the requiring element: import names, then its own."""

    path: tuple[str, ...]
    node: Node


class Node:
    """What all elements share: a name, an id, the unit (file and import path) they belong to, the type of the value."""

    def __init__(self, element: tree.DrgElement, unit: Unit) -> None:
        self.element: Any = element
        self.unit = unit
        self.name = element.name
        self.id = element.id
        self.site = Site(element.name, unit.file, element.line, element.id)

    @property
    def names(self) -> tuple[str, ...]:
        """The name, and the variable's name if that differs."""
        variable = self.element.variable.name
        return (self.name,) if variable == self.name or not variable else (variable, self.name)

    @property
    def type_ref(self) -> str | None:
        """The declared type, as written."""
        written: str | None = self.element.variable.type_ref
        return written

    @property
    def type(self) -> DmnType | None:
        """The declared type; None if there is none or it is unknown."""
        return self.unit.types.resolve(self.type_ref)

    def value(self, run: Run) -> Value:
        """The value in ``run``; every required node has been evaluated before."""
        raise NotImplementedError


def bind(requirements: Iterable[Requirement], run: Run) -> Variables:
    """The variables that requirements bring into scope, imported ones inside a context named as the import."""
    variables: Variables = {}
    for requirement in requirements:
        node = requirement.node
        memo = run.memo
        if node in memo:
            value = memo[node]
        else:
            value = memo[node] = node.value(run)
        target = variables
        for name in requirement.path:
            target = target.setdefault(name, {})
        for name in node.names:
            target[name] = value
    return variables


def names_of(requirements: Iterable[Requirement]) -> frozenset[str]:
    """All names that ``bind`` puts into scope, and those inside imports, which FEEL must recognise after a dot."""
    names: set[str] = set()
    for requirement in requirements:
        names.update(requirement.path)
        names.update(requirement.node.names)
    return frozenset(names)


class InputNode(Node):
    """An input data element."""

    def value(self, run: Run) -> Value:
        """What the caller gave, as a FEEL value of the declared type; null with a warning if missing or wrong."""
        found, value = find_input(run.inputs, self.unit, self.names)
        if not found:
            run.warn(self.site, "dmn.input-missing", f"没有给出输入“{self.name}”，按 null 处理。")
            return None
        kind = self.type
        if kind is None or value is None:
            return value
        result, fits = kind.coerce(value, complete=False)
        if not fits:
            warn_type(run, self.site, value, kind, f"输入“{self.name}”")
        return result


class DecisionNode(Node):
    """A decision. ``information`` are the nodes evaluated before it; ``knowledge`` the functions it may call."""

    information: Sequence[Requirement] = ()
    knowledge: Sequence[Requirement] = ()
    _logic: Evaluator | None = None
    _used: frozenset[str] | None = None

    @property
    def type_ref(self) -> str | None:
        """The variable's type, else the type of its expression."""
        return declared_type(self.element.variable, self.element.expression)

    def scope(self) -> Scope:
        """What the logic may name."""
        scope = self.unit.scope(self.name, names_of((*self.information, *self.knowledge)))
        return replace(scope, is_open=self.unit.is_open)

    def logic(self) -> Evaluator:
        """The compiled logic, conversion to the declared type included."""
        if self._logic is None:
            expression: tree.Expression = self.element.expression
            evaluator = compile_expression(expression, self.scope())
            self._logic = self.unit.types.coerced(evaluator, self.type_ref, self.site)
        return self._logic

    def value(self, run: Run) -> Value:
        """The value of the logic; a decision without logic takes what the caller gave under its name."""
        if self.element.expression is None:
            return self.given(run)
        if run.tracing:
            return self._traced(run)
        return self.logic()(self._variables(run), run)

    def _variables(self, run: Run) -> Variables:
        variables = bind((*self.knowledge, *self.information), run)
        return {**run.given(), **variables} if self.unit.is_open else variables

    def given(self, run: Run) -> Value:
        """The value the caller gave under this decision's name, in place of its logic."""
        found, value = find_input(run.inputs, self.unit, self.names)
        if not found:
            run.warn(self.site, "dmn.no-logic", f"没有“{self.name}”的值：它没有规则，也没有在输入里给出。")
            return None
        kind = self.type
        if kind is None or value is None:
            return value
        result, fits = kind.coerce(value, complete=False)
        if not fits:
            warn_type(run, self.site, value, kind, f"“{self.name}”")
        return result

    def _traced(self, run: Run) -> Value:
        variables = self._variables(run)
        outer, run.rules = run.rules, []
        before = len(run.warnings)
        try:
            value = self.logic()(variables, run)
        finally:
            rules: list[MatchedRule] = run.rules
            run.rules = outer
        run.traces.append(
            DecisionTrace(self.name, self.id, value, rules, self._shown(variables), list(run.warnings[before:]))
        )
        return value

    def _shown(self, variables: Variables) -> Variables:
        """The variables that matter: one name for each requirement; in an open file the others that the logic names."""
        if self._used is None:
            required = {requirement.path[0] for requirement in self.information if requirement.path}
            required |= {requirement.node.name for requirement in self.information if not requirement.path}
            self._used = frozenset(required | (self.undeclared() if self.unit.is_open else set()))
        return {name: value for name, value in variables.items() if name in self._used}

    def undeclared(self) -> frozenset[str]:
        """The names the logic uses that no requirement declares."""
        from .walk import undeclared  # it walks nodes, and so needs this module first

        return undeclared(self)


def result_type(kind: DmnType | None) -> DmnType | None:
    """The type of what a function returns, when its variable may be declared with the function's own type."""
    if isinstance(kind, ItemType) and kind.definition.function_item is not None:
        return kind.result
    if kind is not None and isinstance(kind.feel, feel.FunctionType):
        return None
    return kind


_NAME = re.compile(r"^[^\W\d][\w ]*$")


def implied_parameters(logic: tree.FunctionDefinition) -> list[tree.InformationItem]:
    """The parameters of a body that is a decision table, where no formal parameters are written.

    The input expressions are then assumed to be the parameter names (clause 10.2.2.7).
    """
    if not isinstance(logic.body, tree.DecisionTable):
        return []
    found: dict[str, tree.InformationItem] = {}
    for clause in logic.body.inputs:
        name = " ".join(clause.expression.text.split())
        if _NAME.match(name):
            found.setdefault(name, tree.InformationItem(name, clause.expression.type_ref, clause.line))
    return list(found.values())


class KnowledgeNode(Node):
    """A business knowledge model: its value is a function (clause 10.4)."""

    knowledge: Sequence[Requirement] = ()
    _body: tuple[Parameters, Evaluator] | None = None

    @property
    def type_ref(self) -> str | None:
        """The variable's type, else the type of the body."""
        logic: tree.FunctionDefinition | None = self.element.logic
        is_feel = logic is not None and logic.kind is tree.FunctionKind.FEEL
        return declared_type(self.element.variable, logic.body if logic and is_feel else None)

    def scope(self) -> Scope:
        """What the body may name, its parameters apart."""
        return self.unit.scope(self.name, names_of(self.knowledge) | set(self.names))

    def _compiled(self) -> tuple[Parameters, Evaluator]:
        if self._body is None:
            logic: tree.FunctionDefinition = self.element.logic
            scope = self.scope()
            parameters = parameters_of(logic.parameters or implied_parameters(logic), scope)
            inner = scope.extend(name for name, _ in parameters)
            self._body = (parameters, self._convert(function_body(logic, inner)))
        return self._body

    def _convert(self, body: Evaluator) -> Evaluator:
        kind = result_type(self.type)
        return self.unit.types.coerced_to(body, kind, self.site)

    def value(self, run: Run) -> Value:
        """The function; it sees the functions it requires, and itself."""
        logic: tree.FunctionDefinition | None = self.element.logic
        if logic is None:
            run.warn(self.site, "dmn.no-logic", f"业务知识模型“{self.name}”没有规则，结果为 null。")
            return None
        if logic.kind is not tree.FunctionKind.FEEL:
            return compile_expression(logic, self.scope())({}, run)
        parameters, body = self._compiled()
        variables: Variables = {}
        function = make_function(self.name, parameters, body, variables, run)
        run.memo[self] = function
        variables.update(bind(self.knowledge, run))
        for name in self.names:
            variables[name] = function
        return function

    def call(self, function: Function, run: Run) -> Value:
        """The function applied to the inputs of the run as named arguments; missing ones are null."""
        arguments = [find_input(run.inputs, self.unit, (name,))[1] for name in function.parameters]
        try:
            return function.call(arguments)
        except FeelDomainError as error:
            run.warn(self.site, error.code, error.message)
            return None
