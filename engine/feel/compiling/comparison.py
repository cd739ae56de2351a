"""Equality, order, between, in, instance of, and, or, if."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel.compiling.compiler import Compiler, Scope, handles
from engine.feel.compiling.literals import is_constant
from engine.feel.equality import ORDER_TESTS, compare, feel_equal
from engine.feel.runtime import Code, Frame
from engine.feel.text import type_name
from engine.feel.tree import Between, Comparison, If, InstanceOf, Literal, Logic
from engine.feel.types import instance_of
from engine.feel.values import Value


@handles(Comparison)
def compile_comparison(compiler: Compiler, node: Comparison, scope: Scope) -> Code:
    """Compile ``a = b``, ``a < b`` and their kin (Tables 52 to 54)."""
    if node.operator in ("=", "!="):
        return _equality(compiler, node, scope)
    left, right = compiler.compile(node.left, scope), compiler.compile(node.right, scope)
    test = ORDER_TESTS[node.operator]
    slow = _ordered(test, _reporter(compiler, node))
    if is_constant(right) and type(right.constant) is Decimal:  # type: ignore[attr-defined]
        return _against_number(node.operator, left, right.constant, slow)  # type: ignore[attr-defined]

    def run(frame: Frame) -> Value:
        return slow(frame, left(frame), right(frame))

    return run


def _ordered(
    test: Callable[[int], bool], report: Callable[[Frame, Value, Value], None]
) -> Callable[[Frame, Value, Value], bool | None]:
    def run(frame: Frame, left: Value, right: Value) -> bool | None:
        order = compare(left, right)
        if order is None:
            report(frame, left, right)
            return None
        return test(order)

    return run


def _against_number(
    operator: str, left: Code, bound: Decimal, slow: Callable[[Frame, Value, Value], bool | None]
) -> Code:
    """Return code for the commonest condition, a value against a number, with no call in between."""
    if operator == "<":

        def below(frame: Frame) -> Value:
            value = left(frame)
            return value < bound if type(value) is Decimal else slow(frame, value, bound)

        return below
    if operator == "<=":

        def at_most(frame: Frame) -> Value:
            value = left(frame)
            return value <= bound if type(value) is Decimal else slow(frame, value, bound)

        return at_most
    if operator == ">":

        def above(frame: Frame) -> Value:
            value = left(frame)
            return value > bound if type(value) is Decimal else slow(frame, value, bound)

        return above

    def at_least(frame: Frame) -> Value:
        value = left(frame)
        return value >= bound if type(value) is Decimal else slow(frame, value, bound)

    return at_least


def _reporter(compiler: Compiler, node: Comparison) -> Callable[[Frame, Value, Value], None]:
    text, at, operator = compiler.text, node.at, node.operator

    def report(frame: Frame, left: Value, right: Value) -> None:
        if frame.root.warnings is not None:
            message = f"「{operator}」不能比较{type_name(left)}和{type_name(right)}"
            frame.root.warn("feel.comparison", message, text, at)

    return report


def _equality(compiler: Compiler, node: Comparison, scope: Scope) -> Code:
    negated = node.operator == "!="
    left, right = compiler.compile(node.left, scope), compiler.compile(node.right, scope)
    if isinstance(node.right, Literal) and node.right.value is None:
        return (lambda frame: left(frame) is not None) if negated else (lambda frame: left(frame) is None)
    report = _reporter(compiler, node)
    if is_constant(right) and type(right.constant) in (str, Decimal):  # type: ignore[attr-defined]
        return _equals_constant(left, right.constant, negated, report)  # type: ignore[attr-defined]

    def run(frame: Frame) -> Value:
        first, second = left(frame), right(frame)
        equal = feel_equal(first, second)
        if equal is None:
            report(frame, first, second)
            return None
        return equal is not negated

    return run


def _equals_constant(left: Code, wanted: Value, negated: bool, report: Callable[[Frame, Value, Value], None]) -> Code:
    kind = type(wanted)

    def run(frame: Frame) -> Value:
        value = left(frame)
        if type(value) is kind:
            return (value == wanted) is not negated
        if value is None:
            return negated
        report(frame, value, wanted)
        return None

    return run


@handles(Between)
def compile_between(compiler: Compiler, node: Between, scope: Scope) -> Code:
    """Compile ``e between low and high``: ``e >= low and e <= high`` (Table 55)."""
    operand = compiler.compile(node.operand, scope)
    low, high = compiler.compile(node.low, scope), compiler.compile(node.high, scope)
    warn = compiler.warner(node.at, "feel.comparison", "between 的三个值须同类")

    def run(frame: Frame) -> Value:
        value = operand(frame)
        above, below = compare(value, low(frame)), compare(value, high(frame))
        if (above is not None and above < 0) or (below is not None and below > 0):
            return False
        if above is None or below is None:
            warn(frame)
            return None
        return True

    return run


@handles(InstanceOf)
def compile_instance_of(compiler: Compiler, node: InstanceOf, scope: Scope) -> Code:
    """Compile ``e instance of type``; null when there is no such type (Table 61)."""
    operand = compiler.compile(node.operand, scope)
    kind = node.type
    if kind is None:
        warn = compiler.warner(node.at, "feel.unknown-type", "没有这个类型，或 list、context、function、range 缺少参数")

        def unknown(frame: Frame) -> Value:
            warn(frame)

        return unknown
    return lambda frame: instance_of(operand(frame), kind)


@handles(Logic)
def compile_logic(compiler: Compiler, node: Logic, scope: Scope) -> Code:
    """Compile ``and`` and ``or`` by ternary logic: what is neither true nor false counts as null (Table 50)."""
    codes = [compiler.compile(operand, scope) for operand in node.operands]
    decisive = node.operator == "or"
    if len(codes) == 2:
        return _pair(codes[0], codes[1], decisive)

    def run(frame: Frame) -> Value:
        result: bool | None = not decisive
        for code in codes:
            value = code(frame)
            if value is decisive:
                return decisive
            if value is not (not decisive):
                result = None
        return result

    return run


def _pair(first: Code, second: Code, decisive: bool) -> Code:
    other = not decisive

    def run(frame: Frame) -> Value:
        left = first(frame)
        if left is decisive:
            return decisive
        right = second(frame)
        if right is decisive:
            return decisive
        return other if left is other and right is other else None

    return run


@handles(If)
def compile_if(compiler: Compiler, node: If, scope: Scope) -> Code:
    """Compile ``if``: what is not true is not taken (10.3.2.15)."""
    branches = [(compiler.compile(test, scope), compiler.compile(then, scope)) for test, then in node.branches]
    otherwise = compiler.compile(node.otherwise, scope)
    warn = compiler.warner(node.at, "feel.condition", "if 的条件不是布尔值，按 else 处理")

    def run(frame: Frame) -> Value:
        for test, then in branches:
            holds = test(frame)
            if holds is True:
                return then(frame)
            if holds is not False:
                warn(frame)
        return otherwise(frame)

    return run
