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
    "user_task_claimed": "认领",
    "user_task_released": "退回认领",
    "user_task_assigned": "指派",
    "user_task_completed": "办理",
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
