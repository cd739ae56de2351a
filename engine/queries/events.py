"""History of a case as it was recorded, command by command."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.store.tables.history import history_event

COMMANDS: Mapping[str, str] = {
    "process_instance_started": "发起",
    "case_entered": "录入在办案件",
    "user_task_reoffered": "转回原定办理人",
    "user_task_redirected": "无人办理，转办",
    "user_task_claimed": "认领",
    "user_task_released": "退回认领",
    "user_task_assigned": "指派",
    "user_task_completed": "办理",
    "user_task_returned": "退回",
    "rework_asked": "请重新办理",
    "user_task_reworked": "重新办理并直达",
    "user_task_returned_to_initiator": "退回发起人",
    "start_form_mended": "修改后重新提交",
    "user_task_transferred": "转办",
    "user_task_delegated": "委派",
    "delegation_resolved": "委派办回",
    "signers_added": "加签",
    "signer_removed": "减签",
    "signer_answered": "加签办理",
    "completion_held": "办理（待加签人签完生效）",
    "completion_dropped": "加签人不同意，重新办理",
    "completion_took_effect": "办理生效",
    "copies_sent": "抄送",
    "copy_read": "已阅",
    "user_task_urged": "催办",
    "user_task_recorded": "代录",
    "recorded_signature_answered": "确认代录",
    "recorded_signature_scanned": "补交扫描件",
    "user_task_merged": "合并办理",
    "user_task_escalated": "上一级审批",
    "intervention_requested": "申请跳转或终止",
    "intervention_decided": "批准或驳回申请",
    "second_factor_verified": "二次验证",
    "attachments_taken": "提交附件",
    "timer_fired": "到期触发",
    "job_completed": "自动作业完成",
    "job_failed": "自动作业失败",
    "job_error_thrown": "自动作业报错",
    "message_correlated": "收到消息",
    "signal_received": "收到信号",
    "variables_updated": "修改数据",
    "incident_retried": "重试异常",
    "process_instance_canceled": "终止案件",
    "process_instance_suspended": "暂停案件",
    "process_instance_resumed": "恢复案件",
    "process_instance_migrated": "迁移到新版流程",
    "process_instance_modified": "调整流程位置",
    "user_task_updated": "修改待办",
    "job_retries_updated": "调整作业重试次数",
    "clock_suspended": "中止期限",
    "clock_resumed": "恢复期限",
    "clock_extended": "延长期限",
    "clock_restarted": "重新起算期限",
    "clock_stopped": "终止期限",
    "clock_start_corrected": "更正起算日",
    "clock_light_reached": "期限提醒",
    "clocks_recomputed": "按新日历重算期限",
    "control_evaluated": "风险防控检查",
    "control_overridden": "批准控制例外",
    "expert_draw_committed": "公布专家抽取",
    "experts_drawn": "抽取专家",
    "erasure_proposed": "提出删除内容",
    "erasure_rejected": "驳回删除内容",
    "content_erased": "删除内容",
    "document_stored": "存入文件",
    "document_deleted": "删除文件",
    "paper_issued": "制发文书",
    "text_version_saved": "保存正文",
    "case_archived": "归档",
    "number_voided": "编号作废",
    "number_restored": "恢复编号",
    "service_corrected": "更正送达",
    "restricted_case_read": "查阅",
}
"""What people call the commands on a case."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event; ``payload`` is None once its content was lawfully erased."""

    seq: int
    type: str
    payload: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Step:
    """One command with everything that followed from it."""

    at: datetime
    actor_id: str
    on_behalf_of: str | None
    command: Recorded
    events: list[Recorded] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What people call the command."""
        return COMMANDS.get(self.command.type, self.command.type)


def steps_of(connection: Connection, root_key: int) -> Iterator[Step]:
    """Yield the steps of a case in order, by one walk along the primary key."""
    columns = history_event.c
    query = select(
        columns.seq,
        columns.command_seq,
        columns.at,
        columns.type,
        columns.actor_id,
        columns.on_behalf_of,
        columns.payload,
    ).where(columns.root_key == root_key)
    step: Step | None = None
    for row in connection.execute(query.order_by(columns.seq)):
        event = Recorded(row.seq, row.type, None if row.payload is None else json.loads(row.payload))
        if row.seq == row.command_seq:
            if step is not None:
                yield step
            step = Step(row.at, row.actor_id, row.on_behalf_of, event)
        elif step is not None:
            step.events.append(event)
    if step is not None:
        yield step
