"""The ``zeebe:`` extensions of Camunda 8 that any element may carry: mappings, headers, properties, listeners."""

from __future__ import annotations

from lxml import etree

from engine.definitions.model import Binding, Binds, Expression, IoMapping, JobDetails, Listener
from engine.definitions.reading.document import Document, line_of, zeebe
from engine.definitions.reading.expressions import feel, value

WITH_CONDITIONS = ("clock.", "number.", "draft.", "service.")
"""Properties of Banjie's own that may have a condition ``.if``: FEEL with or without ``=``."""

WITH_EXPRESSIONS = (*WITH_CONDITIONS, "case.", "seal.")
"""Those whose values are FEEL where they begin with ``=``."""


def properties(document: Document, element: etree._Element) -> dict[str, str]:
    """Read ``zeebe:properties``; the last of two with one name wins. Those that hold FEEL are checked as FEEL."""
    holder = document.extension(element, "properties")
    if holder is not None:
        for item in holder.iterchildren(zeebe("property")):
            name = item.get("name") or ""
            if name.startswith(WITH_CONDITIONS) and name.endswith(".if"):
                feel(document, item.get("value"), item)
            elif name.startswith(WITH_EXPRESSIONS):
                value(document, item.get("value"), item)
    return _pairs(holder, "property", "name")


def headers(document: Document, element: etree._Element) -> dict[str, str]:
    """Read ``zeebe:taskHeaders``."""
    return _pairs(document.extension(element, "taskHeaders"), "header", "key")


def _pairs(holder: etree._Element | None, tag: str, key: str) -> dict[str, str]:
    if holder is None:
        return {}
    return {item.get(key, ""): item.get("value", "") for item in holder.iterchildren(zeebe(tag)) if item.get(key)}


def mappings(document: Document, element: etree._Element, direction: str) -> tuple[IoMapping, ...]:
    """Read the ``input`` or ``output`` mappings of ``zeebe:ioMapping`` in document order."""
    holder = document.extension(element, "ioMapping")
    if holder is None:
        return ()
    found = []
    for item in holder.iterchildren(zeebe(direction)):
        source, target = value(document, item.get("source"), item), (item.get("target") or "").strip()
        if source is None and item.get("source") is not None:
            source = Expression("", is_feel=False, line=line_of(item))
        if source is None or not target:
            document.invalid("zeebe.mapping-incomplete", "变量映射必须同时写明 source 和 target，请补齐。", item)
            continue
        found.append(IoMapping(source, target))
    return tuple(found)


def job(document: Document, element: etree._Element) -> JobDetails | None:
    """Read ``zeebe:taskDefinition`` with its headers; None where the element has none."""
    definition = document.extension(element, "taskDefinition")
    if definition is None:
        return None
    kind = value(document, definition.get("type"), definition)
    if kind is None:
        document.invalid("zeebe.job-type-missing", "taskDefinition 没有 type，请写明作业类型。", definition)
        return None
    return JobDetails(kind, value(document, definition.get("retries"), definition), headers(document, element))


def listeners(document: Document, element: etree._Element) -> tuple[Listener, ...]:
    """Read ``zeebe:executionListeners`` and ``zeebe:taskListeners``."""
    return (
        *_listeners(document, document.extension(element, "executionListeners"), of_task=False),
        *_listeners(document, document.extension(element, "taskListeners"), of_task=True),
    )


def _listeners(document: Document, holder: etree._Element | None, *, of_task: bool) -> list[Listener]:
    if holder is None:
        return []
    found = []
    for item in holder.iterchildren(zeebe("taskListener" if of_task else "executionListener")):
        kind, event = value(document, item.get("type"), item), item.get("eventType")
        if kind is None or not event:
            document.invalid("zeebe.listener-incomplete", "监听器必须写明 eventType 和 type，请补齐。", item)
            continue
        found.append(Listener(event, JobDetails(kind, value(document, item.get("retries"), item)), of_task))
    return found


def binds(document: Document, item: etree._Element, identifier: str | None) -> Binds | None:
    """Read a reference to a deployed thing with ``bindingType`` and ``versionTag``; None without an id."""
    reference = value(document, identifier, item)
    if reference is None:
        return None
    tag = item.get("versionTag")
    try:
        binding = Binding(item.get("bindingType") or "latest")
    except ValueError:
        message = f"bindingType 只能是 latest、deployment 或 versionTag，不能是 {item.get('bindingType')}。"
        document.invalid("zeebe.binding-type", message, item)
        binding = Binding.LATEST
    if binding is Binding.VERSION_TAG and not tag:
        document.invalid("zeebe.version-tag-missing", "bindingType 为 versionTag 时必须写明 versionTag。", item)
    return Binds(reference, binding, tag or None)
