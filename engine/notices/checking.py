"""An administrator tries whether notices leave the house as the settings say."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.errors import Conflict
from engine.identity.roles import SECURITY
from engine.notices.kinds import Kind
from engine.notices.notifying import notify_actor


class NothingToCheck(Conflict):
    """No channel is switched on, or none knows an address of who asks."""

    code = "notices.nothing-to-check"


@dataclass(frozen=True, slots=True)
class CheckNotices:
    """Send the actor a notice by every channel that reaches them; the outbox tells what becomes of it."""


@handles(CheckNotices)
def handle(command: CheckNotices, unit: UnitOfWork) -> Answer:
    """Send it. Raises AdministratorOnly, NothingToCheck."""
    if SECURITY not in unit.actor.groups:
        require_administrator(unit.actor)
    channels = notify_actor(unit, Kind.CHECK)
    if not channels:
        raise NothingToCheck("没有可以测试的发送方式：请先在参数设置中启用电子邮件，并给您自己的账号填写邮箱。")
    return {"channels": channels}
