"""One DMN file (1.1 to 1.5) from bytes to the tree, with all problems collected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from .errors import DmnXmlError, Problem
from .read_expressions import read_expression, read_function
from .read_tables import with_type
from .reading import VERSIONS, Reading, attribute_of, flag, line_of
from .tree import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    DrgElement,
    FunctionItem,
    Import,
    InformationItem,
    InputData,
    ItemDefinition,
    Reference,
)
from .xml import parse_xml


def read_definitions(data: bytes, file: str | None) -> tuple[Definitions, list[Problem]]:
    """The tree of one file and the problems found in it.

    Raises DmnXmlError when the bytes are not XML or not a DMN file of a supported version.
    """
    root = parse_xml(data, file)
    name = etree.QName(root)
    version = VERSIONS.get(name.namespace or "")
    if name.localname != "definitions" or version is None:
        raise DmnXmlError(
            f"不是 DMN 1.1 至 1.5 的文件（根元素是 {{{name.namespace}}}{name.localname}），请用 DMN 编辑器另存。",
            file=file,
            line=line_of(root),
        )
    reading = Reading(name.namespace or "", file, attribute_of(root, "expressionLanguage"))
    definitions = _definitions(reading, root, version)
    reading.problems.sort(key=lambda problem: problem.line or 0)
    return definitions, reading.problems


def _definitions(reading: Reading, root: etree._Element, version: str) -> Definitions:
    namespace = attribute_of(root, "namespace") or ""
    if not namespace:
        reading.problem("dmn.missing-attribute", "<definitions> 缺少 namespace 属性，请补上。", root)
    return Definitions(
        attribute_of(root, "name") or "",
        namespace,
        version,
        tuple(_import(reading, child) for child in reading.children(root, "import")),
        tuple(_item_definition(reading, child) for child in reading.children(root, "itemDefinition")),
        tuple(_elements(reading, root)),
        {str(prefix or ""): str(uri) for prefix, uri in root.nsmap.items()},
        reading.file,
        line_of(root),
        attribute_of(root, "id"),
    )


def _import(reading: Reading, element: etree._Element) -> Import:
    """An empty or missing name puts the imported names into the default namespace (DMN 1.5 clause 6.3.3)."""
    return Import(
        " ".join((attribute_of(element, "name") or "").split()),
        reading.required(element, "namespace"),
        attribute_of(element, "locationURI"),
        attribute_of(element, "importType") or "",
        line_of(element),
    )


def _item_definition(reading: Reading, element: etree._Element) -> ItemDefinition:
    function = reading.child(element, "functionItem")
    return ItemDefinition(
        reading.name(element),
        reading.type_ref(element),
        reading.unary(reading.child(element, "allowedValues")),
        reading.unary(reading.child(element, "typeConstraint")),
        tuple(_item_definition(reading, child) for child in reading.children(element, "itemComponent")),
        _function_item(reading, function) if function is not None else None,
        flag(element, "isCollection"),
        line_of(element),
        attribute_of(element, "id"),
    )


def _function_item(reading: Reading, element: etree._Element) -> FunctionItem:
    parameters = tuple(reading.item(child) for child in reading.children(element, "parameters"))
    return FunctionItem(parameters, attribute_of(element, "outputTypeRef"))


def _elements(reading: Reading, root: etree._Element) -> list[DrgElement]:
    readers: dict[str, Callable[[Reading, etree._Element], DrgElement]] = {
        "inputData": _input_data,
        "decision": _decision,
        "businessKnowledgeModel": _knowledge,
        "decisionService": _service,
    }
    elements: list[DrgElement] = []
    for child in reading.children(root):
        reader = readers.get(reading.tag(child) or "")
        if reader is not None:
            elements.append(reader(reading, child))
    return elements


def _variable(reading: Reading, element: etree._Element, name: str) -> InformationItem:
    holder = reading.child(element, "variable")
    if holder is None:
        return InformationItem(name, None, line_of(element))
    if attribute_of(holder, "name"):
        return reading.item(holder)
    return InformationItem(name, reading.type_ref(holder), line_of(holder))


def _input_data(reading: Reading, element: etree._Element) -> InputData:
    name = reading.name(element)
    return InputData(name, _variable(reading, element, name), line_of(element), attribute_of(element, "id"))


def _decision(reading: Reading, element: etree._Element) -> Decision:
    name = reading.name(element)
    requirements: list[Reference] = []
    for holder in reading.children(element, "informationRequirement"):
        requirements += reading.references(holder, "requiredInput")
        requirements += reading.references(holder, "requiredDecision")
    # Without a variable the result is known by the id too, which is how Camunda names it.
    fallback = name if reading.child(element, "variable") is not None else attribute_of(element, "id") or name
    variable = _variable(reading, element, fallback)
    expression = read_expression(reading, element)
    return Decision(
        name,
        variable,
        tuple(requirements),
        _knowledge_references(reading, element),
        with_type(expression, variable.type_ref) if expression is not None else None,
        line_of(element),
        attribute_of(element, "id"),
    )


def _knowledge_references(reading: Reading, element: etree._Element) -> tuple[Reference, ...]:
    found: list[Reference] = []
    for holder in reading.children(element, "knowledgeRequirement"):
        found += reading.references(holder, "requiredKnowledge")
    return tuple(found)


def _knowledge(reading: Reading, element: etree._Element) -> BusinessKnowledgeModel:
    name = reading.name(element)
    variable = _variable(reading, element, name)
    holder = reading.child(element, "encapsulatedLogic")
    logic = read_function(reading, holder) if holder is not None else None
    if logic is not None and logic.body is not None:
        logic = replace(logic, body=with_type(logic.body, variable.type_ref))
    return BusinessKnowledgeModel(
        name,
        variable,
        _knowledge_references(reading, element),
        logic,
        line_of(element),
        attribute_of(element, "id"),
    )


def _service(reading: Reading, element: etree._Element) -> DecisionService:
    name = reading.name(element)
    return DecisionService(
        name,
        _variable(reading, element, name),
        reading.references(element, "outputDecision"),
        reading.references(element, "encapsulatedDecision"),
        reading.references(element, "inputDecision"),
        reading.references(element, "inputData"),
        line_of(element),
        attribute_of(element, "id"),
    )
