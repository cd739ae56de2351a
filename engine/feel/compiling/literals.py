"""Literals, lists, contexts and intervals as values."""

from __future__ import annotations

from engine.feel.compiling.compiler import Compiler, Scope, handles
from engine.feel.equality import compare
from engine.feel.lexical import parse_at_literal
from engine.feel.runtime import Code, Frame
from engine.feel.tree import AtLiteral, ContextLiteral, FunctionDefinition, Interval, ListLiteral, Literal, UnaryTest
from engine.feel.values import Range, Value


def constant(value: Value) -> Code:
    """Return code that always gives ``value``; the compiler recognises it by its attribute ``constant``."""

    def run(frame: Frame) -> Value:
        return value

    run.constant = value  # type: ignore[attr-defined]
    return run


def is_constant(code: Code) -> bool:
    """Return whether the code was made by :func:`constant`."""
    return hasattr(code, "constant")


@handles(Literal)
def compile_literal(compiler: Compiler, node: Literal, scope: Scope) -> Code:
    """Compile a number, string, boolean or null."""
    return constant(node.value)


@handles(AtLiteral)
def compile_at_literal(compiler: Compiler, node: AtLiteral, scope: Scope) -> Code:
    """Compile ``@"…"``; text of no temporal form is null (rule 65)."""
    value = parse_at_literal(node.text)
    if value is not None:
        return constant(value)
    warn = compiler.warner(node.at, "feel.literal", f'@"{node.text[:40]}" 不是日期、时间或时长')

    def run(frame: Frame) -> Value:
        warn(frame)

    return run


@handles(ListLiteral)
def compile_list(compiler: Compiler, node: ListLiteral, scope: Scope) -> Code:
    """Compile ``[a, b]``; each evaluation gives a list of its own, which the caller may keep and change."""
    codes = [compiler.compile(item, scope) for item in node.items]
    return lambda frame: [code(frame) for code in codes]


@handles(ContextLiteral)
def compile_context(compiler: Compiler, node: ContextLiteral, scope: Scope) -> Code:
    """Compile ``{a: 1, b: a + 1}``: each entry sees those before it (10.3.2.6)."""
    keys = [key for key, _ in node.entries]
    if len(set(keys)) < len(keys):
        warn = compiler.warner(node.at, "feel.duplicate-key", "上下文里有重复的键")

        def invalid(frame: Frame) -> Value:
            warn(frame)

        return invalid
    inner = Scope((), scope)
    entries: list[tuple[str, Code]] = []
    for key, value in node.entries:
        if isinstance(value, FunctionDefinition):
            # The body runs only after the entry has its value, so a function may call itself.
            inner.names.add(key)
        entries.append((key, compiler.compile(value, inner)))
        inner.names.add(key)

    def run(frame: Frame) -> Value:
        result: dict[str, Value] = {}
        local = Frame(result, frame, frame.root)
        for key, code in entries:
            result[key] = code(local)
        # A closure made in an entry keeps ``local``; the value handed out must not change with it, and it does not:
        # entries are complete before anyone else sees them.
        return result

    return run


@handles(Interval)
def compile_interval(compiler: Compiler, node: Interval, scope: Scope) -> Code:
    """Compile ``[a..b]``; endpoints that do not compare or are out of order give null (10.3.2.7)."""
    start = constant(None) if node.start is None else compiler.compile(node.start, scope)
    end = constant(None) if node.end is None else compiler.compile(node.end, scope)
    start_included, end_included = node.start_included, node.end_included
    operator = None
    if node.start is None:
        operator = "<=" if end_included else "<"
    elif node.end is None:
        operator = ">=" if start_included else ">"
    warn = compiler.warner(node.at, "feel.range", "区间两端须同类，且起点不大于终点")

    def run(frame: Frame) -> Value:
        low, high = start(frame), end(frame)
        if low is not None and high is not None:
            order = compare(low, high)
            if order is None or order > 0:
                warn(frame)
                return None
        return Range(low, start_included, high, end_included, operator)

    if is_constant(start) and is_constant(end):
        span = _constant_range(start.constant, end.constant, node, operator)  # type: ignore[attr-defined]
        if span is not None:
            return constant(span)
    return run


def _constant_range(low: Value, high: Value, node: Interval, operator: str | None) -> Range | None:
    if low is not None and high is not None and compare(low, high) not in (-1, 0):
        return None
    return Range(low, node.start_included, high, node.end_included, operator)


@handles(UnaryTest)
def compile_unary_test_value(compiler: Compiler, node: UnaryTest, scope: Scope) -> Code:
    """Compile ``< e`` standing as a value: a range open at one end (Table 42)."""
    endpoint = compiler.compile(node.endpoint, scope)
    operator = node.operator

    def run(frame: Frame) -> Value:
        return comparison_range(operator, endpoint(frame))

    return constant(comparison_range(operator, endpoint.constant)) if is_constant(endpoint) else run  # type: ignore[attr-defined]


def comparison_range(operator: str, value: Value) -> Range:
    """Return the range that ``operator value`` stands for."""
    if operator in ("=", "!="):
        return Range(value, True, value, True, operator)
    if operator[0] == "<":
        return Range(None, False, value, operator == "<=", operator)
    return Range(value, operator == ">=", None, False, operator)
