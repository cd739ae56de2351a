"""Writing ``zeebe:`` extension elements into a file that another engine's modeler made."""

from __future__ import annotations

from lxml import etree

from engine.definitions.converting import juel
from engine.definitions.converting.report import Report
from engine.definitions.reading.document import ZEEBE, bpmn, zeebe


def extension(element: etree._Element, name: str) -> etree._Element:
    """Return the element's ``zeebe:`` extension called ``name``, made (after the documentation) where there is none."""
    holder = element.find(bpmn("extensionElements"))
    if holder is None:
        holder = etree.Element(bpmn("extensionElements"))
        element.insert(sum(1 for child in element if child.tag == bpmn("documentation")), holder)
    found = holder.find(zeebe(name))
    return etree.SubElement(holder, zeebe(name), nsmap={"zeebe": ZEEBE}) if found is None else found


def converted_value(report: Report, element: etree._Element, what: str, text: str) -> str | None:
    """Return the ``zeebe:`` form of an attribute: the text itself, or FEEL after ``=``; None if there is none."""
    if not juel.is_expression(text):
        return text
    try:
        return "=" + juel.to_feel(text)
    except juel.NotConvertible as error:
        report.leave(element, f"{what}={text}", str(error))
        return None


def converted_list(report: Report, element: etree._Element, what: str, text: str) -> str | None:
    """Return the ``zeebe:`` form of a comma-separated list: itself, or a FEEL list."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not juel.is_expression(text) or len(parts) == 1:
        return converted_value(report, element, what, text.strip())
    try:
        items = [juel.to_feel(part) if juel.is_expression(part) else juel.quoted(part) for part in parts]
    except juel.NotConvertible as error:
        report.leave(element, f"{what}={text}", str(error))
        return None
    return f"=[{', '.join(items)}]"
