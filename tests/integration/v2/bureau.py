"""A small bureau for the tests of the protocol: diagrams, a table and a form written out here, and a few people."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

PASSWORD = "Banjie-2026-xx"
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="urn:test">'
)


def flows(*nodes: str) -> str:
    """Return the sequence flows that connect nodes in a row."""
    return "".join(
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'
        for source, target in pairwise(nodes)
    )


def extended(tag: str, id_: str, extensions: str, content: str = "", name: str = "") -> str:
    """Return an element with extension elements."""
    return (
        f'<bpmn:{tag} id="{id_}" name="{name or id_}"><bpmn:extensionElements>{extensions}</bpmn:extensionElements>'
        f"{content}</bpmn:{tag}>"
    )


def user_task(id_: str, group: str = "文书", *, form: str = "", name: str = "", more: str = "") -> str:
    """Return a user task offered to a group."""
    shown = f'<zeebe:formDefinition formId="{form}"/>' if form else ""
    offered = f'<zeebe:assignmentDefinition candidateGroups="=[&quot;{group}&quot;]"/>'
    return extended("userTask", id_, f"<zeebe:userTask/>{offered}{shown}{more}", name=name)


def service_task(id_: str, type_: str, *, retries: int = 3, more: str = "") -> str:
    """Return a service task for workers of a type."""
    headers = '<zeebe:taskHeaders><zeebe:header key="kind" value="test"/></zeebe:taskHeaders>'
    return extended("serviceTask", id_, f'<zeebe:taskDefinition type="{type_}" retries="{retries}"/>{headers}{more}')


def process(id_: str, name: str, content: str, *, before: str = "", tag: str = "") -> bytes:
    """Return a file with one process."""
    version = f'<bpmn:extensionElements><zeebe:versionTag value="{tag}"/></bpmn:extensionElements>' if tag else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{HEAD}\n{before}<bpmn:process id="{id_}" name="{name}"'
        f' isExecutable="true">{version}{content}</bpmn:process>\n</bpmn:definitions>\n'
    ).encode()


START, END = '<bpmn:startEvent id="start"/>', '<bpmn:endEvent id="end"/>'

TASKS = process(
    "two-tasks",
    "两步",
    START
    + user_task("first", name="受理", form="apply")
    + user_task("second", name="办结")
    + END
    + flows("start", "first", "second", "end"),
    tag="v1",
)
"""Two user tasks, the first with a form."""

TASKS_LATER = process(
    "two-tasks",
    "两步",
    START
    + user_task("first", name="受理", form="apply")
    + user_task("between", name="审核")
    + user_task("closing", name="办结")
    + END
    + flows("start", "first", "between", "closing", "end"),
)
"""Another version: a step more, and the last one renamed."""

WORK = process(
    "work",
    "作业",
    START
    + service_task("serve", "serve")
    + '<bpmn:boundaryEvent id="caught" attachedToRef="serve"><bpmn:errorEventDefinition errorRef="broken"/>'
    "</bpmn:boundaryEvent>"
    + user_task("repair", name="补正")
    + END
    + '<bpmn:endEvent id="repaired"/>'
    + flows("start", "serve", "end")
    + flows("caught", "repair", "repaired"),
    before='<bpmn:error id="broken" errorCode="BROKEN"/>',
)
"""A service task whose error BROKEN is caught."""

MESSAGE = process(
    "waits",
    "等消息",
    START + '<bpmn:intermediateCatchEvent id="wait" name="等待"><bpmn:messageEventDefinition messageRef="paid"/>'
    "</bpmn:intermediateCatchEvent>" + END + flows("start", "wait", "end"),
    before='<bpmn:message id="paid" name="paid"><bpmn:extensionElements>'
    '<zeebe:subscription correlationKey="=order"/></bpmn:extensionElements></bpmn:message>',
)
"""Waits for the message ``paid`` with the key ``order``."""

SIGNAL = process(
    "listens",
    "听信号",
    START + '<bpmn:intermediateCatchEvent id="listen"><bpmn:signalEventDefinition signalRef="bell"/>'
    "</bpmn:intermediateCatchEvent>" + END + flows("start", "listen", "end"),
    before='<bpmn:signal id="bell" name="bell"/>',
)
"""Waits for the signal ``bell``."""

MANY = process(
    "many",
    "多实例",
    START
    + extended(
        "serviceTask",
        "each",
        '<zeebe:taskDefinition type="each"/>',
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="results"'
        ' outputElement="=result"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>',
    )
    + END
    + flows("start", "each", "end"),
)
"""A job for each of ``items``, all at once."""

DECIDES = process(
    "decides",
    "决策",
    START
    + extended("businessRuleTask", "decide", '<zeebe:calledDecision decisionId="level" resultVariable="level"/>')
    + END
    + flows("start", "decide", "end"),
)
"""Asks the decision ``level`` and ends."""

CALLS = process(
    "calls",
    "调用",
    START
    + extended("callActivity", "call", '<zeebe:calledElement processId="two-tasks" propagateAllChildVariables="true"/>')
    + END
    + flows("start", "call", "end"),
)
"""Calls ``two-tasks``."""


def only_if(source: str, target: str, condition: str) -> str:
    """Return a conditional sequence flow."""
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">={condition}</bpmn:conditionExpression>'
        "</bpmn:sequenceFlow>"
    )


BROKEN = process(
    "broken",
    "出错",
    START
    + '<bpmn:exclusiveGateway id="choose" name="多少"/>'
    + user_task("more")
    + user_task("less")
    + END
    + '<bpmn:endEvent id="end2"/>'
    + flows("start", "choose")
    + only_if("choose", "more", "amount &gt; 0")
    + only_if("choose", "less", "amount &lt; 0")
    + flows("more", "end")
    + flows("less", "end2"),
)
"""A gateway without a way on where there is no ``amount``."""

LEVEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="levels" name="级别" namespace="urn:test">
  <decision id="level" name="审批级别">
    <decisionTable id="table" hitPolicy="FIRST">
      <input id="input" label="金额"><inputExpression id="expression" typeRef="number"><text>amount</text>
      </inputExpression></input>
      <output id="output" name="level" typeRef="string"/>
      <rule id="high"><inputEntry id="i1"><text>&gt;= 1000</text></inputEntry>
        <outputEntry id="o1"><text>"局长"</text></outputEntry></rule>
      <rule id="low"><inputEntry id="i2"><text>-</text></inputEntry>
        <outputEntry id="o2"><text>"科长"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
""".encode()

