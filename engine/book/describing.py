"""What the book says of a diagram's elements and of forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.book.model import Form, Step
from engine.definitions.forms import components
from engine.definitions.model import ElementType, FlowNode, ProcessModel, Scope
from engine.queries.documentation import PARTS, parts_of

KINDS: Mapping[ElementType, str] = {
    ElementType.USER_TASK: "办理",
    ElementType.BUSINESS_RULE_TASK: "规则",
    ElementType.SCRIPT_TASK: "计算",
    ElementType.SERVICE_TASK: "平台",
    ElementType.SEND_TASK: "发送",
    ElementType.RECEIVE_TASK: "等待",
    ElementType.CALL_ACTIVITY: "调用",
    ElementType.SUB_PROCESS: "阶段",
    ElementType.EVENT_SUB_PROCESS: "随时",
    ElementType.START_EVENT: "开始",
    ElementType.END_EVENT: "结束",
    ElementType.BOUNDARY_EVENT: "事件",
    ElementType.INTERMEDIATE_CATCH_EVENT: "等待",
}
JOBS = {"banjie:render": "出文", "banjie:expert-draw": "抽取"}
FIELDS = {
    "textfield": "文字",
    "textarea": "长文字",
    "number": "数字",
    "datetime": "日期",
    "select": "选择",
    "radio": "单选",
    "checkbox": "是否",
    "checklist": "多选",
    "taglist": "多选",
    "filepicker": "附件",
    "dynamiclist": "可增减的行",
}


def parts(text: str | None) -> dict[str, str]:
    """Return the parts of a documentation by heading, those that say something."""
    said = parts_of(text) or {}
    return {heading: words for heading, name in PARTS.items() if (words := said.get(name))}


def steps_of(process: ProcessModel, names: Mapping[str, str]) -> list[Step]:
    """Return what is done in a process, in the order of the diagram; gateways are read off the picture."""
    return list(_steps(process.body, names, "", 0))


def _steps(scope: Scope, names: Mapping[str, str], lane: str, depth: int) -> Iterator[Step]:
    for node in scope.nodes.values():
        kind = _kind(node)
        own_lane = node.lane or lane
        if kind is not None:
            said = parts(node.documentation)
            note = "\n".join(filter(None, (said.get("说明"), said.get("异常") and f"异常：{said['异常']}")))
            yield Step(
                id=node.id,
                name=node.name or names.get(_called(node), node.id),
                kind=kind,
                lane=own_lane,
                seed=said.get("原文", ""),
                basis=said.get("依据", ""),
                note=note,
                form=form_id(node),
                depth=depth,
            )
        if node.body is not None:
            yield from _steps(node.body, names, own_lane, depth + 1)


def _kind(node: FlowNode) -> str | None:
    """Return the word for an element; None where the picture says enough."""
    if node.job is not None and node.job.type.source in JOBS:
        return JOBS[node.job.type.source]
    events = {ElementType.START_EVENT, ElementType.END_EVENT, ElementType.BOUNDARY_EVENT}
    if node.type in events and not node.documentation:
        return None
    return KINDS.get(node.type)


def _called(node: FlowNode) -> str:
    return "" if node.called_element is None else node.called_element.process.id.source


def form_id(node: FlowNode) -> str:
    """Return the id of a user task's form, or an empty text."""
    return "" if node.user_task is None or node.user_task.form is None else node.user_task.form.id.source


def form_of(schema: Mapping[str, Any], title: str) -> Form:
    """Return a form as a list of its fields."""
    fields: list[tuple[str, str, bool]] = []
    for item in components(schema.get("components", ())):
        kind = FIELDS.get(str(item.get("type")))
        label = item.get("label") or item.get("dateLabel")
        if kind is not None and label:
            required = bool((item.get("validate") or {}).get("required"))
            fields.append((str(label), kind, required))
    return Form(str(schema["id"]), title, fields)
