"""Gaps, overlaps and unreachable rules of a decision table, by exact search over the regions of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from engine.dmn.cells import Cell
from engine.dmn.hits import is_multiple
from engine.dmn.run import Site
from engine.dmn.tree import HitPolicy
from engine.dmn.walk import TableInScope

from .boxes import Boxes, TooLarge
from .columns import Column, read_columns
from .describe import describe
from .finding import Finding, at
from .outputs import check_outputs, literal_outputs
from .regions import Region, admits

MAX_SHOWN = 5
MAX_PAIRS = 20


def check_table(table: TableInScope) -> Iterator[Finding]:
    """Findings about one table; see ``check``."""
    node, site = table.node, table.scope.site(table.node)
    if any(len(rule.inputs) != len(node.inputs) for rule in node.rules):
        return
    columns, findings = read_columns(table)
    yield from findings
    yield from check_outputs(table)
    if not node.rules or not node.inputs:
        return
    reason = _not_independent(columns)
    regions = [column.regions for column in columns if column.regions is not None]
    if len(regions) < len(columns):
        return
    boxes = _boxes(columns, regions)
    empty = {rule for rule in range(len(node.rules)) if boxes.is_empty(rule)}
    for rule in sorted(empty):
        yield _rule_finding(
            table, rule, "dmn.unreachable", "warning", "的条件在允许的值里没有一个满足，永远不会命中，请修改或删去。"
        )
    if reason is not None:
        yield at(site, "dmn.not-analysed", "info", reason)
        return
    search = _Search(table, columns, regions, boxes, empty)
    yield from search.overlaps()
    try:
        yield from search.unreachable()
        yield from search.gaps()
    except TooLarge:
        yield at(site, "dmn.not-analysed", "info", "表太大，缺口和不可达的规则没有全部检查，可拆成几张表。")


def _boxes(columns: Sequence[Column], regions: Sequence[Sequence[Region]]) -> Boxes:
    rules = len(columns[0].cells)
    masks = [
        [_mask(column.cells[rule], column_regions) for column, column_regions in zip(columns, regions, strict=True)]
        for rule in range(rules)
    ]
    return Boxes(masks, [len(column_regions) for column_regions in regions])


def _mask(cell: Cell | None, regions: Sequence[Region]) -> int:
    if cell is None:
        return 0
    return sum(1 << number for number, region in enumerate(regions) if admits(cell, region))


def _not_independent(columns: Sequence[Column]) -> str | None:
    """Why not every combination of column values can occur; None if each column reads a variable of its own."""
    paths: list[tuple[str, ...]] = []
    for column in columns:
        if column.path is None:
            return f"输入“{column.name}”是算式，不是变量，取值可能互相牵制，缺口和重叠无法静态判断。"
        for other in paths:
            shorter = min(len(other), len(column.path))
            if other[:shorter] == column.path[:shorter]:
                return f"有两个输入都取自“{'.'.join(column.path[:shorter])}”，取值互相牵制，缺口和重叠无法静态判断。"
        paths.append(column.path)
    return None


def _rule_finding(table: TableInScope, rule: int, code: str, severity: str, message: str) -> Finding:
    node = table.node.rules[rule]
    site = Site(table.scope.owner, table.scope.file, node.line, node.id)
    return at(site, code, severity, f"第 {node.number} 条规则{message}")


class _Search:
    def __init__(
        self,
        table: TableInScope,
        columns: Sequence[Column],
        regions: Sequence[Sequence[Region]],
        boxes: Boxes,
        empty: set[int],
    ) -> None:
        self._table = table
        self._names = [column.name for column in columns]
        self._regions = regions
        self._boxes = boxes
        self._live = [rule for rule in range(len(table.node.rules)) if rule not in empty]
        self._policy = table.node.hit_policy
        self._site = table.scope.site(table.node)

    def overlaps(self) -> Iterator[Finding]:
        """Pairs of rules that some input matches both: an error under UNIQUE, and under ANY if outputs differ."""
        if self._policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
            return
        pairs = ((one, other) for place, one in enumerate(self._live) for other in self._live[place + 1 :])
        found = ((one, other, box) for one, other in pairs if (box := self._boxes.overlap(one, other)) is not None)
        wrong = (item for item in found if self._policy is HitPolicy.UNIQUE or self._differ(item[0], item[1]))
        for one, other, box in islice(wrong, MAX_PAIRS):
            rules = self._table.node.rules
            what = describe(box, self._names, self._regions)
            unique = self._policy is HitPolicy.UNIQUE
            rule_of = "命中策略是唯一，不允许重叠" if unique else "命中策略是任意，输出却不同"
            message = f"与第 {rules[other].number} 条重叠（{what}），{rule_of}，请修改条件或命中策略。"
            code = "dmn.overlap" if unique else "dmn.any-conflict"
            yield _rule_finding(self._table, one, code, "error", message)

    def _differ(self, one: int, other: int) -> bool:
        first = literal_outputs(self._table, self._table.node.rules[one])
        second = literal_outputs(self._table, self._table.node.rules[other])
        return first is not None and second is not None and first != second

    def unreachable(self) -> Iterator[Finding]:
        """Rules that earlier ones always forestall (FIRST), or that never match alone (UNIQUE)."""
        if self._policy not in (HitPolicy.FIRST, HitPolicy.UNIQUE):
            return
        for rule in self._live:
            rivals = [other for other in self._live if other != rule]
            if self._policy is HitPolicy.FIRST:
                rivals = [other for other in rivals if other < rule]
            if not rivals:
                continue
            others = sum(1 << other for other in rivals)
            if next(self._boxes.uncovered(others, rule), None) is None:
                first = self._policy is HitPolicy.FIRST
                why = "前面的规则已经覆盖它的全部条件" if first else "它的全部条件都被其他规则同时命中"
                yield _rule_finding(
                    self._table, rule, "dmn.unreachable", "warning", f"不起作用：{why}，请调整顺序或删去。"
                )

    def gaps(self) -> Iterator[Finding]:
        """Inputs that no rule matches, where the table has one result and no default."""
        if is_multiple(self._policy) or any(output.default for output in self._table.node.outputs):
            return
        rules = sum(1 << rule for rule in self._live)
        gaps = list(islice(self._boxes.uncovered(rules), MAX_SHOWN + 1))
        for box in gaps[:MAX_SHOWN]:
            what = describe(box, self._names, self._regions)
            yield at(self._site, "dmn.gap", "warning", f"没有规则覆盖：{what}。请补规则，或设默认输出。")
        if len(gaps) > MAX_SHOWN:
            yield at(self._site, "dmn.gap", "warning", f"缺口不止以上 {MAX_SHOWN} 处，其余未列。")
