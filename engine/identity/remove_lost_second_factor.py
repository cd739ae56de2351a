"""Somebody lost the device that makes their codes: the security administrator takes the second factor away."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from engine.commands.handlers import Answer, handles
from engine.commands.second_factor import SecondFactorUnknown
from engine.commands.unit import UnitOfWork
from engine.errors import InvalidInput
from engine.history.people_events import LostSecondFactorRemoved
from engine.identity.errors import UserUnknown
from engine.identity.roles import NotOneself, require_security
from engine.notices import Kind, notify
from engine.store.tables.actions import second_factor
from engine.store.tables.identity import user


class RemovalReasonMissing(InvalidInput):
    """Nobody's second factor is taken away without saying why."""

    code = "identity.second-factor-reason-missing"


@dataclass(frozen=True, slots=True)
class RemoveLostSecondFactor:
    """Take the second factor of ``user_id`` away. ``reason`` says how the security administrator made sure of it."""

    user_id: str
    reason: str


@handles(RemoveLostSecondFactor)
def handle(command: RemoveLostSecondFactor, unit: UnitOfWork) -> Answer:
    """Remove it, and tell whose it was: they must hear of it when it was not they who asked.

    Raises SecurityAdministratorOnly, NotOneself, UserUnknown, RemovalReasonMissing, SecondFactorUnknown.
    """
    require_security(unit.connection, unit.actor)
    if command.user_id == unit.actor.id:
        raise NotOneself("本人的二次验证请在“个人设置”中凭口令停用；设备遗失的，由另一位安全管理员移除。")
    if unit.connection.execute(select(user.c.id).where(user.c.id == command.user_id)).first() is None:
        raise UserUnknown(f"没有用户 {command.user_id}。")
    reason = command.reason.strip()
    if not reason:
        message = "请写明移除的原因，以及如何核实了本人身份。"
        raise RemovalReasonMissing(message, details={"fields": {"reason": [message]}})
    removed = unit.connection.execute(delete(second_factor).where(second_factor.c.user_id == command.user_id))
    if not removed.rowcount:
        raise SecondFactorUnknown("该用户没有设置二次验证，无需移除。")
    unit.log(LostSecondFactorRemoved(user_id=command.user_id, reason=reason))
    notify(unit, Kind.SECOND_FACTOR_REMOVED, {command.user_id})
    return {"id": command.user_id}
