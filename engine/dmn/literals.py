"""Literal expressions and unary tests: FEEL text compiled once, with its place for messages."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel import Expression as FeelExpression
from engine.feel import FeelSyntaxError, UnaryTests
from engine.feel import compile_expression as compile_feel
from engine.feel import compile_unary_tests as compile_feel_tests
from engine.feel import tree as feel_tree

from . import tree
from .compiling import Evaluator, Scope
from .run import Run, Site, Value, Variables


@dataclass(frozen=True, slots=True)
class BadText:
    """FEEL that does not parse: where, and why."""

    site: Site
    message: str

    def report(self, run: Run) -> None:
        """Tell the run, each time the value is asked for."""
        run.warn(self.site, "feel.syntax", self.message, "error")


def parse_text(node: tree.Literal, scope: Scope) -> FeelExpression | BadText | None:
    """The compiled text; None for an empty one, which means null."""
    if not node.text:
        return None
    try:
        return compile_feel(node.text, names=scope.composed(), members=scope.members, types=scope.types.feel_types)
    except FeelSyntaxError as error:
        return BadText(scope.site(node, node.line + error.line - 1), error.message)


def parse_tests(node: tree.UnaryText, scope: Scope) -> UnaryTests | BadText | None:
    """The compiled tests; None for ``-`` and for an empty cell, which any value satisfies."""
    if node.text in ("", "-"):
        return None
    try:
        return compile_feel_tests(
            node.text, names=scope.composed(), members=scope.members, types=scope.types.feel_types
        )
    except FeelSyntaxError as error:
        return BadText(scope.site(node, node.line + error.line - 1), error.message)


def compile_literal(node: tree.Literal, scope: Scope) -> Evaluator:
    """Null with an error for text that is not FEEL; null for no text."""
    parsed = parse_text(node, scope)
    if parsed is None:
        return lambda variables, run: None
    if isinstance(parsed, BadText):
        bad = parsed

        def fail(variables: Variables, run: Run) -> Value:
            bad.report(run)

        return fail
    expression = parsed.evaluate
    site = scope.site(node)
    if isinstance(parsed.tree, feel_tree.Literal):
        value = parsed.tree.value
        return lambda variables, run: value
    if isinstance(parsed.tree, feel_tree.Name):
        return _variable(parsed.tree.name, parsed, site)

    def evaluate(variables: Variables, run: Run) -> Value:
        value = expression(variables, now=run.now, functions=run.functions, warnings=run.pending)
        if run.pending:
            run.settle(site)
        return value

    return evaluate


def _variable(name: str, expression: FeelExpression, site: Site) -> Evaluator:
    """A name alone: looked up here; FEEL finds the built-in of that name, or says that there is nothing."""

    def evaluate(variables: Variables, run: Run) -> Value:
        if name in variables:
            return variables[name]
        value = expression.evaluate(variables, now=run.now, functions=run.functions, warnings=run.pending)
        if run.pending:
            run.settle(site)
        return value

    return evaluate
