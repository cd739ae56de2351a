"""Writing the elements of random diagrams as XML."""

from __future__ import annotations

import random
from collections import Counter
from xml.sax.saxutils import escape

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="urn:random">'
    '<bpmn:message id="msg" name="msg"><bpmn:extensionElements><zeebe:subscription correlationKey="=ck"/>'
    '</bpmn:extensionElements></bpmn:message><bpmn:signal id="sig" name="sig"/>'
    '<bpmn:error id="E1" name="E1" errorCode="E1"/><bpmn:error id="E2" name="E2" errorCode="E2"/>'
    '<bpmn:escalation id="S1" name="S1" escalationCode="S1"/>'
)
VARIABLES = ["v0", "v1", "v2", "v3"]
EVENTS = ["timer", "message", "signal", "conditional"]
Ends = tuple[str, str]


class Part:
    """The content of one scope being written."""

    def __init__(self) -> None:
        self.elements: list[str] = []
        self.flows: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self.elements + self.flows)


class Writer:
    """Makes one file from a seed; ``used`` counts the constructs in it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.numbers = iter(range(10**6))
        self.used: Counter[str] = Counter()
        self.called: list[str] = []
        self.variables: dict[str, object] = {name: self.random.randrange(10) for name in VARIABLES}
        self.variables["ck"] = "k"

    # -- writing --------------------------------------------------------------------------------------------------

    def id(self, prefix: str) -> str:
        return f"{prefix}{next(self.numbers)}"

    def add(self, part: Part, kind: str, element_id: str, inner: str = "", zeebe: str = "", **attributes: str) -> str:
        rest = "".join(f' {name}="{value}"' for name, value in attributes.items())
        if kind == "userTask":
            zeebe = "<zeebe:userTask/>" + zeebe
        extension = f"<bpmn:extensionElements>{zeebe}</bpmn:extensionElements>" if zeebe else ""
        part.elements.append(f'<bpmn:{kind} id="{element_id}"{rest}>{extension}{inner}</bpmn:{kind}>')
        self.used[kind] += 1
        return element_id

    def flow(self, part: Part, source: str, target: str, condition: str | None = None, flow_id: str = "") -> None:
        inner = ""
        if condition is not None:
            text = f"={escape(condition)}"
            inner = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{text}</bpmn:conditionExpression>'
        name = flow_id or self.id("f")
        part.flows.append(
            f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'
        )

    def event(self, kind: str, *, cycle: bool = False) -> str:
        self.used[f"{kind} event"] += 1
        if kind == "timer":
            tag, text = ("timeCycle", "R3/PT1H") if cycle else ("timeDuration", "PT1H")
            inner = f'<bpmn:{tag} xsi:type="bpmn:tFormalExpression">{text}</bpmn:{tag}>'
            return f"<bpmn:timerEventDefinition>{inner}</bpmn:timerEventDefinition>"
        if kind == "conditional":
            text = f"={escape(self.condition())}"
            inner = f'<bpmn:condition xsi:type="bpmn:tFormalExpression">{text}</bpmn:condition>'
            return f"<bpmn:conditionalEventDefinition>{inner}</bpmn:conditionalEventDefinition>"
        references = {
            "message": 'messageEventDefinition messageRef="msg"',
            "signal": 'signalEventDefinition signalRef="sig"',
            "error": 'errorEventDefinition errorRef="E1"',
            "any error": "errorEventDefinition",
            "escalation": 'escalationEventDefinition escalationRef="S1"',
            "terminate": "terminateEventDefinition",
        }
        return f"<bpmn:{references[kind]}/>"

    def condition(self) -> str:
        return f"{self.random.choice(VARIABLES)} {self.random.choice('<>')} {self.random.randrange(2, 8)}"

    def loop(self, *, sequential: bool) -> str:
        self.used["multi-instance sequential" if sequential else "multi-instance parallel"] += 1
        items = ", ".join(str(number) for number in range(self.random.choice([0, 1, 2, 3, 3, 18])))
        result = self.random.choice(["=item + 100", "=item", "=res"])
        zeebe = (
            f'<zeebe:loopCharacteristics inputCollection="=[{items}]" inputElement="item"'
            f' outputCollection="{self.id("out")}" outputElement="{result}"/>'
        )
        until = ""
        if self.random.random() < 0.4:
            self.used["completion condition"] += 1
            text = "=numberOfCompletedInstances &gt;= 2"
            until = f'<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">{text}</bpmn:completionCondition>'
        return (
            f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
            f"<bpmn:extensionElements>{zeebe}</bpmn:extensionElements>{until}</bpmn:multiInstanceLoopCharacteristics>"
        )
