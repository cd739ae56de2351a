"""Function definitions and invocations (DMN 1.5, 10.3.2.13 and Table 63)."""

from __future__ import annotations

from engine.feel.builtins.library import BUILTINS
from engine.feel.calling import UserFunction, invoke
from engine.feel.compiling.access import find
from engine.feel.compiling.compiler import Compiler, Scope, handles
from engine.feel.compiling.literals import is_constant
from engine.feel.errors import FeelDomainError
from engine.feel.inference import infer
from engine.feel.runtime import Code, Frame
from engine.feel.tree import FunctionDefinition, Invocation, Name
from engine.feel.values import Function, Value


@handles(FunctionDefinition)
def compile_definition(compiler: Compiler, node: FunctionDefinition, scope: Scope) -> Code:
    """Compile ``function(…) body``: its value is a closure over the frame (10.3.2.13.2)."""
    names = tuple(name for name, _ in node.parameters)
    types = tuple(kind for _, kind in node.parameters)
    body = compiler.compile(node.body, Scope(names, scope))
    if node.external:
        return _external(compiler, node, names, body)
    warn = compiler.warner(node.at, "feel.unknown-type", "函数参数的类型不存在")
    result = infer(node.body, dict(node.parameters))

    def run(frame: Frame) -> Value:
        if not node.valid_types:
            warn(frame)
            return None
        return UserFunction(names, types, result, body, frame, (body, frame))

    return run


def _external(compiler: Compiler, node: FunctionDefinition, names: tuple[str, ...], mapping: Code) -> Code:
    """Compile an external function: the caller may map it in ``functions`` under "class.method(signature)"."""
    text, at = compiler.text, node.at
    types = tuple(kind for _, kind in node.parameters)

    def run(frame: Frame) -> Value:
        key = external_key(mapping(Frame({}, frame, frame.root)))
        mapped = frame.root.given_function(key) if key else None
        if mapped is not None:
            return Function(names, mapped.call, types, None, key or "")

        def unsupported(arguments: list[Value]) -> Value:
            frame.root.warn("feel.external", f"外部函数「{key or '?'}」没有对应的实现，结果为 null", text, at)

        return Function(names, unsupported, types, None, key or "")

    return run


def external_key(mapping: Value) -> str | None:
    """Return "class.method(signature)" of a Java mapping, "document#model" of a PMML one, else None."""
    if not isinstance(mapping, dict):
        return None
    java, pmml = mapping.get("java"), mapping.get("pmml")
    if isinstance(java, dict):
        return f"{java.get('class')}.{java.get('method signature')}"
    if isinstance(pmml, dict):
        return f"{pmml.get('document')}#{pmml.get('model')}"
    return None


@handles(Invocation)
def compile_invocation(compiler: Compiler, node: Invocation, scope: Scope) -> Code:
    """Compile ``f(…)``; a built-in that nobody redefined is bound at once."""
    codes = [compiler.compile(argument, scope) for argument in node.arguments]
    function = compiler.compile(node.function, scope)
    names, text, at = node.names, compiler.text, node.at

    def run(frame: Frame) -> Value:
        return invoke(function(frame), [code(frame) for code in codes], names, frame.root, text, at)

    builtin = None
    if isinstance(node.function, Name):
        passed, is_local = find(node.function.name, scope)
        builtin = None if is_local or any(passed) else BUILTINS.get(node.function.name)
        levels = len(passed)
    if builtin is not None:
        known = _known_result(builtin, codes, names)
        if known is not None:
            return _constant_call(builtin.name, levels, known, run)
        return _builtin_call(builtin, levels, function, codes, names, text, at)
    return run


_FOLDED = frozenset(["date", "time", "date and time", "duration"])
"""Built-ins that stand for literals (grammar rule 60) and are worked out once."""


def _known_result(builtin: Function, codes: list[Code], names: tuple[str, ...] | None) -> Value:
    """Return the result of ``date("2024-01-31")`` and its like, or None if it must be worked out each time."""
    if builtin.name not in _FOLDED or names is not None or not all(map(is_constant, codes)):
        return None
    try:
        return builtin.call([code.constant for code in codes])  # type: ignore[attr-defined]
    except FeelDomainError:
        # The invocation gives null and says why, each time it is evaluated.
        return None


def _constant_call(name: str, levels: int, known: Value, otherwise: Code) -> Code:
    """Return code that gives ``known`` unless the context redefines the function."""

    def run(frame: Frame) -> Value:
        outermost = frame
        for _ in range(levels):
            outermost = outermost.parent
        functions = frame.root.functions
        if name in outermost.vars or (functions is not None and name in functions):
            return otherwise(frame)
        return known

    return run


def _builtin_call(
    builtin: Function, levels: int, function: Code, codes: list[Code], names: tuple[str, ...] | None, text: str, at: int
) -> Code:
    name = builtin.name

    def run(frame: Frame) -> Value:
        root = frame.root
        outermost = frame
        for _ in range(levels):
            outermost = outermost.parent
        target = builtin
        if name in outermost.vars or (root.functions is not None and name in root.functions):
            target = function(frame)
        return invoke(target, [code(frame) for code in codes], names, root, text, at)

    return run
