"""What every reader of DMN XML needs: namespaces, children, attributes, and a place to collect problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

from .errors import Problem
from .tree import InformationItem, Reference, UnaryText

VERSIONS = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}

MAX_NESTING = 100


@dataclass(slots=True)
class Reading:
    """The state of reading one file: its namespace, its name for messages, the problems so far."""

    namespace: str
    file: str | None
    language: str | None = None
    problems: list[Problem] = field(default_factory=list)
    nesting: int = 0

    def problem(self, code: str, message: str, element: etree._Element) -> None:
        owner = _nearest_id(element)
        self.problems.append(Problem(code, message, self.file, line_of(element), owner))

    def tag(self, element: etree._Element) -> str | None:
        """The local name of an element of the DMN namespace; None for elements of other namespaces."""
        prefix = f"{{{self.namespace}}}"
        tag: object = cast(Any, element).tag
        if isinstance(tag, str) and tag.startswith(prefix):
            return tag[len(prefix) :]
        return None

    def children(self, element: etree._Element, name: str | None = None) -> Iterator[etree._Element]:
        for child in element:
            tag = self.tag(child)
            if tag is not None and (name is None or tag == name):
                yield child

    def child(self, element: etree._Element, name: str) -> etree._Element | None:
        return next(self.children(element, name), None)

    def text(self, element: etree._Element | None) -> str:
        """The text of the ``text`` child (DMN 1.2 and later), or of the element itself."""
        if element is None:
            return ""
        holder = self.child(element, "text")
        return "".join(str(part) for part in (element if holder is None else holder).itertext()).strip()

    def text_line(self, element: etree._Element) -> int:
        """The line where the text of ``element`` begins."""
        holder = self.child(element, "text")
        return line_of(element if holder is None else holder)

    def required(self, element: etree._Element, attribute: str) -> str:
        value = attribute_of(element, attribute)
        if not value:
            tag = etree.QName(element).localname
            self.problem("dmn.missing-attribute", f"<{tag}> 缺少 {attribute} 属性，请补上。", element)
            return ""
        return value

    def name(self, element: etree._Element) -> str:
        """The required ``name``, with inner white space made single spaces as FEEL does (clause 10.3.1.2)."""
        return " ".join(self.required(element, "name").split())

    def item(self, element: etree._Element) -> InformationItem:
        return InformationItem(self.name(element), self.type_ref(element), line_of(element))

    def type_ref(self, element: etree._Element) -> str | None:
        """``typeRef`` as attribute, or as child (item definitions; DMN 1.1 also elsewhere)."""
        value = attribute_of(element, "typeRef")
        if value is None:
            holder = self.child(element, "typeRef")
            value = "".join(str(part) for part in holder.itertext()) if holder is not None else None
        return " ".join(value.split()) or None if value is not None else None

    def unary(self, element: etree._Element | None) -> UnaryText | None:
        if element is None:
            return None
        self.check_language(element)
        return UnaryText(self.text(element), self.text_line(element), attribute_of(element, "id"))

    def references(self, element: etree._Element, name: str) -> tuple[Reference, ...]:
        return tuple(Reference(self.required(child, "href"), line_of(child)) for child in self.children(element, name))

    def check_language(self, element: etree._Element) -> None:
        """Only FEEL is executed; anything else is refused rather than run wrongly."""
        language = attribute_of(element, "expressionLanguage") or self.language
        if language and "feel" not in language.lower():
            self.problem("dmn.unsupported-language", f"表达式语言 {language} 不支持，请改用 FEEL。", element)


def attribute_of(element: etree._Element, name: str) -> str | None:
    """An attribute of no namespace."""
    value = element.get(name)
    return str(value) if value is not None else None


def line_of(element: etree._Element) -> int:
    """The line where an element starts, from 1; 0 if unknown."""
    line: object = cast(Any, element).sourceline
    return line if isinstance(line, int) else 0


def flag(element: etree._Element, name: str) -> bool:
    """A boolean attribute; false if absent."""
    return (attribute_of(element, name) or "").strip() in ("true", "1")


def _nearest_id(element: etree._Element) -> str | None:
    current: etree._Element | None = element
    while current is not None:
        identity = attribute_of(current, "id") or attribute_of(current, "name")
        if identity:
            return identity
        current = current.getparent()
    return None
