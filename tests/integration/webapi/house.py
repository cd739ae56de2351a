"""A small bureau for the tests of the API: two departments, a few people, diagrams written out here."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree

from tests.support.requirements import ROOT

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


def condition(source: str, target: str, expression: str) -> str:
    """Return a conditional sequence flow."""
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">={expression}</bpmn:conditionExpression>'
        "</bpmn:sequenceFlow>"
    )


def user_task(id_: str, group: str, *, form: str = "", more: str = "", name: str = "") -> str:
    """Return a user task offered to a group."""
    form_definition = f'<zeebe:formDefinition formId="{form}"/>' if form else ""
    return (
        f'<bpmn:userTask id="{id_}" name="{name or id_}">'
        f"<bpmn:documentation>〔原文〕L1“{id_}”〔说明〕试用</bpmn:documentation>"
        "<bpmn:extensionElements><zeebe:userTask/>"
        f'<zeebe:assignmentDefinition candidateGroups="=[&quot;{group}&quot;]"/>'
        f"{form_definition}{more}</bpmn:extensionElements></bpmn:userTask>"
    )


def properties(**values: str) -> str:
    """Return zeebe properties; ``__`` in a name stands for a dot."""
    listed = "".join(
        f'<zeebe:property name="{name.replace("__", ".")}" value="{value}"/>' for name, value in values.items()
    )
    return f"<zeebe:properties>{listed}</zeebe:properties>"


def process(id_: str, name: str, content: str, *, department: str = "bgs") -> str:
    """Return a file with one process."""
    said = properties(
        department=department, family="B", badge="种子原文", case__title=f"={_quoted(name + '：')} + string(shi)"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{HEAD}\n<bpmn:process id="{id_}" name="{name}" isExecutable="true">'
        f"<bpmn:documentation>〔原文〕L1“{name}”</bpmn:documentation>"
        f"<bpmn:extensionElements>{said}</bpmn:extensionElements>{content}</bpmn:process>\n</bpmn:definitions>\n"
    )


def _quoted(text: str) -> str:
    return f"&quot;{text}&quot;"


def form(id_: str, *components: dict[str, Any]) -> str:
    """Return a form file."""
    return json.dumps({"type": "default", "id": id_, "schemaVersion": 19, "components": list(components)})


def field(type_: str, key: str, **more: Any) -> dict[str, Any]:
    """Return a form component."""
    return {"type": type_, "id": f"Field_{key}", "key": key, "label": more.pop("label", key), **more}


APPLY = form(
    "apply",
    field("textfield", "shi", label="事项", validate={"required": True, "maxLength": 50}),
    field("number", "jine", label="金额", decimalDigits=2, validate={"min": 0}),
)
APPROVE = form(
    "approve",
    field(
        "radio",
        "yijian",
        label="意见",
        values=[{"label": "同意", "value": "同意"}, {"label": "不同意", "value": "不同意"}],
        validate={"required": True},
    ),
)

SIMPLE = process(
    "shenqing",
    "申请",
    '<bpmn:startEvent id="kaishi"><bpmn:extensionElements><zeebe:formDefinition formId="apply"/>'
    "</bpmn:extensionElements></bpmn:startEvent>"
    + user_task("shenpi", "领导", form="approve", more=properties(outcome="yijian"), name="审批")
    + user_task("guidang", "文书", name="归档")
    + '<bpmn:endEvent id="jieshu"/>'
    + flows("kaishi", "shenpi", "guidang", "jieshu"),
)
"""Start form, approval with an outcome, filing."""

PARALLEL = process(
    "huiqian",
    "会签",
    '<bpmn:startEvent id="kaishi"/><bpmn:parallelGateway id="fen"/><bpmn:parallelGateway id="he"/>'
    + user_task("yi", "领导", name="甲签")
    + user_task("er", "文书", name="乙签")
    + '<bpmn:endEvent id="jieshu"/>'
    + flows("kaishi", "fen", "yi", "he", "jieshu")
    + flows("fen", "er", "he"),
    department="kjk",
)
"""Two user tasks side by side."""

FAILING = process(
    "yichang",
    "异常",
    '<bpmn:startEvent id="kaishi"/><bpmn:exclusiveGateway id="suan" name="可办"/>'
    + user_task("kan", "文书")
    + user_task("ban", "文书")
    + '<bpmn:endEvent id="jieshu"/><bpmn:endEvent id="jieshu2"/>'
    + flows("kaishi", "suan")
    + flows("kan", "jieshu")
    + flows("ban", "jieshu2")
    + condition("suan", "kan", "shi = &quot;好&quot;")
    + condition("suan", "ban", "shi = &quot;更好&quot;"),
)
"""A gateway without a way on for ``shi`` = 坏."""

TIMED = process(
    "xianshi",
    "限时",
    '<bpmn:startEvent id="kaishi"/>'
    + user_task("shouli", "文书", name="受理", more=properties(clock__start="bgs-ysqgk.answer"))
    + user_task("dafu", "文书", name="答复", more=properties(clock__due="bgs-ysqgk.answer"))
    + '<bpmn:boundaryEvent id="chaoshi" attachedToRef="dafu" cancelActivity="false"><bpmn:timerEventDefinition>'
    "<bpmn:timeDuration>PT24H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    '<bpmn:endEvent id="jieshu"/><bpmn:endEvent id="cui"/>'
    + flows("kaishi", "shouli", "dafu", "jieshu")
    + flows("chaoshi", "cui"),
)
"""A clock that starts with 受理 and is shown by 答复, and a timer beside it."""

FILES = {
    "bpmn/bgs/shenqing.bpmn": SIMPLE,
    "bpmn/kjk/huiqian.bpmn": PARALLEL,
    "bpmn/bgs/yichang.bpmn": FAILING,
    "bpmn/bgs/xianshi.bpmn": TIMED,
    "forms/bgs/apply.form": APPLY,
    "forms/bgs/approve.form": APPROVE,
}

DEPARTMENTS = """
departments:
  - {id: bgs, name: 办公室, kind: internal}
  - {id: kjk, name: 科技科, kind: internal}
