"""The input columns of a table as an analysis sees them: cells, domain, regions, or why that cannot be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.dmn import tree
from engine.dmn.cells import Cell, read_cell
from engine.dmn.compiling import Scope
from engine.dmn.constants import kind_of, show
from engine.dmn.run import Site
from engine.dmn.types import DmnType, ItemType
from engine.dmn.walk import TableInScope, Types, parse_text
from engine.feel import FeelError
from engine.feel import tree as feel_tree
from engine.feel import types as feel

from .finding import Finding, at
from .regions import Mixed, Region, regions_of


@dataclass(frozen=True, slots=True)
class Column:
    """An input column. ``path`` is the variable it reads, None for anything more; ``regions`` None: cannot be told."""

    name: str
    path: tuple[str, ...] | None
    cells: Sequence[Cell | None]
    domain: Cell | None
    regions: Sequence[Region] | None


def read_columns(table: TableInScope) -> tuple[list[Column], list[Finding]]:
    """The columns of a table, and what is wrong or not analysable in them."""
    findings: list[Finding] = []
    columns = []
    for position, clause in enumerate(table.node.inputs):
        column = _column(table, position, clause, findings)
        columns.append(column)
    return columns, findings


def _column(table: TableInScope, position: int, clause: tree.InputClause, findings: list[Finding]) -> Column:
    scope = table.scope
    kind = declared_type(clause, table.types, scope)
    cells = []
    for rule in table.node.rules:
        cell = _cell(rule.inputs[position], scope)
        cells.append(cell)
        findings += _mismatches(cell, kind, rule, clause, scope)
        if cell is None:
            findings.append(
                at(
                    scope.site(rule.inputs[position]),
                    "dmn.not-analysed",
                    "info",
                    f"第 {rule.number} 条规则“{name_of(clause)}”一格不只是常量，本列的缺口和重叠无法静态判断。",
                )
            )
    if kind is not None and not isinstance(kind.feel, feel.SimpleType):
        message = f"输入“{name_of(clause)}”不是单个的值（{kind.name}），本列的缺口和重叠无法静态判断。"
        findings.append(at(scope.site(clause.expression), "dmn.not-analysed", "info", message))
        return Column(name_of(clause), path_of(clause, scope), cells, None, None)
    domain = _domain(clause, kind, scope)
    known = [cell for cell in cells if cell is not None]
    regions = _regions(known, domain, kind) if len(known) == len(cells) else None
    return Column(name_of(clause), path_of(clause, scope), cells, domain, regions)


def name_of(clause: tree.InputClause) -> str:
    """What the analyst calls the column."""
    return clause.label or clause.expression.text or "输入"


def _cell(text: tree.UnaryText, scope: Scope) -> Cell | None:
    try:
        parsed = parse_text(text, scope)
    except FeelError:
        return None
    return read_cell(parsed.tree if parsed is not None else None)


def _regions(cells: Sequence[Cell], domain: Cell | None, kind: DmnType | None) -> list[Region] | None:
    try:
        regions = regions_of(cells, domain)
    except Mixed:
        return None
    # A column of booleans without any constant still has two values only.
    if kind is not None and kind.feel == feel.BOOLEAN and len(regions) == 1 and regions[0].low is None:
        return [Region(True, True, True), Region(False, False, True)]
    return regions


def path_of(clause: tree.InputClause, scope: Scope) -> tuple[str, ...] | None:
    """The names of a variable or path such as ``applicant.age``; None for any other expression."""
    try:
        parsed = parse_text(clause.expression, scope)
    except FeelError:
        return None
    steps: list[str] = []
    node = parsed.tree if parsed is not None else None
    while isinstance(node, feel_tree.Path):
        steps.insert(0, node.name)
        node = node.operand
    return (node.name, *steps) if isinstance(node, feel_tree.Name) else None


def declared_type(clause: tree.InputClause, types: Types, scope: Scope) -> DmnType | None:
    """The type of the variable the column reads, else the one written on the column."""
    path = path_of(clause, scope)
    kind = types.get(path[0]) if path else None
    for step in path[1:] if path else ():
        while isinstance(kind, ItemType) and not kind.components and kind.base is not None:
            kind = kind.base
        kind = kind.components.get(step) if isinstance(kind, ItemType) else None
    return kind or scope.types.resolve(clause.expression.type_ref)


def _domain(clause: tree.InputClause, kind: DmnType | None, scope: Scope) -> Cell | None:
    """The values an input may have: the column's input values, else the allowed values of its type."""
    if clause.values is not None and clause.values.text:
        return _cell(clause.values, scope)
    while isinstance(kind, ItemType) and not kind.definition.is_collection:
        for text in (kind.definition.allowed_values, kind.definition.type_constraint):
            if text is not None and text.text:
                return _cell(text, scope)
        kind = kind.base
    return None


def _mismatches(
    cell: Cell | None, kind: DmnType | None, rule: tree.Rule, clause: tree.InputClause, scope: Scope
) -> Iterator[Finding]:
    """Constants in a cell that no value of the column's type can equal or be compared with."""
    if cell is None or kind is None or not isinstance(kind.feel, feel.SimpleType) or kind.feel == feel.ANY:
        return
    for value in cell.constants():
        if kind_of(value) != kind.feel:
            yield at(
                Site(scope.owner, scope.file, rule.line, rule.id),
                "dmn.type-mismatch",
                "error",
                f"第 {rule.number} 条规则“{name_of(clause)}”一格的 {show(value)} 是 {kind_of(value)}，"
                f"这一列是 {kind.feel}，永远不会命中，请修改。",
            )
            return
