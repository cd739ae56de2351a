"""Standard loops and multi-instance characteristics (BPMN 2.0.2 section 10.3.8), Camunda 8's way and the plain way."""

from __future__ import annotations

from lxml import etree

from engine.definitions.model import Expression, MultiInstance, StandardLoop
from engine.definitions.reading.document import Document, is_true, line_of
from engine.definitions.reading.expressions import feel, formal


def standard_loop(document: Document, activity: etree._Element) -> StandardLoop | None:
    """Read ``standardLoopCharacteristics``."""
    loop = document.child(activity, "standardLoopCharacteristics")
    if loop is None:
        return None
    maximum = (loop.get("loopMaximum") or "").strip()
    condition = formal(document, document.child(loop, "loopCondition"))
    return StandardLoop(condition, is_true(loop.get("testBefore")), int(maximum) if maximum.isdecimal() else None)


def multi_instance(document: Document, activity: etree._Element) -> MultiInstance | None:
    """Read multi-instance characteristics, from ``zeebe:loopCharacteristics`` or BPMN's own collection references."""
    loop = document.child(activity, "multiInstanceLoopCharacteristics")
    if loop is None:
        return None
    sequential = is_true(loop.get("isSequential"))
    completion = formal(document, document.child(loop, "completionCondition"))
    cardinality = formal(document, document.child(loop, "loopCardinality"))
    extension = document.extension(loop, "loopCharacteristics")
    if extension is None:
        return _plain(document, activity, loop, sequential, completion, cardinality)
    return MultiInstance(
        sequential,
        input_collection=feel(document, extension.get("inputCollection"), extension),
        input_element=extension.get("inputElement") or None,
        output_collection=extension.get("outputCollection") or None,
        output_element=feel(document, extension.get("outputElement"), extension),
        completion_condition=completion,
        loop_cardinality=cardinality,
    )


def _plain(
    document: Document,
    activity: etree._Element,
    loop: etree._Element,
    sequential: bool,
    completion: Expression | None,
    cardinality: Expression | None,
) -> MultiInstance:
    """Read the collection from ``loopDataInputRef``: the variable is the one called like the data object behind it."""
    source = _variable(document, activity, document.child(loop, "loopDataInputRef"), "dataInputAssociation")
    target = _variable(document, activity, document.child(loop, "loopDataOutputRef"), "dataOutputAssociation")
    output = _item(document, loop, "outputDataItem")
    return MultiInstance(
        sequential,
        input_collection=None if source is None else Expression(source, is_feel=True, line=line_of(loop)),
        input_element=_item(document, loop, "inputDataItem"),
        output_collection=target,
        output_element=None if output is None else Expression(output, is_feel=True, line=line_of(loop)),
        completion_condition=completion,
        loop_cardinality=cardinality,
    )


def _item(document: Document, loop: etree._Element, tag: str) -> str | None:
    item = document.child(loop, tag)
    return None if item is None else item.get("name") or item.get("id")


def _variable(
    document: Document, activity: etree._Element, reference: etree._Element | None, association: str
) -> str | None:
    """Return the variable that a data reference stands for, followed through the activity's data associations."""
    if reference is None or not (reference.text or "").strip():
        return None
    wanted = (reference.text or "").strip()
    inward = association == "dataInputAssociation"
    for link in document.children(activity, association):
        source = [(s.text or "").strip() for s in document.children(link, "sourceRef")]
        target = [(t.text or "").strip() for t in document.children(link, "targetRef")]
        if inward and wanted in target and source:
            wanted = source[0]
        elif not inward and wanted in source and target:
            wanted = target[0]
    found = document.target_of(wanted)
    return wanted if found is None else data_name(document, found)


def data_name(document: Document, element: etree._Element) -> str:
    """Return the variable name of a data object, a reference to one, a data input or a property."""
    behind = document.target_of(element.get("dataObjectRef"))
    name = element.get("name") or (behind.get("name") if behind is not None else None)
    return name or (behind.get("id") if behind is not None else None) or element.get("id") or ""
