"""Boxed expressions from XML (DMN 1.5 clauses 7.3, 8.3 and 10.5) to the tree."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from .read_tables import read_table, with_type
from .reading import MAX_NESTING, Reading, attribute_of, line_of
from .tree import (
    Binding,
    Conditional,
    Context,
    ContextEntry,
    Expression,
    Filter,
    FunctionDefinition,
    FunctionKind,
    Invocation,
    Iterator,
    ListExpression,
    Literal,
    Relation,
)


def read_expression(reading: Reading, parent: etree._Element) -> Expression | None:
    """The one boxed expression among the children of ``parent``; None if there is none."""
    found = [child for child in reading.children(parent) if reading.tag(child) in _READERS]
    for extra in found[1:]:
        reading.problem("dmn.several-expressions", "这里只能有一个表达式，请删去多余的。", extra)
    return _read(reading, found[0]) if found else None


def _read(reading: Reading, element: etree._Element) -> Expression | None:
    reader = _READERS[reading.tag(element) or ""]
    if reading.nesting >= MAX_NESTING:
        reading.problem("dmn.limit", f"表达式嵌套超过 {MAX_NESTING} 层，请拆成几个决策。", element)
        return None
    reading.nesting += 1
    try:
        return reader(reading, element)
    finally:
        reading.nesting -= 1


def _required(reading: Reading, parent: etree._Element) -> Expression:
    """The expression in ``parent``; a missing one is null, as an empty cell is."""
    return read_expression(reading, parent) or Literal("", line_of(parent), attribute_of(parent, "id"))


def read_literal(reading: Reading, element: etree._Element) -> Literal:
    """A literal expression (clause 7.3.5); imported values are not supported."""
    reading.check_language(element)
    if reading.child(element, "importedValues") is not None:
        reading.problem("dmn.unsupported-import", "importedValues 不支持，请把表达式写在本文件里。", element)
    return Literal(
        reading.text(element), reading.text_line(element), attribute_of(element, "id"), reading.type_ref(element)
    )


def read_function(reading: Reading, element: etree._Element) -> FunctionDefinition:
    """A function definition, or the encapsulated logic of a knowledge model (clause 10.5.3)."""
    kind = attribute_of(element, "kind") or "FEEL"
    try:
        function_kind = FunctionKind(kind)
    except ValueError:
        reading.problem("dmn.function-kind", f"函数种类 {kind} 不认识，应为 FEEL、Java 或 PMML。", element)
        function_kind = FunctionKind.FEEL
    return FunctionDefinition(
        function_kind,
        tuple(reading.item(child) for child in reading.children(element, "formalParameter")),
        read_expression(reading, element),
        line_of(element),
        attribute_of(element, "id"),
        reading.type_ref(element),
    )


def _context(reading: Reading, element: etree._Element) -> Context:
    entries = []
    for child in reading.children(element, "contextEntry"):
        holder = reading.child(child, "variable")
        variable = reading.item(holder) if holder is not None else None
        value = with_type(_required(reading, child), variable.type_ref if variable is not None else None)
        entries.append(ContextEntry(variable, value, line_of(child)))
    return Context(tuple(entries), line_of(element), attribute_of(element, "id"), reading.type_ref(element))


def _list(reading: Reading, element: etree._Element) -> ListExpression:
    return ListExpression(
        _items(reading, element), line_of(element), attribute_of(element, "id"), reading.type_ref(element)
    )


def _items(reading: Reading, element: etree._Element) -> tuple[Expression, ...]:
    found = (_read(reading, child) for child in reading.children(element) if reading.tag(child) in _READERS)
    return tuple(item for item in found if item is not None)


def _relation(reading: Reading, element: etree._Element) -> Relation:
    columns = tuple(reading.item(child) for child in reading.children(element, "column"))
    rows = []
    for row in reading.children(element, "row"):
        cells = _items(reading, row)
        if len(cells) != len(columns):
            reading.problem("dmn.relation-row", f"这一行有 {len(cells)} 格，表头有 {len(columns)} 列，请对齐。", row)
        rows.append(cells)
    return Relation(columns, tuple(rows), line_of(element), attribute_of(element, "id"), reading.type_ref(element))


def _invocation(reading: Reading, element: etree._Element) -> Invocation:
    bindings = []
    for child in reading.children(element, "binding"):
        holder = reading.child(child, "parameter")
        if holder is None:
            reading.problem("dmn.missing-element", "<binding> 缺少 <parameter>，请补上参数名。", child)
            continue
        bindings.append(Binding(reading.item(holder), read_expression(reading, child)))
    return Invocation(
        _required(reading, element),
        tuple(bindings),
        line_of(element),
        attribute_of(element, "id"),
        reading.type_ref(element),
    )


def _part(reading: Reading, element: etree._Element, name: str) -> Expression:
    holder = reading.child(element, name)
    if holder is None:
        tag = etree.QName(element).localname
        reading.problem("dmn.missing-element", f"<{tag}> 缺少 <{name}>，请补上。", element)
        return Literal("", line_of(element))
    return _required(reading, holder)


def _conditional(reading: Reading, element: etree._Element) -> Conditional:
    return Conditional(
        _part(reading, element, "if"),
        _part(reading, element, "then"),
        _part(reading, element, "else"),
        line_of(element),
        attribute_of(element, "id"),
        reading.type_ref(element),
    )


def _filter(reading: Reading, element: etree._Element) -> Filter:
    return Filter(
        _part(reading, element, "in"),
        _part(reading, element, "match"),
        line_of(element),
        attribute_of(element, "id"),
        reading.type_ref(element),
    )


def _iterator(reading: Reading, element: etree._Element) -> Iterator:
    kind = reading.tag(element) or ""
    holder = reading.child(element, "in")
    return Iterator(
        kind,
        " ".join(reading.required(element, "iteratorVariable").split()),
        _part(reading, element, "in"),
        _part(reading, element, "return" if kind == "for" else "satisfies"),
        line_of(element),
        attribute_of(element, "id"),
        reading.type_ref(element),
        attribute_of(holder, "typeRef") if holder is not None else None,
    )


_READERS: dict[str, Callable[[Reading, etree._Element], Expression]] = {
    "literalExpression": read_literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "functionDefinition": read_function,
    "invocation": _invocation,
    "decisionTable": read_table,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iterator,
    "some": _iterator,
    "every": _iterator,
}
