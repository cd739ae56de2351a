"""Small BPMN files for the tests: the frame around what a test is about."""

from __future__ import annotations

from itertools import pairwise

from engine.definitions.problems import Kind
from engine.definitions.reader import Reading, read

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' id="definitions" targetNamespace="urn:test">'
)
ROOTS = """
<bpmn:message id="m" name="m"/><bpmn:signal id="sig" name="sig"/><bpmn:error id="err" name="err" errorCode="E1"/>
<bpmn:escalation id="esc" name="esc" escalationCode="S1"/>
"""
ZEEBE = "<bpmn:extensionElements>{}</bpmn:extensionElements>"
TRUE = '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=true</bpmn:conditionExpression>'
DEFINITIONS = {
    "none": "",
    "message": '<bpmn:messageEventDefinition messageRef="m"/>',
    "timer": "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>",
    "signal": '<bpmn:signalEventDefinition signalRef="sig"/>',
    "error": '<bpmn:errorEventDefinition errorRef="err"/>',
    "escalation": '<bpmn:escalationEventDefinition escalationRef="esc"/>',
    "conditional": '<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=x &gt; 1'
    "</bpmn:condition></bpmn:conditionalEventDefinition>",
    "link": '<bpmn:linkEventDefinition name="l"/>',
    "compensation": "<bpmn:compensateEventDefinition/>",
    "terminate": "<bpmn:terminateEventDefinition/>",
    "cancel": "<bpmn:cancelEventDefinition/>",
}


def flow(source: str, target: str, inner: str = "", **attributes: str) -> str:
    """Return a sequence flow ``source_target``."""
    rest = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}"{rest}>'
        f"{inner}</bpmn:sequenceFlow>"
    )


def chain(*nodes: str) -> str:
    """Return the flows that connect nodes in a row."""
    return "".join(flow(source, target) for source, target in pairwise(nodes))


def definitions(content: str) -> bytes:
    """Return a whole file."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{HEAD}\n{ROOTS}{content}\n</bpmn:definitions>'.encode()


def process(content: str, *, zeebe: bool = False, executable: str = "true") -> bytes:
    """Return a file with one process ``p``; one that shall count as Camunda 8's dialect gets an extension element."""
    mark = ZEEBE.format('<zeebe:properties><zeebe:property name="a" value="b"/></zeebe:properties>') if zeebe else ""
    return definitions(f'<bpmn:process id="p" isExecutable="{executable}">{mark}{content}</bpmn:process>')


def around(node: str, identifier: str = "x", more: str = "") -> bytes:
    """Return a process start → ``identifier`` → end around one node."""
    return process(
        f'<bpmn:startEvent id="start"/>{node}<bpmn:endEvent id="end"/>{chain("start", identifier, "end")}{more}'
    )


def reading(xml: bytes) -> Reading:
    """Read a file as the tests do."""
    return read(xml, "test.bpmn")


def codes(xml: bytes, *kinds: Kind) -> set[str]:
    """Return the codes of the findings of some kinds (all kinds if none is given)."""
    return {problem.code for problem in reading(xml).problems if not kinds or problem.kind in kinds}


def invalid(xml: bytes) -> set[str]:
    """Return the codes of what breaks the standard."""
    return codes(xml, Kind.INVALID)
