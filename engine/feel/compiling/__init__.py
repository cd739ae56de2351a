"""Turns syntax trees into closures, once; evaluating is then calling (DMN 1.5, 10.3.2.15)."""

from __future__ import annotations

from engine.feel.compiling import access, arithmetic, comparison, functions, iteration, literals  # noqa: F401
from engine.feel.compiling.compiler import Compiler, Scope
from engine.feel.compiling.tests import TestCode, compile_tests
from engine.feel.limits import MAX_NESTING_DEPTH, exceeded
from engine.feel.runtime import Code
from engine.feel.tree import Node, Tests


def compile_tree(text: str, tree: Node) -> Code:
    """Return the code of an expression's tree; ``text`` is used for the places of warnings."""
    try:
        return Compiler(text).compile(tree, Scope())
    except RecursionError:
        raise exceeded("嵌套层数", MAX_NESTING_DEPTH) from None


def compile_tests_tree(text: str, tree: Node) -> TestCode:
    """Return the code of unary tests: called with the value tested and a frame."""
    try:
        return compile_tests(Compiler(text), tree if isinstance(tree, Tests) else Tests(tree.at, False, (tree,)))
    except RecursionError:
        raise exceeded("嵌套层数", MAX_NESTING_DEPTH) from None
