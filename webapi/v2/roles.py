"""The few roles that the platform itself knows, each given by membership of a group (三员分立, and the workers)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands.jobs import WORKERS
from engine.identity.people import ADMINISTRATORS, AUDITORS


@dataclass(frozen=True, slots=True)
class Role:
    """What members of a group may do beyond their own cases."""

    group: str
    description: str


ROLES: Mapping[str, Role] = {
    "admin": Role(ADMINISTRATORS, "部署、异常、作业、用户；不看案件内容"),
    "auditor": Role(AUDITORS, "查看全部案件与日志"),
    "worker": Role(WORKERS, "领取并办理作业，求决策的值"),
}
