"""Names, paths and filters."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from difflib import get_close_matches

from engine.feel.builtins.library import BUILTINS
from engine.feel.compiling.compiler import Compiler, Scope, handles
from engine.feel.compiling.literals import is_constant
from engine.feel.numbers import to_index
from engine.feel.properties import member
from engine.feel.runtime import PLAIN, Code, FilterFrame, Frame, Root
from engine.feel.tree import Filter, Name, Path
from engine.feel.values import Value

Place = tuple[bool, ...]
"""For each scope passed on the way to a name, from the inside: whether it is a filter's."""


def find(name: str, scope: Scope) -> tuple[Place, bool]:
    """Return the scopes passed and whether the last one defines the name (else it is the global scope)."""
    passed: list[bool] = []
    current: Scope | None = scope
    while current is not None and current.parent is not None:
        passed.append(current.is_filter)
        if not current.is_filter and name in current.names:
            return tuple(passed), True
        current = current.parent
    if current is not None and name in current.names:
        return tuple(passed), True
    return tuple(passed), False


@handles(Name)
def compile_name(compiler: Compiler, node: Name, scope: Scope) -> Code:
    """Compile a variable: the innermost scope that has it wins, built-ins come last (10.3.2.11)."""
    passed, is_local = find(node.name, scope)
    final = _local(node.name) if is_local else _global(compiler, node)
    if is_local:
        passed = passed[:-1]
    if node.name == "partial" and is_local:
        final = _partial
    if any(passed):
        return _through_filters(node.name, passed, final)
    return _up(len(passed), final)


def _local(name: str) -> Code:
    return lambda frame: frame.vars[name]


def _partial(frame: Frame) -> Value:
    # The list still grows while the loop runs; what escapes must not.
    results: list[Value] = frame.vars["partial"]
    frame.root.work(len(results))
    return list(results)


def _up(levels: int, final: Code) -> Code:
    """Return code that runs ``final`` in the frame ``levels`` scopes further out."""
    if levels == 0:
        return final
    if levels == 1:
        return lambda frame: final(frame.parent)
    if levels == 2:
        return lambda frame: final(frame.parent.parent)

    def run(frame: Frame) -> Value:
        for _ in range(levels):
            frame = frame.parent
        return final(frame)

    return run


def _through_filters(name: str, passed: Place, final: Code) -> Code:
    """Return code that asks each filtered item on the way for an entry of this name."""

    def run(frame: Frame) -> Value:
        for is_filter in passed:
            if is_filter:
                if name in frame.vars:
                    return frame.vars[name]
                if name == "item" and isinstance(frame, FilterFrame):
                    return frame.item
            frame = frame.parent
        return final(frame)

    return run


def _global(compiler: Compiler, node: Name) -> Code:
    name = node.name
    builtin = BUILTINS.get(name)
    text, at = compiler.text, node.at

    def missing(frame: Frame) -> Value:
        given = frame.root.given_function(name)
        if given is not None:
            return given
        if builtin is None and frame.root.warnings is not None:
            frame.root.warn("feel.unknown-name", _unknown(name, frame), text, at)
        return builtin

    def run(frame: Frame) -> Value:
        try:
            raw = frame.vars[name]
        except KeyError:
            return missing(frame)
        kind = type(raw)
        if kind is int and -_SMALL < raw < _SMALL:
            return Decimal(raw)
        return raw if kind in PLAIN else _converted(frame, name, raw)

    return run


def _unknown(name: str, frame: Frame) -> str:
    """Return the message for a name nobody has, with the likeliest one meant."""
    close = get_close_matches(name, [*map(str, frame.vars), *(frame.root.functions or ()), *BUILTINS], 1)
    return f"没有名为「{name}」的变量或函数" + (f"，是不是「{close[0]}」" if close else "")


_SMALL = 10**30
"""Integers below this need no rounding."""


def _converted(frame: Frame, name: str, raw: object) -> Value:
    return frame.value(name, raw) if isinstance(frame, Root) else raw


@handles(Path)
def compile_path(compiler: Compiler, node: Path, scope: Scope) -> Code:
    """Compile ``e.name``: an entry of a context, a property, or both for each item of a list (Tables 64 to 67)."""
    operand = compiler.compile(node.operand, scope)
    name = node.name
    warn = compiler.warner(node.at, "feel.unknown-member", f"没有名为「{name}」的字段或属性")

    def run(frame: Frame) -> Value:
        value = operand(frame)
        if type(value) is dict and name in value:
            return value[name]
        if value is None:
            return None
        return member(value, name, lambda: warn(frame))

    return run


@handles(Filter)
def compile_filter(compiler: Compiler, node: Filter, scope: Scope) -> Code:
    """Compile ``e[condition]``: an index if the condition is a number, else a filter (Table 68)."""
    operand = _list_operand(compiler, node, scope)
    inside = compiler.compile(node.condition, Scope((), scope, is_filter=True))
    warn_index = compiler.warner(node.at, "feel.index", "下标超出列表范围或不是整数")
    warn_kind = compiler.warner(node.at, "feel.filter", "筛选条件既不是布尔值也不是数字")

    if is_constant(inside) and type(inside.constant) is Decimal:  # type: ignore[attr-defined]
        return _constant_index(operand, inside.constant, warn_index)  # type: ignore[attr-defined]
    outside = compiler.compile(node.condition, Scope((), scope))

    def run(frame: Frame) -> Value:
        value = operand(frame)
        if value is None:
            return None
        items = value if type(value) is list else [value]
        root = frame.root
        if not items:
            position = _quietly(outside, Frame({}, frame, root))
            return None if type(position) is Decimal else []
        root.work(len(items))
        kept: list[Value] = []
        for place, item in enumerate(items):
            holds = inside(FilterFrame(item, frame, root))
            if holds is True:
                kept.append(item)
            elif type(holds) is Decimal and place == 0:
                return pick(items, holds, frame, warn_index)
            elif holds is not None and holds is not False:
                warn_kind(frame)
                return None
        return kept

    return run


def _quietly(code: Code, frame: Frame) -> Value:
    """Run code that only tells an index from a condition, without its warnings."""
    root = frame.root
    warnings, root.warnings = root.warnings, None
    try:
        return code(frame)
    finally:
        root.warnings = warnings


def _list_operand(compiler: Compiler, node: Filter, scope: Scope) -> Code:
    """Compile what is filtered; ``partial`` need not be copied there."""
    if isinstance(node.operand, Name) and node.operand.name == "partial":
        passed, is_local = find("partial", scope)
        if is_local and not any(passed):
            return _up(len(passed) - 1, _local("partial"))
    return compiler.compile(node.operand, scope)


def _constant_index(operand: Code, position: Decimal, warn: Callable[[Frame], None]) -> Code:
    def run(frame: Frame) -> Value:
        value = operand(frame)
        if value is None:
            return None
        return pick(value if type(value) is list else [value], position, frame, warn)

    return run


def pick(items: list[Value], position: Decimal, frame: Frame, warn: Callable[[Frame], None]) -> Value:
    """Return ``items[position]``, counted from 1 or, when negative, from the end; null outside."""
    index = to_index(position)
    if index is None or index == 0 or abs(index) > len(items):
        warn(frame)
        return None
    return items[index - 1 if index > 0 else index]
