"""Boxed functions and boxed invocations (DMN 1.5 clauses 10.2.2.3, 10.2.2.7 and 10.3.2.13)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.feel import FeelDomainError
from engine.feel.types import FeelType, FunctionType
from engine.feel.values import Function

from . import java, tree
from .compiling import Evaluator, Scope, compile_expression
from .run import Run, Value, Variables
from .types import DmnType

Parameters = Sequence[tuple[str, DmnType | None]]


def parameters_of(items: Sequence[tree.InformationItem], scope: Scope) -> Parameters:
    """Names and types of formal parameters."""
    return [(item.name, scope.types.resolve(item.type_ref)) for item in items]


def make_function(name: str, parameters: Parameters, body: Evaluator, variables: Variables, run: Run) -> Function:
    """A FEEL function whose body is a boxed expression closed over ``variables``.

    Arguments that do not fit make the invocation null (clause 10.3.2.13.2); raises DmnLimitExceeded when calls nest
    too deeply.
    """

    def call(arguments: list[Value]) -> Value:
        inner = dict(variables)
        for (parameter, _), value in zip(parameters, fitted(name, parameters, arguments), strict=True):
            inner[parameter] = value
        run.enter(name)
        try:
            return body(inner, run)
        finally:
            run.leave()

    return Function(tuple(parameter for parameter, _ in parameters), call, feel_types(parameters), name=name)


def feel_types(parameters: Parameters) -> tuple[FeelType | None, ...]:
    """The parameter types as FEEL knows them; functions are left to ``fitted``, which is less strict with them."""
    return tuple(_known_to_feel(kind) for _, kind in parameters)


def _known_to_feel(kind: DmnType | None) -> FeelType | None:
    return None if kind is None or isinstance(kind.feel, FunctionType) else kind.feel


def fitted(name: str, parameters: Parameters, arguments: Sequence[Value]) -> list[Value]:
    """The arguments made to fit; raises FeelDomainError, which FEEL turns into null and a warning."""
    values = []
    for (parameter, kind), argument in zip(parameters, arguments, strict=True):
        value = argument
        if kind is not None and argument is not None:
            value, fits = kind.coerce(argument)
            if not fits:
                raise FeelDomainError(f"调用“{name}”时参数“{parameter}”应为 {kind.name}，实际不符")
        values.append(value)
    return values


def compile_function(node: tree.FunctionDefinition, scope: Scope) -> Evaluator:
    """A function value; Java functions by their pure equivalents, PMML not at all (null and a warning)."""
    if node.kind is not tree.FunctionKind.FEEL:
        return _external(node, scope)
    parameters = parameters_of(node.parameters, scope)
    inner = scope.extend(name for name, _ in parameters)
    body = function_body(node, inner)
    return lambda variables, run: make_function(scope.owner, parameters, body, variables, run)


def function_body(node: tree.FunctionDefinition, inner: Scope) -> Evaluator:
    """The body of a FEEL function, in the scope of its parameters; null if it has none."""
    return compile_expression(node.body, inner) if node.body is not None else lambda variables, run: None


def _external(node: tree.FunctionDefinition, scope: Scope) -> Evaluator:
    site = scope.site(node)
    parameters = parameters_of(node.parameters, scope)
    body = function_body(node, scope)

    def evaluate(variables: Variables, run: Run) -> Value:
        mapping = body(variables, run)
        target = java.find(mapping) if node.kind is tree.FunctionKind.JAVA else None
        if target is None:
            message = f"外部函数（{node.kind.value}）没有等价的内置实现，结果为 null，请用 FEEL 改写。"
            run.warn(site, "dmn.external", message)
            return None
        return make_external(scope.owner, parameters, target)

    return evaluate


def make_external(name: str, parameters: Parameters, target: java.JavaFunction) -> Function:
    """A function that converts its arguments as a Java method's parameters and calls the equivalent."""

    def call(arguments: list[Value]) -> Value:
        return target(fitted(name, parameters, arguments))

    return Function(tuple(parameter for parameter, _ in parameters), call, feel_types(parameters), name=name)


_SIMPLE_CALLEE = re.compile(r"^[^()\[\]{}\"',:<>=]+$")


def compile_invocation(node: tree.Invocation, scope: Scope) -> Evaluator:
    """As the FEEL text ``function(parameter: value, …)``, which is its meaning by clause 10.2.2.3."""
    slots = [f"__binding_{number}__" for number in range(len(node.bindings))]
    values = [compile_expression(binding.value or tree.Literal("", node.line), scope) for binding in node.bindings]
    arguments = ", ".join(
        f"{binding.parameter.name}: {slot}" for binding, slot in zip(node.bindings, slots, strict=True)
    )
    callee, function = _callee(node.function, scope)
    call = compile_expression(
        tree.Literal(f"{callee}({arguments})", node.function.line, node.id),
        scope.extend([*slots, "__function__"]),
    )

    def evaluate(variables: Variables, run: Run) -> Value:
        inner = dict(variables)
        for slot, value in zip(slots, values, strict=True):
            inner[slot] = value(variables, run)
        if function is not None:
            inner["__function__"] = function(variables, run)
        return call(inner, run)

    return evaluate


def _callee(node: tree.Expression, scope: Scope) -> tuple[str, Evaluator | None]:
    """The text that names the function; an evaluator too, when it is more than a name."""
    if isinstance(node, tree.Literal) and _SIMPLE_CALLEE.match(node.text):
        return node.text, None
    return "__function__", compile_expression(node, scope)
