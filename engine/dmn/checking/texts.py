"""Bad expressions and unknown names in one FEEL text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass

from engine.dmn.walk import Text, has_open_names, parse_text
from engine.feel import FeelError, FeelSyntaxError, tree
from engine.feel.builtins.names import BUILTIN_NAMES

from .finding import Finding, at


def check_text(text: Text, functions: Collection[str]) -> Iterator[Finding]:
    """Findings about one text; ``functions`` are the names of functions given at evaluation."""
    node, scope = text.node, text.scope
    try:
        parsed = parse_text(node, scope, functions)
    except FeelSyntaxError as error:
        site = scope.site(node, node.line + error.line - 1)
        yield at(site, "feel.syntax", "error", f"表达式 {_short(node.text)} 有误：{error.message}")
        return
    except FeelError as error:
        yield at(scope.site(node), error.code, "error", error.message)
        return
    if parsed is None or has_open_names(scope):
        return
    called = set(_called(parsed.tree))
    for name in sorted(parsed.free - scope.names - BUILTIN_NAMES - {"?"} - set(functions)):
        where = f"表达式 {_short(node.text)} 里的名称“{name}”"
        if scope.is_open and name not in called:
            yield at(scope.site(node), "dmn.undeclared", "info", f"{where}没有声明，取调用方给出的同名变量。")
        else:
            message = f"{where}不认识，请检查拼写，或连上它所需的输入或决策。"
            yield at(scope.site(node), "dmn.unknown-name", "error", message)


def _called(node: object) -> Iterator[str]:
    """The names that a tree calls as functions: a variable given from outside is no function."""
    if isinstance(node, tree.Invocation) and isinstance(node.function, tree.Name):
        yield node.function.name
    if isinstance(node, tuple):
        parts: Iterable[object] = node
    elif is_dataclass(node):
        parts = (getattr(node, part.name) for part in fields(node))
    else:
        return
    for part in parts:
        yield from _called(part)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= 60 else f"“{line[:57]}…”"
