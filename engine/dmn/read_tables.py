"""Decision tables from XML (DMN 1.5 clause 8.3) to the tree."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from .reading import Reading, attribute_of, line_of
from .tree import Aggregation, DecisionTable, Expression, HitPolicy, InputClause, Literal, OutputClause, Rule


def read_table(reading: Reading, element: etree._Element) -> DecisionTable:
    """A decision table; rows that do not fit the head, and unnamed compound outputs, are problems."""
    inputs = tuple(_input(reading, child) for child in reading.children(element, "input"))
    outputs = tuple(_output(reading, child) for child in reading.children(element, "output"))
    table = DecisionTable(
        _hit_policy(reading, element),
        _aggregation(reading, element),
        inputs,
        outputs,
        tuple(attribute_of(child, "name") or "" for child in reading.children(element, "annotation")),
        tuple(
            _rule(reading, child, number, len(inputs), len(outputs))
            for number, child in enumerate(reading.children(element, "rule"), start=1)
        ),
        line_of(element),
        attribute_of(element, "id"),
        reading.type_ref(element),
        attribute_of(element, "outputLabel"),
    )
    _check_outputs(reading, element, table)
    return table


def with_type(expression: Expression, type_ref: str | None) -> Expression:
    """A table bound to a variable has the variable's type, if it names none (clause 7.3.1: they shall be the same)."""
    if isinstance(expression, DecisionTable) and expression.type_ref is None and type_ref is not None:
        return replace(expression, type_ref=type_ref)
    return expression


def _hit_policy(reading: Reading, element: etree._Element) -> HitPolicy:
    written = attribute_of(element, "hitPolicy") or "UNIQUE"
    try:
        return HitPolicy(written)
    except ValueError:
        reading.problem("dmn.hit-policy", f"命中策略 {written} 不认识，请在编辑器里重新选择。", element)
        return HitPolicy.UNIQUE


def _aggregation(reading: Reading, element: etree._Element) -> Aggregation | None:
    written = attribute_of(element, "aggregation")
    if not written:
        return None
    try:
        return Aggregation(written)
    except ValueError:
        reading.problem("dmn.aggregation", f"聚合方式 {written} 不认识，应为 SUM、COUNT、MIN 或 MAX。", element)
        return None


def _input(reading: Reading, element: etree._Element) -> InputClause:
    holder = reading.child(element, "inputExpression")
    if holder is None:
        reading.problem("dmn.missing-element", "输入列缺少输入表达式，请补上。", element)
        expression = Literal("", line_of(element))
    else:
        reading.check_language(holder)
        expression = Literal(
            reading.text(holder), reading.text_line(holder), attribute_of(holder, "id"), reading.type_ref(holder)
        )
    return InputClause(
        expression,
        reading.unary(reading.child(element, "inputValues")),
        attribute_of(element, "label"),
        line_of(element),
        attribute_of(element, "id"),
    )


def _output(reading: Reading, element: etree._Element) -> OutputClause:
    default = reading.child(element, "defaultOutputEntry")
    name = attribute_of(element, "name")
    return OutputClause(
        " ".join(name.split()) if name else None,
        reading.type_ref(element),
        reading.unary(reading.child(element, "outputValues")),
        _cell(reading, default) if default is not None else None,
        line_of(element),
        attribute_of(element, "label"),
        attribute_of(element, "id"),
    )


def _cell(reading: Reading, element: etree._Element) -> Literal:
    reading.check_language(element)
    return Literal(
        reading.text(element), reading.text_line(element), attribute_of(element, "id"), reading.type_ref(element)
    )


def _rule(reading: Reading, element: etree._Element, number: int, width: int, height: int) -> Rule:
    entries = [reading.unary(child) for child in reading.children(element, "inputEntry")]
    outputs = tuple(_cell(reading, child) for child in reading.children(element, "outputEntry"))
    if len(entries) != width:
        reading.problem(
            "dmn.rule-width", f"第 {number} 条规则有 {len(entries)} 个输入格，表头有 {width} 列，请对齐。", element
        )
    if len(outputs) != height:
        reading.problem(
            "dmn.rule-width", f"第 {number} 条规则有 {len(outputs)} 个输出格，表头有 {height} 列，请对齐。", element
        )
    return Rule(
        number,
        tuple(entry for entry in entries if entry is not None),
        outputs,
        tuple(reading.text(child) for child in reading.children(element, "annotationEntry")),
        line_of(element),
        attribute_of(element, "id"),
    )


def _check_outputs(reading: Reading, element: etree._Element, table: DecisionTable) -> None:
    """Clauses 8.2.8 and 8.2.10: compound outputs are named, distinct, and have no aggregation."""
    if not table.outputs:
        reading.problem("dmn.no-output", "决策表没有输出列，请至少加一列。", element)
        return
    names = [output.name for output in table.outputs]
    if len(names) > 1 and not all(names):
        reading.problem("dmn.output-name", "有多个输出列时每列都要有名称，请补上。", element)
    for name in {name for name in names if name and names.count(name) > 1}:
        reading.problem("dmn.duplicate-name", f"输出列“{name}”出现两次，请改名。", element)
    aggregated = table.aggregation not in (None, Aggregation.COUNT) and len(names) > 1
    if aggregated and table.hit_policy is HitPolicy.COLLECT:
        reading.problem("dmn.aggregation", "有多个输出列的决策表不能求和或取最大、最小值，请去掉聚合方式。", element)