FORM = json.dumps(
    {
        "type": "default",
        "id": "apply",
        "schemaVersion": 19,
        "components": [{"type": "textfield", "id": "Field_matter", "key": "matter", "label": "事项"}],
    },
    ensure_ascii=False,
).encode()

FILES = {
    "two-tasks.bpmn": TASKS,
    "work.bpmn": WORK,
    "waits.bpmn": MESSAGE,
    "listens.bpmn": SIGNAL,
    "many.bpmn": MANY,
    "decides.bpmn": DECIDES,
    "calls.bpmn": CALLS,
    "broken.bpmn": BROKEN,
    "level.dmn": LEVEL,
    "apply.form": FORM,
}

DEPARTMENTS = "departments:\n  - {id: bgs, name: 办公室, kind: internal}\n"
ROLES = """
groups:
  - {name: 文书, label: 文书}
  - {name: 系统管理员, label: 系统管理员}
  - {name: 审计管理员, label: 审计管理员}
  - {name: 外部系统, label: 外部系统}
department_groups: []
"""
PEOPLE = """
users:
  - {username: boss, name: 管某, department: bgs, groups: [系统管理员, 文书]}
  - {username: keeper, name: 维某, department: bgs, groups: [系统管理员]}
  - {username: clerk, name: 文某, department: bgs, groups: [文书]}
  - {username: outsider, name: 外某, department: bgs, groups: []}
  - {username: worker, name: 系某, department: bgs, groups: [外部系统]}
  - {username: auditor, name: 审某, department: bgs, groups: [审计管理员]}
"""


def write_organisation(root: Path) -> None:
    """Write the bureau's people."""
    folder = root / "organisation"
    folder.mkdir(parents=True)
    for name, content in (("departments", DEPARTMENTS), ("roles", ROLES), ("people", PEOPLE)):
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
