"""Unknown types, decisions without logic, and functions that are not executed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn import tree
from engine.dmn.constants import NOT_CONSTANT, constant, show
from engine.dmn.nodes import DecisionNode, KnowledgeNode
from engine.dmn.run import Site
from engine.dmn.service import ServiceNode
from engine.dmn.unit import Unit
from engine.dmn.walk import parse_text
from engine.feel import FeelError

from .finding import Finding, at


def check_elements(unit: Unit) -> Iterator[Finding]:
    """Findings about the elements of a file."""
    for item in unit.definitions.items:
        yield from _item(unit, item)
    for node in unit.nodes:
        yield from _type(unit, node.site, node.type_ref)
        if isinstance(node, DecisionNode):
            yield from _decision(node)
        if isinstance(node, KnowledgeNode):
            yield from _knowledge(unit, node)
        if isinstance(node, ServiceNode) and not node.outputs:
            yield at(node.site, "dmn.no-output", "error", f"决策服务“{node.name}”没有输出决策，请补上。")


def _decision(node: DecisionNode) -> Iterator[Finding]:
    expression: tree.Expression | None = node.element.expression
    if expression is None:
        yield at(node.site, "dmn.no-logic", "info", f"决策“{node.name}”没有规则，它的值要由调用方给出。")
    elif isinstance(expression, tree.Literal) and node.type is not None:
        value = _constant(expression, node)
        if value is not NOT_CONSTANT and not node.type.coerce(value)[1]:
            message = f"决策“{node.name}”的值 {show(value)} 不是 {node.type.name} 允许的值，结果会是 null，请修改。"
            yield at(node.scope().site(expression), "dmn.type-mismatch", "error", message)


def _constant(expression: tree.Literal, node: DecisionNode) -> object:
    try:
        parsed = parse_text(expression, node.scope())
    except FeelError:
        return NOT_CONSTANT
    return constant(parsed.tree) if parsed is not None else NOT_CONSTANT


def _item(unit: Unit, item: tree.ItemDefinition) -> Iterator[Finding]:
    site = Site(item.name, unit.file, item.line, item.id)
    yield from _type(unit, site, item.type_ref)
    for component in item.components:
        yield from _item(unit, component)
    if item.function_item is not None:
        for parameter in item.function_item.parameters:
            yield from _type(unit, site, parameter.type_ref)
        yield from _type(unit, site, item.function_item.output_type)


def _type(unit: Unit, site: Site, type_ref: str | None) -> Iterator[Finding]:
    if type_ref is not None and unit.types.resolve(type_ref) is None:
        yield at(site, "dmn.unknown-type", "error", f"类型“{type_ref}”不认识，请定义它或改用 FEEL 的类型。")


def _knowledge(unit: Unit, node: KnowledgeNode) -> Iterator[Finding]:
    logic: tree.FunctionDefinition | None = node.element.logic
    if logic is None:
        yield at(node.site, "dmn.no-logic", "warning", f"业务知识模型“{node.name}”没有规则，调用它得到 null。")
        return
    for parameter in logic.parameters:
        yield from _type(unit, Site(node.name, unit.file, parameter.line, node.id), parameter.type_ref)
    if logic.kind is not tree.FunctionKind.FEEL:
        yield at(
            node.site,
            "dmn.external",
            "warning",
            f"“{node.name}”是外部函数（{logic.kind.value}），只有少数 Java 方法有等价实现，请改用 FEEL。",
        )
