"""for, some and every (DMN 1.5, 10.3.2.14 and 10.3.2.15)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from engine.feel.compiling.compiler import Compiler, Scope, handles
from engine.feel.limits import check_size, check_steps
from engine.feel.numbers import ONE, is_integer
from engine.feel.runtime import Code, Frame
from engine.feel.tree import For, FunctionDefinition, Quantified, contains
from engine.feel.tree import Iterator as IteratorNode
from engine.feel.values import FarDate, Range, Value, date_from_days, date_to_days

Domain = Callable[[Frame], "Iterable[Value] | None"]


@handles(For)
def compile_for(compiler: Compiler, node: For, scope: Scope) -> Code:
    """Compile ``for``: the cross product of the domains, the last running fastest; ``partial`` holds the results."""
    inner = Scope(["partial"], scope)
    domains = _domains(compiler, node.iterators, inner)
    body = compiler.compile(node.result, inner)
    # A closure made in the body must keep the values of its own round.
    closes = contains(node.result, FunctionDefinition)

    def run(frame: Frame) -> Value:
        results: list[Value] = []
        local: dict[str, Value] = {"partial": results}
        shared = Frame(local, frame, frame.root)
        for complete in _bindings(domains, local, shared):
            if complete is None:
                return None
            results.append(body(Frame({**local}, frame, frame.root) if closes else shared))
            check_size(len(results))
        return results

    return run


@handles(Quantified)
def compile_quantified(compiler: Compiler, node: Quantified, scope: Scope) -> Code:
    """Compile ``some`` (an or over all rounds) and ``every`` (an and)."""
    inner = Scope((), scope)
    domains = _domains(compiler, node.iterators, inner)
    condition = compiler.compile(node.condition, inner)
    decisive = not node.every
    closes = contains(node.condition, FunctionDefinition)
    warn = compiler.warner(node.at, "feel.condition", "satisfies 的条件不是布尔值")

    def run(frame: Frame) -> Value:
        local: dict[str, Value] = {}
        result: bool | None = node.every
        shared = Frame(local, frame, frame.root)
        for complete in _bindings(domains, local, shared):
            if complete is None:
                return None
            holds = condition(Frame({**local}, frame, frame.root) if closes else shared)
            if holds is decisive:
                return decisive
            if holds is not (not decisive):
                warn(frame)
                result = None
        return result

    return run


def _domains(compiler: Compiler, nodes: tuple[IteratorNode, ...], scope: Scope) -> list[tuple[str, Domain]]:
    domains: list[tuple[str, Domain]] = []
    for node in nodes:
        code = compiler.compile(node.domain, scope)
        end = None if node.end is None else compiler.compile(node.end, scope)
        warn = compiler.warner(node.domain.at, "feel.iteration", "循环范围须是列表、整数区间或日期区间")
        domains.append((node.name, _list_domain(code, warn) if end is None else _range_domain(code, end, warn)))
        scope.names.add(node.name)
    return domains


def _bindings(domains: list[tuple[str, Domain]], local: dict[str, Value], frame: Frame) -> Iterator[bool | None]:
    """Bind the variables in ``local`` round by round; yield True for a round, None where a domain is none."""
    (name, domain), rest = domains[0], domains[1:]
    items = domain(frame)
    if items is None:
        yield None
        return
    for item in items:
        frame.root.work()
        local[name] = item
        if rest:
            yield from _bindings(rest, local, frame)
        else:
            yield True


def _list_domain(code: Code, warn: Callable[[Frame], None]) -> Domain:
    def run(frame: Frame) -> Iterable[Value] | None:
        value = code(frame)
        if type(value) is list:
            return value
        if isinstance(value, Range):
            items = _span(value.start, value.end, ascending=True)
            if items is None or value.operator is not None:
                warn(frame)
                return None
            return _without_open_ends(items, value)
        if value is None:
            warn(frame)
            return None
        return [value]

    return run


def _without_open_ends(items: Iterable[Value], span: Range) -> Iterator[Value]:
    for item in items:
        if (item == span.start and not span.start_included) or (item == span.end and not span.end_included):
            continue
        yield item


def _range_domain(start: Code, end: Code, warn: Callable[[Frame], None]) -> Domain:
    def run(frame: Frame) -> Iterable[Value] | None:
        items = _span(start(frame), end(frame), ascending=False)
        if items is None:
            warn(frame)
        return items

    return run


def _span(start: Value, end: Value, *, ascending: bool) -> Iterable[Value] | None:
    """Return the integers or dates from ``start`` to ``end``, downwards if need be unless ``ascending``."""
    if type(start) is Decimal and type(end) is Decimal:
        if not (is_integer(start) and is_integer(end)) or (ascending and start > end):
            return None
        check_steps(abs(end - start))
        return _numbers(start, end)
    if isinstance(start, date | FarDate) and isinstance(end, date | FarDate):
        first, last = date_to_days(start), date_to_days(end)
        if ascending and first > last:
            return None
        check_steps(abs(last - first))
        step = 1 if first <= last else -1
        return (date_from_days(day) for day in range(first, last + step, step))
    return None


def _numbers(start: Decimal, end: Decimal) -> Iterator[Decimal]:
    """Count the rounds, not the numbers: beyond 34 digits adding one changes nothing."""
    step = ONE if start <= end else -ONE
    for index in range(int(abs(end - start)) + 1):
        yield start + step * index
