"""Decision tables: cells compiled once, rules matched in order, the hit policy applied (DMN 1.5 clause 10.3.2.10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.feel import UnaryTests

from . import tree
from .cells import read_cell
from .compiling import Evaluator, Scope, compile_expression
from .hits import Hit, aggregate, is_multiple, select
from .literals import BadText, parse_tests
from .matching import Predicate, predicate_of
from .run import MatchedRule, Run, Site, Value, Variables
from .table_text import split_tests
from .types import DmnType, ItemType

Test = Any
"""The bound ``evaluate`` of unary tests."""

_NEVER = type("_NEVER", (), {})
"""A type that no value has."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """``tests`` are (input, type, predicate, test) for the cells that are not ``-``; ``dashes`` are the other inputs.

    For values of exactly that type the predicate answers as the test does, only faster.
    """

    number: int
    tests: tuple[tuple[int, type, Predicate, Test], ...]
    dashes: frozenset[int]
    outputs: tuple[Evaluator, ...]
    trace: MatchedRule


@dataclass(frozen=True, slots=True)
class _Table:
    node: tree.DecisionTable
    site: Site
    inputs: tuple[Evaluator, ...]
    input_values: tuple[tuple[int, Test, Site], ...]
    rules: tuple[_Rule, ...]
    orders: tuple[tuple[Test, ...], ...]
    defaults: tuple[Evaluator | None, ...]
    bad: tuple[BadText, ...]


def compile_table(node: tree.DecisionTable, scope: Scope) -> Evaluator:
    """The evaluator of a table. A cell that is not FEEL makes the whole table null, with an error."""
    table = _compile(node, scope)
    first_only = node.hit_policy is tree.HitPolicy.FIRST

    def evaluate(variables: Variables, run: Run) -> Value:
        if table.bad:
            for bad in table.bad:
                bad.report(run)
            return None
        values = [expression(variables, run) for expression in table.inputs]
        matched = _match(table, values, variables, run, first_only)
        return _result(table, matched, variables, run)

    return evaluate


def _match(table: _Table, values: list[Value], variables: Variables, run: Run, first_only: bool) -> list[_Rule]:
    now, functions, pending = run.now, run.functions, run.pending
    refused = _refused(table, values, variables, run) if table.input_values else None
    matched = []
    for rule in table.rules:
        for position, kind, predicate, test in rule.tests:
            value = values[position]
            if type(value) is kind:
                if not predicate(value):
                    break
            elif test(value, variables, now=now, functions=functions, warnings=pending) is not True:
                break
        else:
            if refused and not refused.isdisjoint(rule.dashes):
                continue
            matched.append(rule)
            if first_only:
                break
    if pending:
        run.settle(table.site)
    return matched


def _refused(table: _Table, values: list[Value], variables: Variables, run: Run) -> set[int]:
    """Inputs outside their input values: there not even ``-`` matches (clause 10.3.2.10, grammar rule 15.c)."""
    refused = set()
    for position, test, site in table.input_values:
        allowed = test(values[position], variables, now=run.now, functions=run.functions, warnings=run.pending)
        if allowed is not True:
            refused.add(position)
            run.warn(site, "dmn.input-value", f"第 {position + 1} 个输入的值不在输入列允许的值之内。")
    return refused


def _result(table: _Table, matched: list[_Rule], variables: Variables, run: Run) -> Value:
    if not matched:
        return _default(table, variables, run)
    by_number = {rule.number: rule for rule in matched}
    hits = [Hit(rule.number, [output(variables, run) for output in rule.outputs]) for rule in matched]

    def rank_of(hit: Hit, variables: Variables, run: Run) -> tuple[int, ...]:
        return tuple(_rank(order, value, variables) for order, value in zip(table.orders, hit.outputs, strict=True))

    policy = table.node.hit_policy
    hits = select(policy, hits, rank_of, variables, run, table.site)
    multiple = is_multiple(policy)
    if run.tracing:
        shown = hits if multiple or policy is tree.HitPolicy.ANY else hits[:1]
        run.rules.extend(by_number[hit.number].trace for hit in shown)
    if not hits:
        return None
    if not multiple:
        return _value(table, hits[0])
    outputs = [_value(table, hit) for hit in hits]
    if policy is tree.HitPolicy.COLLECT and table.node.aggregation is not None:
        return aggregate(table.node.aggregation, outputs, run, table.site)
    return outputs


def _value(table: _Table, hit: Hit) -> Value:
    """A single output's value; a context of several."""
    if len(table.node.outputs) == 1:
        return hit.outputs[0]
    return {
        output.name or f"output{number}": value
        for number, (output, value) in enumerate(zip(table.node.outputs, hit.outputs, strict=True), start=1)
    }


