"""Output cells of a decision table: constants of the wrong type, or outside the output values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.dmn import tree
from engine.dmn.cells import read_cell
from engine.dmn.constants import NOT_CONSTANT, constant, show
from engine.dmn.run import Site
from engine.dmn.types import DmnType
from engine.dmn.walk import TableInScope, parse_text
from engine.feel import FeelError
from engine.feel import types as feel

from .finding import Finding, at
from .regions import Mixed, Region, admits, regions_of

Value = Any


def check_outputs(table: TableInScope) -> Iterator[Finding]:
    """Findings about the output cells and default outputs."""
    for position, clause in enumerate(table.node.outputs):
        kind = table.scope.types.resolve(clause.type_ref)
        cells = [(rule.outputs[position], rule.number) for rule in table.node.rules if position < len(rule.outputs)]
        if clause.default is not None:
            cells.append((clause.default, 0))
        for cell, number in cells:
            yield from _check_cell(table, clause, kind, cell, number)


def _check_cell(
    table: TableInScope, clause: tree.OutputClause, kind: DmnType | None, cell: tree.Literal, number: int
) -> Iterator[Finding]:
    value = _constant(table, cell)
    if value is NOT_CONSTANT or value is None:
        return
    where = f"第 {number} 条规则" if number else "默认输出"
    site = Site(table.scope.owner, table.scope.file, cell.line, cell.id)
    if kind is not None and not feel.fit(value, kind.feel)[1]:
        message = f"{where}的输出 {show(value)} 不是 {kind.name}，结果会是 null，请修改。"
        yield at(site, "dmn.type-mismatch", "error", message)
    elif clause.values is not None and not _is_among(table, clause.values, value):
        yield at(site, "dmn.output-value", "warning", f"{where}的输出 {show(value)} 不在输出列允许的值之内。")


def _constant(table: TableInScope, cell: tree.Literal) -> Value:
    try:
        parsed = parse_text(cell, table.scope)
    except FeelError:
        return NOT_CONSTANT
    return constant(parsed.tree) if parsed is not None else NOT_CONSTANT


def _is_among(table: TableInScope, values: tree.UnaryText, value: Value) -> bool:
    """Whether an output is allowed; true where that cannot be told."""
    try:
        parsed = parse_text(values, table.scope)
        allowed = read_cell(parsed.tree if parsed is not None else None)
        if allowed is None:
            return True
        regions_of([allowed], None)
    except (FeelError, Mixed):
        return True
    return admits(allowed, Region(value, value, single=True))


def literal_outputs(table: TableInScope, rule: tree.Rule) -> list[Value] | None:
    """The outputs of a rule, if all of them are constants."""
    values = [_constant(table, cell) for cell in rule.outputs]
    return None if any(value is NOT_CONSTANT for value in values) else values
