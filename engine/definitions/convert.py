"""Converting files of Camunda 7, Flowable and Activiti: what means the same is rewritten, the rest is reported."""

from __future__ import annotations

from lxml import etree

from engine.definitions.converting import attributes, elements
from engine.definitions.converting.report import Conversion, Converted, Report
from engine.definitions.converting.writer import extension
from engine.definitions.reading.document import ZEEBE, bpmn, is_bpmn, local
from engine.definitions.safexml import XmlRefused, parse

__all__ = ["Conversion", "Converted", "convert", "is_foreign", "needs_conversion"]

VENDORS = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://activiti.com/modeler": "activiti",
    "http://activiti.org/bpmn": "activiti",
    "http://flowable.org/bpmn": "flowable",
}
"""Namespaces of the other engines, with the prefix their files use."""


def needs_conversion(xml: bytes, file: str) -> bool:
    """Whether a file uses another engine's attributes or elements. Raises XmlRefused."""
    return any(_is_foreign(element) for element in parse(xml, file).iter("*"))


def is_foreign(xml: bytes, file: str) -> bool:
    """Whether a file must be converted; a file that can't be read at all is left to the reader's complaint."""
    try:
        return needs_conversion(xml, file)
    except XmlRefused:
        return False


def _is_foreign(element: etree._Element) -> bool:
    names = (str(element.tag), *(str(name) for name in element.attrib))
    return any(_vendor(name) is not None for name in names)


def _vendor(name: str) -> str | None:
    return VENDORS.get(name[1:].partition("}")[0]) if name.startswith("{") else None


def convert(xml: bytes, file: str) -> Conversion:
    """Return the file in Banjie's dialect, with what was rewritten and what was left.

    Assignment, dates, priority, forms, external tasks, decisions, variable mappings, properties, multi-instance
    collections and simple ``${…}`` expressions are rewritten. What has no counterpart with the same meaning (Java
    classes, delegates, scripts, listeners, generated forms, …) stays and is reported. Raises XmlRefused.
    """
    root = parse(xml, file)
    report = Report(file)
    for element in list(root.iter("*")):
        if is_bpmn(element):
            _convert_attributes(report, element)
            _convert_extensions(report, element)
            elements.convert_expression(report, element)
            elements.convert_call(report, element)
            if local(element) == "userTask":
                extension(element, "userTask")
    etree.cleanup_namespaces(root, top_nsmap={"zeebe": ZEEBE}, keep_ns_prefixes=_prefixes_in_values(root))
    return report.result(etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True))


def _prefixes_in_values(root: etree._Element) -> list[str]:
    """Return all prefixes but the vendors': QNames in values (``xsi:type="bpmn:tFormalExpression"``) need theirs."""
    declared = {prefix: uri for element in root.iter("*") for prefix, uri in element.nsmap.items() if prefix}
    return [prefix for prefix, uri in declared.items() if uri not in VENDORS]


def _convert_attributes(report: Report, element: etree._Element) -> None:
    for name in [str(name) for name in element.attrib]:
        vendor = _vendor(name)
        if vendor is None:
            continue
        plain, text = etree.QName(name).localname, element.get(name, "")
        what = f"{vendor}:{plain}"
        handler = attributes.HANDLERS.get(plain)
        if plain in attributes.HARMLESS:
            report.done(element, f"{what}={text}", "（不需要）")
            del element.attrib[name]
        elif handler is None:
            report.leave(element, f"{what}={text}", "本平台没有含义相同的写法")
        elif handler(report, element, what, text):
            del element.attrib[name]


def _convert_extensions(report: Report, owner: etree._Element) -> None:
    holder = owner.find(bpmn("extensionElements"))
    if holder is None:
        return
    for item in list(holder):
        vendor = _vendor(str(item.tag))
        if vendor is None:
            continue
        handler = elements.HANDLERS.get(local(item))
        if handler is None:
            report.leave(item, f"{vendor}:{local(item)}", "本平台没有含义相同的写法")
        elif handler(report, owner, item):
            holder.remove(item)
