"""What people are told of. No text says anything of a case: it may be read where the case may not."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The occasion of a notice."""

    TASK_OFFERED = "task-offered"
    TASK_ASSIGNED = "task-assigned"
    URGED = "urged"
    COPIED = "copied"
    RETURNED = "returned"
    CLOCK_AMBER = "clock-amber"
    CLOCK_RED = "clock-red"
    CLOCK_OVERDUE = "clock-overdue"
    INCIDENT = "incident"
    ROLE_UNHELD = "role-unheld"
    SUBSTITUTION = "substitution"
    ENTERED_FOR_YOU = "entered-for-you"
    SEAL_OVERDUE = "seal-overdue"
    SEAL_HANDED_OVER = "seal-handed-over"
    SECOND_FACTOR_REMOVED = "second-factor-removed"
    CHECK = "check"

    @property
    def text(self) -> str:
        """What people read."""
        return _TEXTS[self]


_TEXTS = {
    Kind.TASK_OFFERED: "有一项新的待办等待认领，请登录办结查看。",
    Kind.TASK_ASSIGNED: "您有一项新的待办，请登录办结办理。",
    Kind.URGED: "您的一项待办被催办，请尽快登录办结办理。",
    Kind.COPIED: "有一件事项抄送给您，请登录办结查看。",
    Kind.RETURNED: "您办理过的一项工作被退回，请登录办结重新办理。",
    Kind.CLOCK_AMBER: "您的一项工作临近时限，请登录办结及时办理。",
    Kind.CLOCK_RED: "您的一项工作即将到期，请立即登录办结办理。",
    Kind.CLOCK_OVERDUE: "一项工作已经超过时限，请立即登录办结处理。",
    Kind.INCIDENT: "一个案件出现异常，不能继续，请登录办结处理。",
    Kind.ROLE_UNHELD: "一项待办所需角色无人担任，已转给您，请登录办结办理或安排人员。",
    Kind.SUBSTITUTION: "与您有关的离岗委托有变化，请登录办结查看。",
    Kind.SEAL_OVERDUE: "一枚带出的印章到期没有归还，请立即登录办结处理。",
    Kind.SEAL_HANDED_OVER: "有一枚印章移交给您保管，请登录办结确认。",
    Kind.ENTERED_FOR_YOU: "有人代您录入了办理意见，请登录办结确认。",
    Kind.SECOND_FACTOR_REMOVED: "您的二次验证已由安全管理员移除；如非您本人提出，请立即告知安全管理员。",
    Kind.CHECK: "这是一条测试提醒，收到即说明发送设置正确。",
}
