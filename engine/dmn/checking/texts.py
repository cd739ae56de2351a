"""Bad expressions and unknown names in one FEEL text."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.dmn import tree
from engine.dmn.compiling import Scope
from engine.feel import FeelError, FeelSyntaxError
from engine.feel.builtins.names import BUILTIN_NAMES
from engine.feel.parsing import Parsed, parse_expression_text, parse_tests_text

from .finding import Finding, at
from .walk import Text, has_open_names


def parse(node: tree.Literal | tree.UnaryText, scope: Scope, functions: Collection[str] = ()) -> Parsed | None:
    """The syntax tree of a text; None for an empty one. Raises FEEL's errors."""
    if not node.text:
        return None
    reader = parse_tests_text if isinstance(node, tree.UnaryText) else parse_expression_text
    return reader(node.text, scope.names.union(functions), scope.members, scope.types.feel_types)


def check_text(text: Text, functions: Collection[str]) -> Iterator[Finding]:
    """Findings about one text; ``functions`` are the names of functions given at evaluation."""
    node, scope = text.node, text.scope
    try:
        parsed = parse(node, scope, functions)
    except FeelSyntaxError as error:
        site = scope.site(node, node.line + error.line - 1)
        yield at(site, "feel.syntax", "error", f"表达式 {_short(node.text)} 有误：{error.message}")
        return
    except FeelError as error:
        yield at(scope.site(node), error.code, "error", error.message)
        return
    if parsed is None or has_open_names(scope):
        return
    for name in sorted(parsed.free - scope.names - BUILTIN_NAMES - {"?"} - set(functions)):
        yield at(
            scope.site(node),
            "dmn.unknown-name",
            "error",
            f"表达式 {_short(node.text)} 里的名称“{name}”不认识，请检查拼写，或连上它所需的输入或决策。",
        )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= 60 else f"“{line[:57]}…”"
