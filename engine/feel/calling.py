"""Calling functions: binding of parameters, coercion of arguments, and what the result is when they do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from engine.feel.errors import FeelDomainError
from engine.feel.limits import MAX_NESTING_DEPTH, exceeded
from engine.feel.runtime import Code, Frame, Root
from engine.feel.types import FeelType, fit
from engine.feel.values import Function, Value


class UserFunction(Function):
    """A function defined in FEEL: its body and the frame it closes over."""

    __slots__ = ("body", "frame")

    def __init__(
        self,
        parameters: tuple[str, ...],
        types: tuple[FeelType | None, ...],
        result: FeelType | None,
        body: Code,
        frame: Frame,
        identity: object,
    ) -> None:
        super().__init__(parameters, self._call_from_outside, types, result, "", None, False, identity)
        self.body = body
        self.frame = frame

    def _call_from_outside(self, arguments: list[Value]) -> Value:
        """Run the body after the evaluation that defined it ended, with a fresh count of work."""
        try:
            return self.run(arguments, self.frame.root.again())
        except RecursionError:
            raise exceeded("函数调用层数", MAX_NESTING_DEPTH) from None

    def run(self, arguments: Sequence[Value], root: Root) -> Value:
        """Run the body with these arguments as part of the evaluation ``root``."""
        return self.body(Frame(dict(zip(self.parameters, arguments, strict=True)), self.frame, root))


def invoke(
    function: Value, arguments: list[Value], names: tuple[str, ...] | None, root: Root, text: str, at: int
) -> Value:
    """Return the result of an invocation; null and a warning when it is none (Table 63)."""
    if not isinstance(function, Function):
        if function is not None or root.warnings is not None:
            root.warn("feel.not-a-function", "被调用的不是函数", text, at)
        return None
    root.work()
    try:
        return call(function, arguments, names, root)
    except FeelDomainError as problem:
        root.warn("feel.invocation", f"{function.name or '函数'}：{problem.message}", text, at)
        return None


def call(function: Function, arguments: list[Value], names: tuple[str, ...] | None, root: Root) -> Value:
    """Bind, coerce and run. Raises FeelDomainError when the arguments do not fit."""
    from engine.feel.builtins.registry import Builtin  # built on this module

    if isinstance(function, Builtin):
        return function.invoke(arguments, names, root)
    if names is not None:
        arguments = _by_name(function, arguments, names)
    else:
        _check_count(function, len(arguments))
    if function.parameter_types:
        arguments = [_coerced(value, index, function) for index, value in enumerate(arguments)]
    if isinstance(function, UserFunction):
        return function.run(arguments, root)
    return function.call(arguments)


def _by_name(function: Function, arguments: list[Value], names: tuple[str, ...]) -> list[Value]:
    given = dict(zip(names, arguments, strict=True))
    unknown = [name for name in names if name not in function.parameters]
    if unknown or len(given) < len(names):
        raise FeelDomainError(f"没有名为「{unknown[0] if unknown else names[0]}」的参数，应为 {function.signature()}")
    return [given.get(name) for name in function.parameters]


def _check_count(function: Function, count: int) -> None:
    most = len(function.parameters)
    least = most if function.required is None else function.required
    if count < least or (count > most and not function.variadic):
        raise FeelDomainError(f"给了{count}个参数，应为 {function.signature()}")


def _coerced(value: Value, index: int, function: Function) -> Value:
    kind = function.parameter_types[min(index, len(function.parameter_types) - 1)]
    if kind is None:
        return value
    fitted, fits = fit(value, kind)
    if not fits:
        raise FeelDomainError(f"第{index + 1}个参数应为 {kind}")
    return fitted
