"""Addition, subtraction, multiplication, division, exponentiation and negation."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel.arithmetic import OPERATIONS, negate
from engine.feel.compiling.compiler import Compiler, Scope, handles
from engine.feel.compiling.literals import constant, is_constant
from engine.feel.runtime import Code, Frame
from engine.feel.text import type_name
from engine.feel.tree import Arithmetic, Negation
from engine.feel.values import Value

Operation = Callable[[Value, Value], Value]


@handles(Arithmetic)
def compile_arithmetic(compiler: Compiler, node: Arithmetic, scope: Scope) -> Code:
    """Compile a chain of operators of one rank, from left to right, without nesting the calls."""
    first = compiler.compile(node.first, scope)
    steps = [(symbol, OPERATIONS[symbol], compiler.compile(operand, scope)) for symbol, operand in node.rest]
    report = _reporter(compiler, node.at)
    if is_constant(first) and all(is_constant(code) for _, _, code in steps):
        folded = _fold(first, steps)
        if folded is not None:
            return constant(folded)
    if len(steps) == 1:
        return _single(first, *steps[0], report)

    def run(frame: Frame) -> Value:
        result = first(frame)
        for symbol, operation, code in steps:
            operand = code(frame)
            left, result = result, operation(result, operand)
            if result is None:
                report(frame, symbol, left, operand)
        return result

    return run


def _fold(first: Code, steps: list[tuple[str, Operation, Code]]) -> Value:
    result: Value = first.constant  # type: ignore[attr-defined]
    for _, operation, code in steps:
        result = operation(result, code.constant)  # type: ignore[attr-defined]
    return result


def _single(
    first: Code, symbol: str, operation: Operation, second: Code, report: Callable[[Frame, str, Value, Value], None]
) -> Code:
    def run(frame: Frame) -> Value:
        left, right = first(frame), second(frame)
        result = operation(left, right)
        if result is None:
            report(frame, symbol, left, right)
        return result

    return run


def _reporter(compiler: Compiler, at: int) -> Callable[[Frame, str, Value, Value], None]:
    text = compiler.text

    def report(frame: Frame, symbol: str, left: Value, right: Value) -> None:
        if frame.root.warnings is None:
            return
        if symbol == "/" and type(right) is Decimal and not right:
            frame.root.warn("feel.division-by-zero", "除数为零", text, at)
            return
        message = f"「{symbol}」不能用于{type_name(left)}和{type_name(right)}，或结果超出范围"
        frame.root.warn("feel.arithmetic", message, text, at)

    return report


@handles(Negation)
def compile_negation(compiler: Compiler, node: Negation, scope: Scope) -> Code:
    """Compile ``-e``, which is ``0 - e`` (Table 62)."""
    operand = compiler.compile(node.operand, scope)
    if is_constant(operand) and negate(operand.constant) is not None:  # type: ignore[attr-defined]
        return constant(negate(operand.constant))  # type: ignore[attr-defined]
    warn = compiler.warner(node.at, "feel.arithmetic", "负号只能用于数字和时长")

    def run(frame: Frame) -> Value:
        result = negate(operand(frame))
        if result is None:
            warn(frame)
        return result

    return run