def _default(table: _Table, variables: Variables, run: Run) -> Value:
    if not any(table.defaults):
        run.warn(table.site, "dmn.no-rule-matched", "没有规则命中，也没有默认输出，结果为 null。")
        return None
    values = [default(variables, run) if default else None for default in table.defaults]
    return _value(table, Hit(0, values))


def _rank(order: tuple[Test, ...], value: Value, variables: Variables) -> int:
    """The place of an output in its list of output values; outputs without such a list are not ranked."""
    for place, test in enumerate(order):
        if test(value, variables) is True:
            return place
    return len(order)


def _compile(node: tree.DecisionTable, scope: Scope) -> _Table:
    bad: list[BadText] = []
    input_values = []
    for position, clause in enumerate(node.inputs):
        test = _test(clause.values, scope, bad) if clause.values is not None else None
        if test is not None and clause.values is not None:
            input_values.append((position, test, scope.site(clause.values)))
    return _Table(
        node,
        scope.site(node),
        tuple(compile_expression(clause.expression, scope) for clause in node.inputs),
        tuple(input_values),
        tuple(_compile_rule(node, rule, scope, bad) for rule in node.rules),
        tuple(_order(node, clause, scope, bad) for clause in node.outputs),
        tuple(compile_expression(clause.default, scope) if clause.default else None for clause in node.outputs),
        tuple(bad),
    )


def _compile_rule(node: tree.DecisionTable, rule: tree.Rule, scope: Scope, bad: list[BadText]) -> _Rule:
    tests = []
    dashes = set()
    for position, cell in enumerate(rule.inputs):
        test = _tests(cell, scope, bad)
        if test is None:
            dashes.add(position)
        else:
            tests.append((position, *_fast(test), test.evaluate))
    annotations = {
        name or f"annotation{number}": text
        for number, (name, text) in enumerate(
            zip(_padded(node.annotations, len(rule.annotations)), rule.annotations, strict=True), start=1
        )
    }
    return _Rule(
        rule.number,
        tuple(tests),
        frozenset(dashes),
        tuple(_lazily(output, scope) for output in rule.outputs),
        MatchedRule(rule.id, rule.number, annotations, node.id),
    )


def _lazily(node: tree.Literal, scope: Scope) -> Evaluator:
    """An output cell, compiled when its rule is first hit: of a long table most rules seldom are."""
    compiled: list[Evaluator] = []

    def evaluate(variables: Variables, run: Run) -> Value:
        if not compiled:
            compiled.append(compile_expression(node, scope))
        return compiled[0](variables, run)

    return evaluate


def _padded(names: tuple[str, ...], length: int) -> list[str]:
    return [*names, *[""] * length][:length]


def _tests(cell: tree.UnaryText, scope: Scope, bad: list[BadText]) -> UnaryTests | None:
    """The compiled tests of a cell; None for ``-``."""
    parsed = parse_tests(cell, scope)
    if isinstance(parsed, BadText):
        bad.append(parsed)
        return None
    return parsed


def _test(cell: tree.UnaryText, scope: Scope, bad: list[BadText]) -> Test:
    tests = _tests(cell, scope, bad)
    return tests.evaluate if tests is not None else None


def _fast(tests: UnaryTests) -> tuple[type, Predicate]:
    cell = read_cell(tests.tree)
    return (predicate_of(cell) if cell is not None else None) or (_NEVER, bool)


def output_values(node: tree.DecisionTable, clause: tree.OutputClause, scope: Scope) -> tree.UnaryText | None:
    """The ordered output values: the clause's own, else the allowed values of its type (clause 8.3.3).

    A clause that names no type has that of the table, or of the component with its name.
    """
    if clause.values is not None and clause.values.text:
        return clause.values
    kind = scope.types.resolve(clause.type_ref) or _part_of(scope.types.resolve(node.type_ref), node, clause)
    found = (item.definition.allowed_values for item in _behind(kind))
    return next((values for values in found if values is not None), None)


def _part_of(whole: DmnType | None, node: tree.DecisionTable, clause: tree.OutputClause) -> DmnType | None:
    if len(node.outputs) == 1:
        return whole
    structured = next((item for item in _behind(whole) if item.components), None)
    return structured.components.get(clause.name or "") if structured is not None else None


def _behind(kind: DmnType | None) -> Iterator[ItemType]:
    """An item definition and those it is made from: what a function returns, the type of items, the base type."""
    seen: list[DmnType] = []
    while isinstance(kind, ItemType) and kind not in seen:
        seen.append(kind)
        yield kind
        kind = kind.result or kind.base


def _order(node: tree.DecisionTable, clause: tree.OutputClause, scope: Scope, bad: list[BadText]) -> tuple[Test, ...]:
    values = output_values(node, clause, scope)
    if values is None:
        return ()
    parts = (tree.UnaryText(text, values.line, values.id) for text in split_tests(values.text))
    tests = (_test(part, scope, bad) for part in parts)
    return tuple(test for test in tests if test is not None)