"""
ROLES = """
groups:
  - {name: 领导, label: 领导}
  - {name: 文书, label: 文书}
  - {name: 系统管理员, label: 系统管理员}
  - {name: 审计管理员, label: 审计管理员}
department_groups: []
"""
PEOPLE = """
users:
  - {username: jia, name: 甲某, department: kjk, groups: []}
  - {username: yi, name: 乙某, department: bgs, groups: [领导]}
  - {username: bing, name: 丙某, department: bgs, groups: [领导]}
  - {username: ding, name: 丁某, department: bgs, groups: [文书, 领导]}
  - {username: wu, name: 戊某, department: kjk, groups: []}
  - {username: shen, name: 审某, department: bgs, groups: [审计管理员]}
"""


def write_content(root: Path) -> None:
    """Write the bureau's content folder."""
    files = {
        **FILES,
        "organisation/departments.yaml": DEPARTMENTS,
        "organisation/roles.yaml": ROLES,
        "organisation/people.yaml": PEOPLE,
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    calendars = root / "organisation" / "calendars"
    calendars.mkdir()
    for year in (2026, 2027):
        shutil.copy(ROOT / "organisation" / "calendars" / f"{year}.yaml", calendars)
    (root / "dmn").mkdir()
    (root / "dmn" / "time-limits.dmn").write_bytes(_time_limits("bgs-ysqgk.answer"))


def _time_limits(limit_id: str) -> bytes:
    """Return the table of time limits with the rows of one limit only: the whole takes seconds to check."""
    tree = etree.parse(ROOT / "dmn" / "time-limits.dmn")
    for rule in tree.findall(".//{*}rule"):
        if f'"{limit_id}"' not in "".join(map(str, rule.itertext())):
            rule.getparent().remove(rule)
    return etree.tostring(tree)
