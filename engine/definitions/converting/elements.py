"""The extension elements of other engines, and the expressions and calls of BPMN that they write in their way."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from engine.definitions.converting import juel
from engine.definitions.converting.report import Report
from engine.definitions.converting.writer import converted_value, extension
from engine.definitions.reading.document import local, zeebe
from engine.definitions.reading.events import TIMER_KINDS

EXPRESSIONS = (
    "conditionExpression",
    "completionCondition",
    "loopCardinality",
    "condition",
    "loopCondition",
    *TIMER_KINDS,
)
"""BPMN elements whose text is an expression."""


def convert_expression(report: Report, element: etree._Element) -> None:
    """Rewrite ``${…}`` in an expression element as FEEL; its ``language`` goes with it."""
    text = (element.text or "").strip()
    if local(element) not in EXPRESSIONS or not juel.is_expression(text):
        return
    value = converted_value(report, element, local(element), text)
    if value is not None:
        element.text = value
        if "language" in element.attrib:
            del element.attrib["language"]
        report.done(element, text, value)


def convert_call(report: Report, element: etree._Element) -> None:
    """Write BPMN's ``calledElement`` as ``zeebe:calledElement``.

    Other engines pass no variables but those named; Camunda 8 passes all unless told otherwise, so it is told.
    """
    called = (element.get("calledElement") or "").strip()
    if local(element) != "callActivity" or not called:
        return
    value = converted_value(report, element, "calledElement", called)
    if value is None:
        return
    target = extension(element, "calledElement")
    target.set("processId", value)
    for name in ("propagateAllParentVariables", "propagateAllChildVariables"):
        if target.get(name) is None:
            target.set(name, "false")
    del element.attrib["calledElement"]
    report.done(element, f"calledElement={called}", f"zeebe:calledElement/processId={value}")


Handler = Callable[[Report, etree._Element, etree._Element], bool]


def _properties(report: Report, owner: etree._Element, item: etree._Element) -> bool:
    for each in item:
        if each.get("name"):
            target = etree.SubElement(extension(owner, "properties"), zeebe("property"))
            target.set("name", each.get("name", ""))
            target.set("value", each.get("value", ""))
    report.done(item, "properties", "zeebe:properties")
    return True


def _mappings(report: Report, owner: etree._Element, item: etree._Element) -> bool:
    """``inputOutput``: parameters given as text or simple expressions; lists, maps and scripts stay."""
    complete = True
    for each in list(item):
        direction = {"inputParameter": "input", "outputParameter": "output"}.get(local(each))
        name, text = each.get("name") or "", (each.text or "").strip()
        if direction is None or len(each) or not name:
            report.leave(each, f"{local(each)} {name}", "只转换以文本或简单表达式给出的参数")
            complete = False
            continue
        value = converted_value(report, each, f"{local(each)} {name}", text)
        if value is None:
            complete = False
            continue
        _map(owner, direction, value, name)
        report.done(each, f"{local(each)} {name}={text}", f"zeebe:{direction} {name}")
        item.remove(each)
    return complete


def _called_variables(report: Report, owner: etree._Element, item: etree._Element) -> bool:
    """``in`` and ``out`` of a call activity; ``businessKey`` and ``variables="all"`` are properties of the call."""
    inward = local(item) == "in"
    if item.get("businessKey"):
        value = converted_value(report, item, "businessKey", item.get("businessKey", ""))
        if value is not None:
            extension(owner, "calledElement").set("businessId", value)
            report.done(item, "businessKey", "zeebe:calledElement/businessId")
        return value is not None
    if item.get("variables") == "all":
        name = "propagateAllParentVariables" if inward else "propagateAllChildVariables"
        extension(owner, "calledElement").set(name, "true")
        report.done(item, f"{local(item)} variables=all", f"zeebe:calledElement/{name}")
        return True
    source, target = item.get("source") or item.get("sourceExpression") or "", item.get("target") or ""
    value = converted_value(report, item, local(item), source) if source and target else None
    if value is None:
        return False
    _map(owner, "input" if inward else "output", value if value.startswith("=") else f"={value}", target)
    report.done(item, f"{local(item)} {source}", f"zeebe:{'input' if inward else 'output'} {target}")
    return True


def _map(owner: etree._Element, direction: str, source: str, target: str) -> None:
    mapping = etree.SubElement(extension(owner, "ioMapping"), zeebe(direction))
    mapping.set("source", source)
    mapping.set("target", target)


HANDLERS: dict[str, Handler] = {
    "properties": _properties,
    "inputOutput": _mappings,
    "in": _called_variables,
    "out": _called_variables,
}
"""An extension element's name to what rewrites it; it returns whether the element may go."""
