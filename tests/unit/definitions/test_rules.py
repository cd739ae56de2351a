"""Every rule of the standard: a file that breaks it is invalid, and the reason is named."""

# ruff: noqa: E501 (XML reads better unbroken)
from __future__ import annotations

import pytest

from tests.unit.definitions.files import DEFINITIONS, TRUE, ZEEBE, around, chain, definitions, flow, invalid, process

START, END = '<bpmn:startEvent id="start"/>', '<bpmn:endEvent id="end"/>'
TASK = '<bpmn:task id="x"/>'
MINIMAL = START + TASK + END + chain("start", "x", "end")


def task(identifier: str, **attributes: str) -> str:
    rest = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<bpmn:task id="{identifier}"{rest}/>'


def sub(inner: str, identifier: str = "x", tag: str = "subProcess", **attributes: str) -> str:
    rest = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<bpmn:{tag} id="{identifier}"{rest}>{inner}</bpmn:{tag}>'


def event_sub(start: str) -> str:
    inner = start + '<bpmn:endEvent id="se"/>' + flow("ss", "se")
    return sub(inner, "es", triggeredByEvent="true")


def boundary(inner: str, host: str = "x", **attributes: str) -> str:
    rest = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<bpmn:boundaryEvent id="b" attachedToRef="{host}"{rest}>{inner}</bpmn:boundaryEvent>'


def collaboration(flows: str, inner: str = "") -> bytes:
    pools = '<bpmn:participant id="pa" processRef="p"/><bpmn:participant id="pb" processRef="q"/>' + inner
    other = (
        '<bpmn:process id="q" isExecutable="true"><bpmn:startEvent id="qs"><bpmn:messageEventDefinition'
        ' messageRef="m"/></bpmn:startEvent><bpmn:receiveTask id="qr" messageRef="m"/><bpmn:endEvent id="qe"/>'
        + chain("qs", "qr", "qe")
        + "</bpmn:process>"
    )
    return definitions(
        f'<bpmn:collaboration id="c">{pools}{flows}</bpmn:collaboration>'
        f'<bpmn:process id="p" isExecutable="true">{MINIMAL}</bpmn:process>{other}'
    )


def event_gateway(targets: str, names: tuple[str, ...], more: str = "", **attributes: str) -> bytes:
    rest = "".join(f' {name}="{value}"' for name, value in attributes.items())
    flows = flow("start", "g") + "".join(flow("g", n) + flow(n, "end") for n in names)
    return process(f'{START}<bpmn:eventBasedGateway id="g"{rest}/>{targets}{END}{flows}{more}')


def catch(identifier: str, kind: str) -> str:
    return f'<bpmn:intermediateCatchEvent id="{identifier}">{DEFINITIONS[kind]}</bpmn:intermediateCatchEvent>'


def throw(identifier: str, kind: str) -> str:
    return f'<bpmn:intermediateThrowEvent id="{identifier}">{DEFINITIONS[kind]}</bpmn:intermediateThrowEvent>'


INNER = '<bpmn:startEvent id="ss"/><bpmn:task id="st"/><bpmn:endEvent id="se"/>' + chain("ss", "st", "se")
TWO_WAYS = '<bpmn:exclusiveGateway id="x" default="x_end"/><bpmn:task id="y"/>'

