"""What the standard allows is never called invalid, whether Banjie executes it or not."""

# ruff: noqa: E501 (XML reads better unbroken)
from __future__ import annotations

import pytest

from engine.definitions import support
from engine.definitions.model import EventType as E
from engine.definitions.problems import Kind
from engine.definitions.rules.positions import ALLOWED
from tests.unit.definitions.files import (
    DEFINITIONS,
    TRUE,
    ZEEBE,
    around,
    chain,
    codes,
    definitions,
    flow,
    invalid,
    process,
    reading,
)

START, END = '<bpmn:startEvent id="start"/>', '<bpmn:endEvent id="end"/>'
TASK = '<bpmn:task id="x"/>'
ROW = chain("start", "x", "end")


def standing(position: str, kind: E) -> bytes:
    """Return a sound file with one event of ``kind`` at ``position``."""
    inner = DEFINITIONS[kind.value.lower()]
    match position:
        case "start":
            return process(f'<bpmn:startEvent id="start">{inner}</bpmn:startEvent>{TASK}{END}{ROW}')
        case "start of subprocess":
            return around(
                f'<bpmn:subProcess id="x"><bpmn:startEvent id="s2"/><bpmn:endEvent id="e2"/>{flow("s2", "e2")}'
                "</bpmn:subProcess>"
            )
        case "event subprocess" | "event subprocess non-interrupting":
            interrupting = str(position == "event subprocess").lower()
            return around(
                f'{TASK}<bpmn:subProcess id="es" triggeredByEvent="true"><bpmn:startEvent id="s2" isInterrupting='
                f'"{interrupting}">{inner}</bpmn:startEvent><bpmn:endEvent id="e2"/>{flow("s2", "e2")}</bpmn:subProcess>'
            )
        case "catch" | "throw":
            return _between(position, kind, inner)
        case "boundary" | "boundary non-interrupting":
            return _boundary(position, kind, inner)
        case _:
            return _end(kind, inner)


def _between(position: str, kind: E, inner: str) -> bytes:
    tag = "intermediateCatchEvent" if position == "catch" else "intermediateThrowEvent"
    if kind is not E.LINK:
        return around(f'<bpmn:{tag} id="x">{inner}</bpmn:{tag}>')
    halves = (
        f'<bpmn:intermediateThrowEvent id="x">{inner}</bpmn:intermediateThrowEvent>'
        f'<bpmn:intermediateCatchEvent id="c">{inner}</bpmn:intermediateCatchEvent>'
    )
    return process(START + halves + END + flow("start", "x") + flow("c", "end"))


def _boundary(position: str, kind: E, inner: str) -> bytes:
    cancels = str(position == "boundary").lower()
    event = f'<bpmn:boundaryEvent id="b" attachedToRef="x" cancelActivity="{cancels}">{inner}</bpmn:boundaryEvent>'
    if kind is E.COMPENSATION:
        handler = '<bpmn:task id="h" isForCompensation="true"/>'
        return around(TASK + event + handler, more='<bpmn:association id="a" sourceRef="b" targetRef="h"/>')
    host = TASK
    if kind is E.CANCEL:
        host = (
            '<bpmn:transaction id="x"><bpmn:startEvent id="s2"/><bpmn:endEvent id="e2"/>'
            f"{flow('s2', 'e2')}</bpmn:transaction>"
        )
    return around(host + event, more=flow("b", "end"))


def _end(kind: E, inner: str) -> bytes:
    ending = f'<bpmn:endEvent id="e2">{inner}</bpmn:endEvent>'
    if kind is not E.CANCEL:
        return around(TASK + ending, more=flow("x", "e2"))
    return around(f'<bpmn:transaction id="x"><bpmn:startEvent id="s2"/>{ending}{flow("s2", "e2")}</bpmn:transaction>')


POSITIONS = [(position, kind) for position, kinds in ALLOWED.items() for kind in sorted(kinds)]


@pytest.mark.parametrize(("position", "kind"), POSITIONS)
def test_every_event_the_standard_allows_is_legal_there(position: str, kind: E) -> None:
    assert invalid(standing(position, kind)) == set()


@pytest.mark.parametrize(("position", "kind"), POSITIONS)
def test_an_event_is_refused_exactly_where_it_is_not_executed(position: str, kind: E) -> None:
    refused = "bpmn.event-unsupported" in codes(standing(position, kind), Kind.UNSUPPORTED)
    assert refused == (kind not in support.EVENTS[position])


