"""Names and ids (rules 1 to 6, 37)."""

from __future__ import annotations

import re
from pathlib import PurePath

from engine.definitions.conventions.findings import Findings, label
from engine.definitions.model import ElementType, FlowNode, ProcessModel, Scope

TASK_ID = re.compile(r"(s\d{2}[a-z]?_|l_|p_)[a-z0-9_]+")
GATEWAY_ID = re.compile(r"g_[a-z0-9_]+")
EVENT_ID = re.compile(r"e_[a-z0-9_]+")
FLOW_ID = re.compile(r"f_[a-z0-9_]+")
QUESTION = re.compile(r"[？?吗呢]$|是否|哪|何|几|谁|怎")
"""What makes a Chinese name a question."""
MAX_TASK, MAX_QUESTION = 12, 10
NEVER_A_TASK = re.compile("登录|上传|(?<!登记)保存")
"""What the system does by itself is not a step (rule 37). 登记保存 of evidence (行政处罚法第五十六条) is one."""
DECISIONS = (ElementType.EXCLUSIVE_GATEWAY, ElementType.INCLUSIVE_GATEWAY)


def check_names(findings: Findings, process: ProcessModel) -> None:
    """Check the ids and names of a process and everything in it."""
    stem = PurePath(findings.model.file).stem
    if process.id != stem:
        message = f"流程 id“{process.id}”应与文件名“{stem}”一致"
        findings.note(1, "process-id", message, line=process.line, element=process.id)
    if not process.name:
        findings.note(1, "process-name", "流程没有名称，应写种子标题", line=process.line, element=process.id)
    for scope in (process.body, *(node.body for node in process.body.walk() if node.body is not None)):
        for node in scope.nodes.values():
            _check_node(findings, scope, node)
        for flow in scope.flows.values():
            if not FLOW_ID.fullmatch(flow.id):
                message = f"顺序流 id“{flow.id}”应以 f_ 开头，只用小写字母、数字和下划线"
                findings.note(2, "flow-id", message, line=flow.line, element=flow.id)


def _check_node(findings: Findings, scope: Scope, node: FlowNode) -> None:
    if node.type.value.endswith("GATEWAY"):
        _check_id(findings, node, GATEWAY_ID, "g_")
        _check_gateway_name(findings, scope, node)
    elif node.event is not None and node.type.value.endswith("EVENT"):
        _check_id(findings, node, EVENT_ID, "e_")
        if not node.name:
            findings.at(node, 5, "event-name", f"事件 {node.id} 没有名称，应写状态，如“收到申请”“已答复”")
    else:
        _check_id(findings, node, TASK_ID, "s03_、l_ 或 p_")
        _check_task_name(findings, node)


def _check_id(findings: Findings, node: FlowNode, pattern: re.Pattern[str], prefix: str) -> None:
    if not pattern.fullmatch(node.id):
        findings.at(node, 2, "element-id", f"元素 id“{node.id}”应以 {prefix} 开头，只用小写字母、数字和下划线")


def _check_task_name(findings: Findings, node: FlowNode) -> None:
    name = (node.name or "").strip()
    if not name:
        findings.at(node, 3, "task-name", f"任务 {node.id} 没有名称，应写动词＋宾语")
        return
    if len(name) > MAX_TASK:
        findings.at(node, 3, "task-name-length", f"任务名“{name}”有 {len(name)} 字，不应超过 {MAX_TASK} 字")
    role = (node.lane or "").removesuffix("〔外〕")
    if role and name.startswith(role):
        findings.at(node, 3, "task-name-role", f"任务名“{name}”不应写角色“{role}”，泳道已经表明")
    if NEVER_A_TASK.search(name):
        findings.at(node, 37, "task-trivial", f"任务“{name}”不应画：登录、保存、上传由系统完成")


def _check_gateway_name(findings: Findings, scope: Scope, node: FlowNode) -> None:
    name = (node.name or "").strip()
    if len(node.outgoing) > 1 and node.type in DECISIONS:
        if not QUESTION.search(name):
            findings.at(node, 4, "gateway-question", f"分支网关 {label(node)} 的名称应是问句，如“材料齐全吗”")
        elif len(name) > MAX_QUESTION:
            findings.at(node, 4, "gateway-name-length", f"网关名“{name}”有 {len(name)} 字，不应超过 {MAX_QUESTION} 字")
        for identifier in node.outgoing:
            flow = scope.flows[identifier]
            if not flow.name:
                message = f"网关 {label(node)} 的分支 {flow.id} 没有写结果词（如“齐全”）"
                findings.note(4, "branch-name", message, line=flow.line, element=flow.id)
    elif len(node.outgoing) < 2 and name:
        findings.at(node, 4, "join-name", f"汇合网关 {label(node)} 不应命名")
