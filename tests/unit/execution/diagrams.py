"""Small executable diagrams for the tests, written as short text, and cases of them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from engine.definitions.reader import read
from engine.execution.rehearsal import Rehearsal, RehearsedCase

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="urn:test">'
)
ROOTS = (
    '<bpmn:message id="message_m" name="m"><bpmn:extensionElements><zeebe:subscription correlationKey="=key"/>'
    "</bpmn:extensionElements></bpmn:message>"
    '<bpmn:message id="message_m2" name="m2"><bpmn:extensionElements><zeebe:subscription correlationKey="=key"/>'
    "</bpmn:extensionElements></bpmn:message>"
    '<bpmn:message id="start_m" name="start_m"/>'
    '<bpmn:signal id="sig" name="sig"/><bpmn:error id="err" name="err" errorCode="E1"/>'
    '<bpmn:error id="err2" name="err2" errorCode="E2"/>'
    '<bpmn:escalation id="esc" name="esc" escalationCode="S1"/>'
)
EVENTS = {
    "none": "",
    "message": '<bpmn:messageEventDefinition messageRef="message_m"/>',
    "message2": '<bpmn:messageEventDefinition messageRef="message_m2"/>',
    "start message": '<bpmn:messageEventDefinition messageRef="start_m"/>',
    "signal": '<bpmn:signalEventDefinition signalRef="sig"/>',
    "error": '<bpmn:errorEventDefinition errorRef="err"/>',
    "error2": '<bpmn:errorEventDefinition errorRef="err2"/>',
    "any error": "<bpmn:errorEventDefinition/>",
    "escalation": '<bpmn:escalationEventDefinition escalationRef="esc"/>',
    "terminate": "<bpmn:terminateEventDefinition/>",
    "compensation": "<bpmn:compensateEventDefinition/>",
    "cancel": "<bpmn:cancelEventDefinition/>",
}
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_numbers = iter(range(10**9))


def el(kind: str, element_id: str, inner: str = "", zeebe: str = "", **attributes: Any) -> str:
    """Return an element; ``zeebe`` goes into its extension elements."""
    rest = "".join(f" {name}={quoteattr(str(value))}" for name, value in attributes.items())
    if kind == "userTask":
        zeebe = "<zeebe:userTask/>" + zeebe
    extension = f"<bpmn:extensionElements>{zeebe}</bpmn:extensionElements>" if zeebe else ""
    return f'<bpmn:{kind} id="{element_id}"{rest}>{extension}{inner}</bpmn:{kind}>'


def event(kind: str, element_id: str, what: str = "none", zeebe: str = "", **attributes: Any) -> str:
    """Return an event; ``what`` names its definition, or is ``duration PT1H``, ``cycle …``, ``date …``, ``if …``,
    ``link …``.
    """
    return el(kind, element_id, definition(what), zeebe, **attributes)


def definition(what: str) -> str:
    """Return an event definition."""
    kind, _, rest = what.partition(" ")
    if kind in ("duration", "cycle", "date"):
        tag = {"duration": "timeDuration", "cycle": "timeCycle", "date": "timeDate"}[kind]
        text = f'<bpmn:{tag} xsi:type="bpmn:tFormalExpression">{escape(rest)}</bpmn:{tag}>'
        return f"<bpmn:timerEventDefinition>{text}</bpmn:timerEventDefinition>"
    if kind == "if":
        text = f'<bpmn:condition xsi:type="bpmn:tFormalExpression">{escape(rest)}</bpmn:condition>'
        return f"<bpmn:conditionalEventDefinition>{text}</bpmn:conditionalEventDefinition>"
    if kind == "link":
        return f'<bpmn:linkEventDefinition name="{rest}"/>'
    return EVENTS[what]


def boundary(host: str, element_id: str, what: str, *, interrupting: bool = True, zeebe: str = "") -> str:
    """Return a boundary event."""
    cancel = "true" if interrupting else "false"
    return event("boundaryEvent", element_id, what, zeebe, attachedToRef=host, cancelActivity=cancel)


def user(*element_ids: str) -> str:
    """Return user tasks."""
    return "".join(el("userTask", element_id) for element_id in element_ids)


def service(element_id: str, zeebe: str = "", inner: str = "") -> str:
    """Return a service task."""
    return el("serviceTask", element_id, inner, f'<zeebe:taskDefinition type="work"/>{zeebe}')


def script(element_id: str, expression: str, variable: str, zeebe: str = "", inner: str = "") -> str:
    """Return a script task."""
    code = f"<zeebe:script expression={quoteattr('=' + expression)} resultVariable={quoteattr(variable)}/>"
    return el("scriptTask", element_id, inner, code + zeebe)


def io(*pairs: tuple[str, str, str]) -> str:
    """Return an io mapping of (``input``/``output``, source, target)."""
    inner = "".join(f"<zeebe:{what} source={quoteattr(source)} target={quoteattr(t)}/>" for what, source, t in pairs)
    return f"<zeebe:ioMapping>{inner}</zeebe:ioMapping>"


def flow(source: str, target: str, condition: str | None = None, flow_id: str | None = None) -> str:
    """Return a sequence flow."""
    inner = ""
    if condition is not None:
        inner = (
            '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
            f"={escape(condition)}</bpmn:conditionExpression>"
        )
    return (
        f'<bpmn:sequenceFlow id="{flow_id or f"f{next(_numbers)}"}" sourceRef="{source}" targetRef="{target}">'
        f"{inner}</bpmn:sequenceFlow>"
    )


def chain(*element_ids: str) -> str:
    """Return the flows that connect elements in a row."""
    return "".join(flow(source, target) for source, target in pairwise(element_ids))


def multi(
    collection: str = "=items",
    element: str = "item",
    *,
    sequential: bool = False,
    output: tuple[str, str] | None = None,
    until: str | None = None,
    cardinality: str | None = None,
) -> str:
    """Return multi-instance characteristics."""
    out = f' outputCollection="{output[0]}" outputElement={quoteattr(output[1])}' if output else ""
    extension = (
        f'<zeebe:loopCharacteristics inputCollection="{collection}" inputElement="{element}"{out}/>'
        if cardinality is None
        else f"<zeebe:loopCharacteristics{out}/>"
    )
    inner = f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>"
    if cardinality is not None:
        inner += f'<bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">{cardinality}</bpmn:loopCardinality>'
    if until is not None:
        inner += (
            f'<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">={escape(until)}</bpmn:completionCondition>'
        )
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">{inner}'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def process(content: str, process_id: str = "p") -> str:
    """Return a process."""
    return f'<bpmn:process id="{process_id}" isExecutable="true">{content}</bpmn:process>'


def document(*processes: str) -> bytes:
    """Return a file."""
    return (HEAD + ROOTS + "".join(processes) + "</bpmn:definitions>").encode()


def rehearsal(*contents: str, **options: Any) -> Rehearsal:
    """Return a rehearsal of processes ``p``, ``p2``, … with these contents."""
    texts = [process(content, "p" if number == 1 else f"p{number}") for number, content in enumerate(contents, start=1)]
    reading = read(with_ends(document(*texts)), "test.bpmn")
    assert reading.ok, [str(problem) for problem in reading.problems]
    assert reading.model is not None
    return Rehearsal(reading.model, **options)


def case(content: str, variables: dict[str, object] | None = None, **options: Any) -> RehearsedCase:
    """Start a case of a process with this content."""
    return rehearsal(content, **options).start(variables=variables)


def with_ends(file: bytes) -> bytes:
    """Return the file with an end event behind every element of a started scope that leads nowhere.

    The standard wants that where there is a start event, and the tests want to be short.
    """
    root = etree.fromstring(file)
    for scope in root.iter(f"{BPMN}process", f"{BPMN}subProcess", f"{BPMN}transaction"):
        if scope.find(f"{BPMN}startEvent") is not None:
            _end(scope)
    for association in root.findall(f".//{BPMN}association"):
        parent = association.getparent()
        if parent is not None:
            parent.append(association)  # the schema wants artifacts last
    ended: bytes = etree.tostring(root)
    return ended


def _end(scope: Any) -> None:
    left = {each.get("sourceRef") for each in scope.findall(f"{BPMN}sequenceFlow")}
    handlers = {each.get("targetRef") for each in scope.findall(f"{BPMN}association")}
    open_ends = [node for node in scope if node.get("id") not in left | handlers and _goes_on(node)]
    if open_ends or scope.find(f"{BPMN}endEvent") is None:
        end = etree.SubElement(scope, f"{BPMN}endEvent", id=f"{scope.get('id')}_end")
        for node in open_ends:
            attributes = {"sourceRef": node.get("id"), "targetRef": end.get("id")}
            etree.SubElement(scope, f"{BPMN}sequenceFlow", id=f"{node.get('id')}_to_end", **attributes)


def _goes_on(node: Any) -> bool:
    name = etree.QName(node).localname
    if name == "intermediateThrowEvent" and node.find(f"{BPMN}linkEventDefinition") is not None:
        return False
    if name == "boundaryEvent" and node.find(f"{BPMN}compensateEventDefinition") is not None:
        return False
    if node.get("triggeredByEvent") == "true" or node.get("isForCompensation") == "true":
        return False
    return name.endswith(("Task", "task", "Gateway", "ubProcess", "transaction", "callActivity")) or name in (
        "startEvent",
        "boundaryEvent",
        "intermediateThrowEvent",
        "intermediateCatchEvent",
    )