LEGAL: dict[str, bytes] = {
    "neither start nor end events": process(f'{TASK}<bpmn:task id="y"/>{flow("x", "y")}'),
    "flows without ids": process(
        f'{START}{TASK}{END}<bpmn:sequenceFlow sourceRef="start" targetRef="x"/>'
        '<bpmn:sequenceFlow sourceRef="x" targetRef="end"/>'
    ),
    "an implicit split": around(TASK + '<bpmn:task id="y"/>', more=flow("x", "y") + flow("y", "end")),
    "a conditional and a default flow from a task": process(
        START
        + '<bpmn:task id="x" default="x_end"/><bpmn:task id="y"/>'
        + END
        + ROW
        + flow("x", "y", TRUE)
        + flow("y", "end")
    ),
    "an inclusive split and join": process(
        START
        + '<bpmn:inclusiveGateway id="g" default="g_a"/><bpmn:task id="a"/><bpmn:task id="b"/><bpmn:inclusiveGateway id="j"/>'
        + END
        + chain("start", "g", "a", "j", "end")
        + flow("g", "b", TRUE)
        + flow("b", "j")
    ),
    "an event gateway with receive tasks": process(
        START
        + '<bpmn:eventBasedGateway id="g"/><bpmn:receiveTask id="a" messageRef="m"/>'
        + f'<bpmn:intermediateCatchEvent id="b">{DEFINITIONS["timer"]}</bpmn:intermediateCatchEvent>'
        + END
        + chain("start", "g", "a", "end")
        + chain("g", "b", "end")
    ),
    "an ad-hoc subprocess": around(
        '<bpmn:adHocSubProcess id="x"><bpmn:task id="a"/><bpmn:task id="b"/></bpmn:adHocSubProcess>'
    ),
    "a receive task that starts instances": process(
        '<bpmn:receiveTask id="x" messageRef="m" instantiate="true"/>' + END + flow("x", "end")
    ),
    "an event gateway that starts instances": process(
        '<bpmn:eventBasedGateway id="g" instantiate="true"/>'
        '<bpmn:receiveTask id="a" messageRef="m"/><bpmn:receiveTask id="b" messageRef="m"/>'
        + END
        + chain("g", "a", "end")
        + chain("g", "b", "end")
    ),
    "a complex gateway": process(
        START
        + '<bpmn:parallelGateway id="g"/><bpmn:task id="a"/><bpmn:task id="b"/><bpmn:complexGateway id="j">'
        + '<bpmn:activationCondition xsi:type="bpmn:tFormalExpression">=true</bpmn:activationCondition></bpmn:complexGateway>'
        + END
        + chain("start", "g", "a", "j", "end")
        + chain("g", "b", "j")
    ),
    "pools that exchange messages": definitions(
        '<bpmn:collaboration id="c"><bpmn:participant id="pa" processRef="p"/><bpmn:participant id="pb"/>'
        '<bpmn:messageFlow id="m1" sourceRef="x" targetRef="pb"/><bpmn:messageFlow id="m2" sourceRef="pb" targetRef="r"/>'
        f'</bpmn:collaboration><bpmn:process id="p" isExecutable="true">{START}<bpmn:sendTask id="x" messageRef="m"/>'
        f'<bpmn:receiveTask id="r" messageRef="m"/>{END}{chain("start", "x", "r", "end")}</bpmn:process>'
    ),
    "data objects and stores with associations": process(
        START
        + '<bpmn:dataObject id="d" name="材料"/><bpmn:dataObjectReference id="dr" dataObjectRef="d"/>'
        + '<bpmn:userTask id="x"><bpmn:ioSpecification><bpmn:dataInput id="di"/><bpmn:inputSet><bpmn:dataInputRefs>di'
        + "</bpmn:dataInputRefs></bpmn:inputSet><bpmn:outputSet/></bpmn:ioSpecification><bpmn:dataInputAssociation>"
        + "<bpmn:sourceRef>dr</bpmn:sourceRef><bpmn:targetRef>di</bpmn:targetRef></bpmn:dataInputAssociation></bpmn:userTask>"
        + END
        + ROW
    ),
    "a loop back through a gateway": process(
        START
        + '<bpmn:exclusiveGateway id="j"/>'
        + TASK
        + '<bpmn:exclusiveGateway id="g" default="g_end"/>'
        + END
        + chain("start", "j", "x", "g", "end")
        + flow("g", "j", TRUE)
    ),
    "a natural-language process that nobody executes": process(
        START
        + '<bpmn:exclusiveGateway id="g"/><bpmn:task id="a"/><bpmn:task id="b"/>'
        + END
        + chain("start", "g", "a", "end")
        + chain("g", "b", "end"),
        executable="false",
    ),
}


@pytest.mark.parametrize("xml", LEGAL.values(), ids=LEGAL.keys())
def test_what_the_standard_allows_is_never_called_invalid(xml: bytes) -> None:
    assert invalid(xml) == set()


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (around('<bpmn:scriptTask id="x" scriptFormat="python"><bpmn:script>1+1</bpmn:script></bpmn:scriptTask>'),
         "bpmn.script-format-unsupported"),
        (around('<bpmn:task id="x" startQuantity="2"/>'), "bpmn.quantity-unsupported"),
        (around(f'<bpmn:intermediateCatchEvent id="x">{DEFINITIONS["timer"]}{DEFINITIONS["message"]}'
                "</bpmn:intermediateCatchEvent>"), "bpmn.feature-unsupported"),
        (around(f'<bpmn:intermediateCatchEvent id="x">{DEFINITIONS["timer"].replace("PT1H", "${when}")}'
                "</bpmn:intermediateCatchEvent>"), "bpmn.expression-foreign"),
        (around('<bpmn:callActivity id="x"/>').replace(b'"true"', b'"false"'), "bpmn.called-element-missing"),
        (process("", executable="false"), "bpmn.process-empty"),
        (around(f'<bpmn:task id="x">{ZEEBE.format("<zeebe:agentDefinition/>")}</bpmn:task>'), "zeebe.extension-unsupported"),
        (definitions('<bpmn:collaboration id="c"/>'), "bpmn.process-missing"),
        (LEGAL["a natural-language process that nobody executes"], "bpmn.condition-missing"),
    ],
)  # fmt: skip
def test_what_is_legal_but_not_executed_is_refused_by_name_with_its_line(xml: bytes, code: str) -> None:
    found = [problem for problem in reading(xml).problems if problem.code == code]
    assert found
    assert all(p.kind is Kind.UNSUPPORTED and p.place.line and p.place.element for p in found)