BROKEN: dict[str, tuple[bytes, str]] = {
    "an id twice": (around(TASK + '<bpmn:dataObject id="x"/>'), "bpmn.id-duplicate"),
    "a flow to nowhere": (around(TASK, more=flow("x", "nowhere")), "bpmn.reference-unknown"),
    "a flow to a text annotation": (
        process(
            MINIMAL
            + flow("x", "note")
            + '<bpmn:textAnnotation id="note"><bpmn:text>a</bpmn:text></bpmn:textAnnotation>'
        ),
        "bpmn.reference-type",
    ),
    "an unknown message": (
        around('<bpmn:receiveTask id="x" messageRef="nothing"/>'),
        "bpmn.reference-unknown",
    ),
    "an error reference to a message": (
        around(TASK + boundary('<bpmn:errorEventDefinition errorRef="m"/>'), more=flow("b", "end")),
        "bpmn.reference-type",
    ),
    "a lane with an unknown node": (
        process(
            '<bpmn:laneSet id="ls"><bpmn:lane id="la"><bpmn:flowNodeRef>no</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'
            + MINIMAL
        ),
        "bpmn.reference-unknown",
    ),
    "a lane with another process's node": (
        definitions(
            '<bpmn:process id="p" isExecutable="true"><bpmn:laneSet id="ls"><bpmn:lane id="la"><bpmn:flowNodeRef>o'
            f"</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>{MINIMAL}</bpmn:process>"
            '<bpmn:process id="q"><bpmn:task id="o"/></bpmn:process>'
        ),
        "bpmn.lane-node",
    ),
    "an incoming list that lies": (
        around('<bpmn:task id="x"><bpmn:incoming>x_end</bpmn:incoming></bpmn:task>'),
        "bpmn.flow-list",
    ),
    "a default flow of another node": (around('<bpmn:task id="x" default="start_x"/>'), "bpmn.default-flow"),
    "a flow across a subprocess border": (
        around(sub(INNER) + task("y"), more=flow("st", "y") + flow("y", "end")),
        "bpmn.flow-crosses-subprocess",
    ),
    "a flow across pools": (
        definitions(
            f'<bpmn:process id="p" isExecutable="true">{MINIMAL}{flow("x", "y")}</bpmn:process>'
            '<bpmn:process id="q" isExecutable="true"><bpmn:task id="y"/></bpmn:process>'
        ),
        "bpmn.flow-crosses-pool",
    ),
    "a flow into a start event": (around(TASK, more=flow("x", "start")), "bpmn.start-event-incoming"),
    "a flow out of an end event": (around(TASK, more=flow("end", "x")), "bpmn.end-event-outgoing"),
    "a flow into a boundary event": (
        around(
            TASK + boundary(DEFINITIONS["timer"]) + task("y"), more=flow("b", "y") + flow("y", "end") + flow("y", "b")
        ),
        "bpmn.boundary-event-incoming",
    ),
    "a boundary event without outgoing flow": (
        around(TASK + boundary(DEFINITIONS["timer"])),
        "bpmn.event-outgoing-missing",
    ),
    "a boundary event without a host": (
        around(TASK + boundary(DEFINITIONS["timer"], host="gone"), more=flow("b", "end")),
        "bpmn.reference-unknown",
    ),
    "a boundary event on an event": (
        around(TASK + boundary(DEFINITIONS["timer"], host="end"), more=flow("b", "end")),
        "bpmn.reference-type",
    ),
    "a boundary event on another level": (
        around(sub(INNER) + boundary(DEFINITIONS["timer"], host="st"), more=flow("b", "end")),
        "bpmn.boundary-host",
    ),
    "a non-interrupting error boundary": (
        around(TASK + boundary(DEFINITIONS["error"], cancelActivity="false"), more=flow("b", "end")),
        "bpmn.event-not-allowed",
    ),
    "a catch event nothing leads to": (
        process(MINIMAL + catch("c", "timer") + flow("c", "end")),
        "bpmn.event-incoming-missing",
    ),
    "a throw event that leads nowhere": (
        around(TASK + throw("t", "signal"), more=flow("x", "t")),
        "bpmn.event-outgoing-missing",
    ),
    "a task nothing leads to": (process(MINIMAL + task("y") + flow("y", "end")), "bpmn.incoming-missing"),
    "a task that leads nowhere": (around(TASK + task("y"), more=flow("x", "y")), "bpmn.outgoing-missing"),
    "a start event without an end event": (process(START + TASK + flow("start", "x")), "bpmn.end-event-missing"),
    "an end event without a start event": (process(TASK + END + flow("x", "end")), "bpmn.start-event-missing"),
    "a condition after a parallel gateway": (
        process(
            START
            + '<bpmn:parallelGateway id="x"/><bpmn:task id="y"/>'
            + END
            + chain("start", "x", "y", "end")
            + flow("x", "end", TRUE)
        ),
        "bpmn.condition-not-allowed",
    ),
    "a condition after a start event": (
        process(START + TASK + END + flow("start", "x", TRUE) + flow("x", "end")),
        "bpmn.condition-not-allowed",
    ),
    "the only flow of a task with a condition": (
        process(START + TASK + END + flow("start", "x") + flow("x", "end", TRUE)),
        "bpmn.condition-alone",
    ),
    "a gateway that neither splits nor joins": (around('<bpmn:exclusiveGateway id="x"/>'), "bpmn.gateway-useless"),
    "a converging gateway that splits": (
        process(
            START
            + TWO_WAYS.replace("<bpmn:exclusiveGateway", '<bpmn:exclusiveGateway gatewayDirection="Converging"')
            + END
            + chain("start", "x", "end")
            + flow("x", "y", TRUE)
            + flow("y", "end")
        ),
        "bpmn.gateway-direction",
    ),
    "an event gateway with one branch": (event_gateway(catch("a", "timer"), ("a",)), "bpmn.event-gateway-branches"),
    "an event gateway before a task": (
        event_gateway(catch("a", "timer") + task("t"), ("a", "t")),
        "bpmn.event-gateway-target",
    ),
    "an event gateway with receive tasks and message events": (
        event_gateway(catch("a", "message") + '<bpmn:receiveTask id="r" messageRef="m"/>', ("a", "r")),
        "bpmn.event-gateway-mixed",
    ),
    "an event gateway's target entered from elsewhere": (
        event_gateway(
            catch("a", "timer") + catch("c", "signal") + TASK,
            ("a", "c"),
            flow("start", "x") + flow("x", "a"),
        ),
        "bpmn.event-gateway-target-incoming",
    ),
    "a boundary event on a receive task after an event gateway": (
        event_gateway(
            catch("a", "timer") + '<bpmn:receiveTask id="r" messageRef="m"/>' + boundary(DEFINITIONS["timer"], "r"),
            ("a", "r"),
            flow("b", "end"),
        ),
        "bpmn.event-gateway-boundary",
    ),
    "a parallel event gateway that does not start": (
        event_gateway(catch("a", "timer") + catch("c", "signal"), ("a", "c"), eventGatewayType="Parallel"),
        "bpmn.event-gateway-parallel",
    ),
    "an event subprocess with a flow": (
        around(
            TASK + event_sub(f'<bpmn:startEvent id="ss">{DEFINITIONS["signal"]}</bpmn:startEvent>'),
            more=flow("x", "es"),
        ),
        "bpmn.event-subprocess-flow",
    ),
    "an event subprocess without a trigger": (
        around(TASK + event_sub('<bpmn:startEvent id="ss"/>')),
        "bpmn.event-not-allowed",
    ),
    "an event subprocess with two starts": (
        around(
            TASK
            + event_sub(
                f'<bpmn:startEvent id="ss">{DEFINITIONS["signal"]}</bpmn:startEvent>'
                f'<bpmn:startEvent id="s2">{DEFINITIONS["timer"]}</bpmn:startEvent>' + flow("s2", "se")
            )
        ),
        "bpmn.event-subprocess-start",
    ),
    "two event subprocesses for one error": (
        around(
            TASK
            + event_sub(f'<bpmn:startEvent id="ss">{DEFINITIONS["error"]}</bpmn:startEvent>')
            + event_sub(f'<bpmn:startEvent id="ss">{DEFINITIONS["error"]}</bpmn:startEvent>')
            .replace('"es"', '"es2"')
            .replace('"ss"', '"ss2"')
            .replace('"se"', '"se2"')
            .replace("ss_se", "ss2_se2")
        ),
        "bpmn.event-subprocess-twice",
    ),
    "a timer start in an embedded subprocess": (
        around(
            sub(
                INNER.replace(
                    '<bpmn:startEvent id="ss"/>', f'<bpmn:startEvent id="ss">{DEFINITIONS["timer"]}</bpmn:startEvent>'
                )
            )
        ),
        "bpmn.event-not-allowed",
    ),
    "terminate between": (around(throw("x", "terminate")), "bpmn.event-not-allowed"),
    "an error caught between": (around(catch("x", "error")), "bpmn.event-not-allowed"),
    "an error at the start": (
        process(f'<bpmn:startEvent id="start">{DEFINITIONS["error"]}</bpmn:startEvent>{END}{chain("start", "end")}'),
        "bpmn.event-not-allowed",
    ),
    "a cancel end outside a transaction": (
        around(TASK + f'<bpmn:endEvent id="e2">{DEFINITIONS["cancel"]}</bpmn:endEvent>', more=flow("x", "e2")),
        "bpmn.cancel-outside-transaction",
    ),
    "a cancel boundary on a task": (
        around(TASK + boundary(DEFINITIONS["cancel"]), more=flow("b", "end")),
        "bpmn.cancel-outside-transaction",
    ),
    "a link without its other half": (
        around(TASK + throw("t", "link"), more=flow("x", "t")),
        "bpmn.link-unpaired",
    ),
    "two targets of one link": (
        around(
            TASK + throw("t", "link") + catch("c1", "link") + catch("c2", "link"),
            more=flow("x", "t") + flow("c1", "end") + flow("c2", "end"),
        ),
        "bpmn.link-ambiguous",
    ),
    "a compensation activity with a flow": (
        around('<bpmn:task id="x" isForCompensation="true"/>'),
        "bpmn.compensation-flow",
    ),
    "a compensation event that leads to an ordinary task": (
        around(
            TASK + task("h") + boundary(DEFINITIONS["compensation"]),
            more=flow("x", "h") + flow("h", "end") + '<bpmn:association id="as" sourceRef="b" targetRef="h"/>',
        ),
        "bpmn.compensation-handler",
    ),
    "an ad-hoc subprocess without activities": (
        around(sub("", tag="adHocSubProcess")),
        "bpmn.ad-hoc-empty",
    ),
    "an ad-hoc subprocess with a start event": (
        around(sub('<bpmn:startEvent id="ss"/><bpmn:task id="st"/>' + flow("ss", "st"), tag="adHocSubProcess")),
        "bpmn.ad-hoc-event",
    ),
    "an error end event without an error": (
        process(
            f'{START}{TASK}<bpmn:endEvent id="end"><bpmn:errorEventDefinition/></bpmn:endEvent>'
            + chain("start", "x", "end")
        ),
        "bpmn.event-reference-missing",
    ),
    "a timer without a time": (
        around('<bpmn:intermediateCatchEvent id="x"><bpmn:timerEventDefinition/></bpmn:intermediateCatchEvent>'),
        "bpmn.timer-missing",
    ),
    "a timer with a wrong duration": (
        around(catch("x", "timer").replace("PT1H", "PT5D")),
        "bpmn.timer-format",
    ),
    "a multi-instance without a number": (
        around('<bpmn:task id="x"><bpmn:multiInstanceLoopCharacteristics/></bpmn:task>'),
        "bpmn.multi-instance-count",
    ),
    "a start quantity of nothing": (around(task("x", startQuantity="0")), "bpmn.quantity"),
    "an entered receive task that starts instances": (
        around('<bpmn:receiveTask id="x" messageRef="m" instantiate="true"/>'),
        "bpmn.instantiate-incoming",
    ),
    "a message flow inside a pool": (
        collaboration('<bpmn:messageFlow id="mf" sourceRef="x" targetRef="pa"/>'),
        "bpmn.message-flow-same-pool",
    ),
    "a message flow into an end event": (
        collaboration('<bpmn:messageFlow id="mf" sourceRef="x" targetRef="qe"/>'),
        "bpmn.message-flow-target",
    ),
    "a message flow out of a start event": (
        collaboration('<bpmn:messageFlow id="mf" sourceRef="start" targetRef="qr"/>'),
        "bpmn.message-flow-source",
    ),
    "a participant that may be there more often than at most": (
        collaboration(
            "",
            '<bpmn:participant id="pc"><bpmn:participantMultiplicity minimum="3" maximum="2"/></bpmn:participant>',
        ),
        "bpmn.multiplicity",
    ),
    "a called process without a none start": (
        definitions(
            f'<bpmn:process id="p" isExecutable="true">{START}<bpmn:callActivity id="x" calledElement="q"/>{END}'
            + chain("start", "x", "end")
            + '</bpmn:process><bpmn:process id="q" isExecutable="true"><bpmn:startEvent id="qs"><bpmn:messageEventDefinition'
            ' messageRef="m"/></bpmn:startEvent><bpmn:endEvent id="qe"/>' + flow("qs", "qe") + "</bpmn:process>"
        ),
        "bpmn.called-process-start",
    ),
    "data inputs of a subprocess": (
        around(sub("<bpmn:ioSpecification><bpmn:inputSet/><bpmn:outputSet/></bpmn:ioSpecification>" + INNER)),
        "bpmn.subprocess-io",
    ),
    "a data input in no set": (
        around(
            '<bpmn:task id="x"><bpmn:ioSpecification><bpmn:dataInput id="di"/><bpmn:inputSet/><bpmn:outputSet/>'
            "</bpmn:ioSpecification></bpmn:task>"
        ),
        "bpmn.data-set",
    ),
    "a call of a task": (around(task("y") + '<bpmn:callActivity id="x" calledElement="y"/>'), "bpmn.reference-type"),
    "an extension element twice": (
        around(f'<bpmn:task id="x">{ZEEBE.format("<zeebe:properties/><zeebe:properties/>")}</bpmn:task>'),
        "zeebe.extension-twice",
    ),
    "a listener for an event that does not exist": (
        around(
            '<bpmn:task id="x">'
            + ZEEBE.format(
                '<zeebe:executionListeners><zeebe:executionListener eventType="middle" type="t"/></zeebe:executionListeners>'
            )
            + "</bpmn:task>"
        ),
        "zeebe.listener-event",
    ),
    "an element that BPMN does not know": (around("<bpmn:taks id='x'/>"), "bpmn.schema"),
    "a boundary event that names no host": (
        around(TASK + f'<bpmn:boundaryEvent id="b">{DEFINITIONS["timer"]}</bpmn:boundaryEvent>', more=flow("b", "end")),
        "bpmn.schema",
    ),
}


@pytest.mark.parametrize(("xml", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_breaking_a_rule_is_invalid(xml: bytes, code: str) -> None:
    assert code in invalid(xml)


def test_a_small_sound_process_is_not_invalid() -> None:
    assert invalid(process(MINIMAL)) == set()
