"""For the three administrators: accounts, roles, settings, sessions, the outbox, who read what is restricted."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.errors import AdministratorOnly
from engine.identity.administer import ChangeUser, EndSessions, SetRoles, UnlockUser
from engine.identity.change_setting import ChangeSetting
from engine.identity.remove_lost_second_factor import RemoveLostSecondFactor
from engine.notices.checking import CheckNotices
from engine.queries import accounts
from engine.queries.notices import letters
from webapi.operations import operation
from webapi.schemas import organisation as schemas
from webapi.schemas.common import ReasonSchema
from webapi.security import actor, one_of_three_administrators
from webapi.services import execute, now, read

blueprint = Blueprint("accounts", __name__)


@blueprint.patch("/users/<id_>")
@operation("修改用户", body=schemas.UserChangeSchema, errors=(400, 403, 404), command=True)
def change_user(id_: str, body: dict[str, Any]) -> None:
    """Change a user: name, department, e-mail, kind, post, whether active."""
    reason = body.pop("reason")
    execute(ChangeUser(id_, body, reason))


@blueprint.put("/users/<id_>/roles")
@operation("设置用户角色", body=schemas.RolesSchema, errors=(400, 403, 404, 409), command=True)
def set_roles(id_: str, body: dict[str, Any]) -> None:
    """Set the roles a user holds."""
    execute(SetRoles(id_, tuple(body["roles"]), body["reason"]))


@blueprint.delete("/users/<id_>/lock")
@operation("解锁账号", errors=(403, 404))
def unlock(id_: str) -> None:
    """Unlock."""
    execute(UnlockUser(id_))


@blueprint.post("/users/<id_>/second-factor/removal")
@operation("移除遗失的二次验证（安全管理员）", body=ReasonSchema, errors=(400, 403, 404), command=True)
def remove_lost_second_factor(id_: str, body: dict[str, Any]) -> None:
    """Take away the second factor of somebody who lost the device."""
    execute(RemoveLostSecondFactor(id_, body["reason"]))


@blueprint.delete("/users/<id_>/sessions")
@operation("退出用户的全部登录", errors=(403,))
def end_all(id_: str) -> None:
    """End all sessions of a user."""
    execute(EndSessions(id_))


@blueprint.get("/sessions")
@operation("当前登录的人员", answer=schemas.SessionOfUserListSchema, errors=(403,))
def list_sessions() -> dict[str, Any]:
    """List the sessions that are not over."""
    one_of_three_administrators()
    with read() as connection:
        return accounts.sessions(connection, now())


@blueprint.delete("/users/<id_>/sessions/<session>")
@operation("退出用户的一次登录", errors=(403, 404))
def end_one(id_: str, session: str) -> None:
    """End one session."""
    execute(EndSessions(id_, session))


@blueprint.get("/settings")
@operation("设置", answer=schemas.SettingListSchema, errors=(403,))
def list_settings() -> dict[str, Any]:
    """List settings."""
    one_of_three_administrators()
    with read() as connection:
        return accounts.settings(connection)


@blueprint.put("/settings/<name>")
@operation("修改设置（安全管理员）", body=schemas.SettingValueSchema, errors=(400, 403, 404), command=True)
def change_setting(name: str, body: dict[str, Any]) -> None:
    """Change a setting."""
    execute(ChangeSetting(name, body["value"]))


@blueprint.get("/account-review")
@operation("账号审阅", answer=schemas.ReviewSchema, errors=(403,))
def review() -> dict[str, Any]:
    """Review accounts."""
    one_of_three_administrators()
    with read() as connection:
        return accounts.review(connection, now())


@blueprint.get("/substitutions")
@operation("全部离岗委托", answer=schemas.SubstitutionListSchema, errors=(403,))
def list_substitutions() -> dict[str, Any]:
    """List all substitutions."""
    one_of_three_administrators()
    with read() as connection:
        return accounts.substitutions(connection, None, now())


@blueprint.get("/case-reads")
@operation(
    "受限案件的查阅记录", query=schemas.CaseReadQuerySchema, answer=schemas.CaseReadListSchema, errors=(400, 403)
)
def list_case_reads(query: dict[str, Any]) -> dict[str, Any]:
    """List who read restricted cases."""
    if not actor().auditor:
        raise AdministratorOnly("只有审计管理员可以查看查阅记录。")
    case = query["case"]
    with read() as connection:
        return accounts.case_reads(connection, int(case) if case and case.isdigit() else None)


@blueprint.post("/outbox/check")
@operation("给自己发一条测试提醒", answer=schemas.ChannelsSchema, errors=(403, 409), command=True)
def check_notices() -> dict[str, Any]:
    """Try whether notices leave the house."""
    return execute(CheckNotices())


@blueprint.get("/outbox")
@operation("发件箱", query=schemas.LetterQuerySchema, answer=schemas.LetterListSchema, errors=(400, 403))
def list_letters(query: dict[str, Any]) -> dict[str, Any]:
    """List letters."""
    one_of_three_administrators()
    with read() as connection:
        return letters(connection, query["status"])
