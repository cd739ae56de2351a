"""How a diagram is built: lanes, tasks, gateways, time limits, and what is never drawn (rules 7 to 23, 35, 36)."""

from __future__ import annotations

import re

from engine.definitions.conventions.findings import Findings, label
from engine.definitions.model import ElementType, EventType, FlowNode, ProcessModel, Scope

MAX_NODES, MAX_LANES = 25, 7
NEVER = {
    ElementType.COMPLEX_GATEWAY: "复杂网关",
    ElementType.AD_HOC_SUB_PROCESS: "特设子流程",
    ElementType.TRANSACTION: "事务子流程",
}
NEVER_EVENTS = {
    EventType.LINK: "链接事件",
    EventType.COMPENSATION: "补偿事件",
    EventType.CANCEL: "取消事件",
    EventType.SIGNAL: "信号广播",
}
NUMBER = re.compile(r"(?<!\w)\d+(?:\.\d+)?")
"""A number written into an expression; 0 and 1 only count things."""
TEXT = re.compile(r'"[^"]*"')


def check_structure(findings: Findings, process: ProcessModel) -> None:
    """Check a process on every level."""
    _check_lanes(findings, process)
    for scope in (process.body, *(node.body for node in process.body.walk() if node.body is not None)):
        _check_size(findings, process, scope)
        for node in scope.nodes.values():
            _check_never(findings, node)
            _check_task(findings, node)
            _check_gateway(findings, scope, node)
            _check_numbers(findings, scope, node)


def _check_lanes(findings: Findings, process: ProcessModel) -> None:
    used = {node.lane for node in process.body.walk()}
    for lane in process.lanes:
        if lane not in used:
            findings.note(7, "lane-empty", f"泳道“{lane}”没有任务，应删除", line=process.line, element=process.id)
    if len(process.lanes) > MAX_LANES:
        message = f"有 {len(process.lanes)} 条泳道，一图不应超过 {MAX_LANES} 条"
        findings.note(16, "lanes-many", message, line=process.line, element=process.id)
    opened = [name for name, reference in findings.model.participants.items() if reference is not None]
    if len(opened) > 1:
        message = f"有 {len(opened)} 个展开的池，本局只画一池，外部只画折叠池"
        findings.note(7, "pools-many", message, line=process.line, element=process.id)


def _check_size(findings: Findings, process: ProcessModel, scope: Scope) -> None:
    if len(scope.nodes) > MAX_NODES:
        message = f"一层有 {len(scope.nodes)} 个节点，不应超过 {MAX_NODES} 个，请用调用活动或子流程"
        first = next(iter(scope.nodes.values()))
        top = scope is process.body
        findings.note(
            16, "nodes-many", message, line=process.line if top else first.line, element=process.id if top else first.id
        )


def _check_never(findings: Findings, node: FlowNode) -> None:
    if node.type in NEVER:
        findings.at(node, 35, "never", f"本局的图不用{NEVER[node.type]}：{label(node)}")
    if node.event is not None and node.event.type in NEVER_EVENTS:
        findings.at(node, 35, "never", f"本局的图不用{NEVER_EVENTS[node.event.type]}：{label(node)}")


def _check_task(findings: Findings, node: FlowNode) -> None:
    if node.type is ElementType.MANUAL_TASK:
        findings.at(node, 12, "manual-task", f"{label(node)} 是手工任务，应改用用户任务记录结果")
    if node.type is ElementType.TASK:
        findings.at(node, 11, "task-undefined", f"{label(node)} 没有类型，应是用户、服务或业务规则任务")
    details = node.user_task
    if details is None:
        return
    if details.form is None and details.external_form is None and details.embedded_form is None:
        findings.at(node, 11, "form-missing", f"用户任务 {label(node)} 没有表单")
    groups = details.candidate_groups
    if groups is None and details.assignee is None and details.candidate_users is None:
        findings.at(node, 10, "assignment-missing", f"用户任务 {label(node)} 没有写明由谁办理")
    elif groups is not None and not groups.is_feel and node.lane is not None:
        names = [name.strip() for name in groups.source.split(",")]
        if node.lane.removesuffix("〔外〕") not in names:
            findings.at(node, 10, "lane-role", f"{label(node)} 的候选组“{groups.source}”与泳道“{node.lane}”不符")


def _check_gateway(findings: Findings, scope: Scope, node: FlowNode) -> None:
    entering, leaving = len(node.incoming), len(node.outgoing)
    is_gateway = node.type.value.endswith("GATEWAY")
    if is_gateway and entering > 1 and leaving > 1:
        findings.at(node, 20, "gateway-split-and-join", f"网关 {label(node)} 又分又合，应拆成两个")
    if not is_gateway and leaving > 1:
        findings.at(node, 20, "implicit-split", f"{label(node)} 有 {leaving} 条离开的流，应画出网关")
    if not is_gateway and entering > 1:
        findings.at(node, 20, "implicit-join", f"{label(node)} 有 {entering} 条进入的流，应画出汇合网关")
    if node.type is ElementType.EXCLUSIVE_GATEWAY and leaving > 1 and node.default_flow is None:
        findings.at(node, 17, "default-missing", f"排他网关 {label(node)} 没有默认流")
    if node.type is ElementType.EXCLUSIVE_GATEWAY and leaving > 2 and not _follows_rules(scope, node):
        findings.at(node, 17, "many-outcomes", f"网关 {label(node)} 有 {leaving} 种结果，应先由决策表得出")


def _follows_rules(scope: Scope, node: FlowNode) -> bool:
    """Whether a business rule task comes right before the gateway."""
    before = [scope.nodes.get(scope.flows[flow].source) for flow in node.incoming]
    return any(each is not None and each.type is ElementType.BUSINESS_RULE_TASK for each in before)


def _check_numbers(findings: Findings, scope: Scope, node: FlowNode) -> None:
    for identifier in node.outgoing:
        condition = scope.flows[identifier].condition
        if condition is not None and any(float(n) > 1 for n in NUMBER.findall(TEXT.sub('""', condition.source))):
            message = f"条件“{condition.source}”写死了数值，门槛应放在决策表里"
            findings.note(36, "threshold", message, line=condition.line, element=identifier)
    event = node.event
    if event is not None and event.timer is not None and not event.timer.is_feel:
        findings.at(node, 36, "term-fixed", f"{label(node)} 写死了时间“{event.timer.source}”，期限应取自期限表")
