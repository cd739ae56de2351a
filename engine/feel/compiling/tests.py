"""``in`` and the unary tests of decision tables (DMN 1.5, 10.3.2.10 and Table 55)."""

from __future__ import annotations

from collections.abc import Callable

from engine.feel.compiling.compiler import Compiler, Scope, handles
from engine.feel.compiling.literals import is_constant
from engine.feel.equality import ORDER_TESTS, compare, feel_equal, in_range
from engine.feel.runtime import Code, Frame
from engine.feel.text import type_name
from engine.feel.tree import AtLiteral, In, Interval, ListLiteral, Literal, Name, Node, Path, Tests, UnaryTest, contains
from engine.feel.values import Range, Value

TestCode = Callable[[Value, Frame], "bool | None"]
"""A compiled test: the value tested and the frame."""


def compile_tests(compiler: Compiler, tree: Tests) -> TestCode:
    """Compile a whole decision table cell; ``?`` stands for the value tested."""
    scope = Scope(["?"], Scope())
    test = _any_of([compile_test(compiler, node, scope) for node in tree.tests])
    if not tree.tests:
        return lambda value, frame: True
    if not tree.negated:
        return test

    def negated(value: Value, frame: Frame) -> bool | None:
        holds = test(value, frame)
        return None if holds is None else not holds

    return negated


@handles(In)
def compile_in(compiler: Compiler, node: In, scope: Scope) -> Code:
    """Compile ``e in test``."""
    operand = compiler.compile(node.operand, scope)
    inner = Scope(["?"], scope)
    test = _any_of([compile_test(compiler, item, inner) for item in node.tests])

    def run(frame: Frame) -> Value:
        value = operand(frame)
        return test(value, Frame({"?": value}, frame, frame.root))

    return run


def _any_of(tests: list[TestCode]) -> TestCode:
    if len(tests) == 1:
        return tests[0]

    def run(value: Value, frame: Frame) -> bool | None:
        result: bool | None = False
        for test in tests:
            holds = test(value, frame)
            if holds is True:
                return True
            if holds is None:
                result = None
        return result

    return run


def compile_test(compiler: Compiler, node: Node, scope: Scope) -> TestCode:
    """Compile one positive unary test (rule 13)."""
    if isinstance(node, UnaryTest):
        return _comparison_test(compiler, node, scope)
    code = compiler.compile(node, scope)
    if isinstance(node, Literal | AtLiteral) and is_constant(code):
        wanted = code.constant  # type: ignore[attr-defined]
        return lambda value, frame: feel_equal(value, wanted)
    if isinstance(node, ListLiteral) and all(isinstance(item, Literal) for item in node.items):
        known = [item.value for item in node.items if isinstance(item, Literal)]
        return lambda value, frame: _in_list(value, known)
    if isinstance(node, Interval):
        return _interval_test(compiler, node, code)
    if uses_input(node):
        return lambda value, frame: _boolean(code(frame))
    if isinstance(node, Name | Path):
        return lambda value, frame: matches_value(value, code(frame))

    def run(value: Value, frame: Frame) -> bool | None:
        wanted = code(frame)
        if isinstance(wanted, bool) and not isinstance(value, bool):
            # A condition on other variables, written without "?": it holds or not, whatever the input is.
            return wanted
        return matches_value(value, wanted)

    return run


def _boolean(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None


def _comparison_test(compiler: Compiler, node: UnaryTest, scope: Scope) -> TestCode:
    endpoint = compiler.compile(node.endpoint, scope)
    operator = node.operator
    text, at = compiler.text, node.at
    if operator in ("=", "!="):
        negated = operator == "!="

        def equality(value: Value, frame: Frame) -> bool | None:
            equal = feel_equal(value, endpoint(frame))
            return None if equal is None else equal is not negated

        return equality
    test = ORDER_TESTS[operator]

    def order(value: Value, frame: Frame) -> bool | None:
        bound = endpoint(frame)
        found = compare(value, bound)
        if found is None:
            if frame.root.warnings is not None:
                message = f"「{operator}」不能比较{type_name(value)}和{type_name(bound)}"
                frame.root.warn("feel.comparison", message, text, at)
            return None
        return test(found)

    return order


def _interval_test(compiler: Compiler, node: Interval, code: Code) -> TestCode:
    text, at = compiler.text, node.at

    def run(value: Value, frame: Frame) -> bool | None:
        span = code(frame)
        if span is None:
            return None
        holds = matches_value(value, span)
        if holds is None and frame.root.warnings is not None:
            frame.root.warn("feel.comparison", f"{type_name(value)}不能与区间比较", text, at)
        return holds

    return run


def matches_value(value: Value, wanted: Value) -> bool | None:
    """Return ``value in wanted`` for a value already evaluated: a list, a range, or anything to be equal to."""
    if isinstance(wanted, list):
        return _in_list(value, wanted)
    if isinstance(wanted, Range) and not isinstance(value, Range):
        return in_range(value, wanted)
    return feel_equal(value, wanted)


def _in_list(value: Value, wanted: list[Value]) -> bool | None:
    if isinstance(value, list) and feel_equal(value, wanted) is True:
        return True
    for item in wanted:
        if isinstance(item, Range) and not isinstance(value, Range):
            if in_range(value, item) is True:
                return True
        elif feel_equal(value, item) is True:
            return True
    return False


def uses_input(node: Node) -> bool:
    """Return whether the special variable ``?`` occurs in a tree."""
    return contains(node, Name, lambda name: isinstance(name, Name) and name.name == "?")
