"""Commands on accounts by administrators: change, deactivate, give roles, unlock, end sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from engine.commands.actor import Actor
from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handles
from engine.commands.register_dues import names_changed
from engine.commands.unit import UnitOfWork
from engine.errors import InvalidInput, NotFound
from engine.history.people_events import RolesSet, SessionsEnded, UserChanged, UserUnlocked
from engine.identity.errors import UserUnknown
from engine.identity.roles import (
    ADMINISTRATORS,
    EXCLUSIVE,
    SECURITY,
    NotOneself,
    require_compatible,
    require_known,
    require_security,
)
from engine.store.tables.identity import department, membership, session, user

CHANGEABLE = ("name", "department", "email", "kind", "post", "active")
KINDS = ("staff", "outside")
_COLUMNS = {"department": "department_id", "post": "post_id"}


class UserInvalid(InvalidInput):
    """What is to be changed of a user is not as it should be."""

    code = "identity.user-invalid"


@dataclass(frozen=True, slots=True)
class ChangeUser:
    """Change a user: ``changes`` has some of name, department, email, kind, post, active."""

    user_id: str
    changes: Mapping[str, Any]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SetRoles:
    """Let a user hold exactly these roles."""

    user_id: str
    roles: Sequence[str]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class UnlockUser:
    """Unlock an account before its time."""

    user_id: str


@dataclass(frozen=True, slots=True)
class EndSessions:
    """End one session of a user (the beginning of its digest), or all of them but ``kept``."""

    user_id: str
    session: str | None = None
    kept: str | None = None


@handles(ChangeUser)
def change_user(command: ChangeUser, unit: UnitOfWork) -> Answer:
    """Change; who is deactivated is signed out at once. Raises AdministratorOnly, NotOneself, UserUnknown."""
    require_administrator(unit.actor)
    row = _row(unit, command.user_id)
    _check(unit, command.changes)
    fresh = {name: value for name, value in command.changes.items() if row[_COLUMNS.get(name, name)] != value}
    if "active" in fresh:
        _not_oneself(unit.actor, command.user_id, "停用或启用")
    if not fresh:
        return {"id": command.user_id, "changed": []}
    values = {_COLUMNS.get(name, name): value for name, value in fresh.items()}
    unit.connection.execute(update(user).where(user.c.id == command.user_id).values(values))
    if fresh.get("active") is False:
        unit.connection.execute(delete(session).where(session.c.user_id == command.user_id))
    if "name" in fresh:
        names_changed(unit)
    unit.log(UserChanged(user_id=command.user_id, changes=fresh, reason=command.reason))
    return {"id": command.user_id, "changed": sorted(fresh)}


@handles(SetRoles)
def set_roles(command: SetRoles, unit: UnitOfWork) -> Answer:
    """Set. The security administrator gives any role; the system administrator all but the three administrators'.

    Raises AdministratorOnly, SecurityAdministratorOnly, NotOneself, UserUnknown, RolesExclusive, RoleUnknown.
    """
    _row(unit, command.user_id)
    _not_oneself(unit.actor, command.user_id, "更改角色")
    before = roles_of(unit, command.user_id)
    wanted = list(dict.fromkeys(command.roles))
    touched = set(before) ^ set(wanted)
    if touched & set(EXCLUSIVE):
        require_security(unit.connection, unit.actor)
    elif SECURITY not in unit.actor.groups:
        require_administrator(unit.actor)
    require_compatible(wanted)
    require_known(unit.connection, set(wanted) - set(before))
    if touched:
        write_roles(unit, command.user_id, wanted)
        unit.log(RolesSet(user_id=command.user_id, roles=wanted, before=before, reason=command.reason))
    return {"id": command.user_id, "roles": wanted}


@handles(UnlockUser)
def unlock_user(command: UnlockUser, unit: UnitOfWork) -> Answer:
    """Unlock. Raises AdministratorOnly, UserUnknown."""
    _require_either(unit.actor)
    _row(unit, command.user_id)
    values = {"failed_sign_ins": 0, "locked_until": None}
    unit.connection.execute(update(user).where(user.c.id == command.user_id).values(values))
    unit.log(UserUnlocked(user_id=command.user_id))
    return {"id": command.user_id}


@handles(EndSessions)
def end_sessions(command: EndSessions, unit: UnitOfWork) -> Answer:
    """End them: one's own, or anybody's by an administrator. Raises AdministratorOnly, NotFound."""
    if unit.actor.id != command.user_id:
        _require_either(unit.actor)
    wanted = delete(session).where(session.c.user_id == command.user_id)
    if command.session is not None:
        if not command.session.isalnum():
            raise _no_session()
        wanted = wanted.where(session.c.digest.startswith(command.session, autoescape=True))
    if command.kept is not None:
        wanted = wanted.where(session.c.digest != command.kept)
    count = unit.connection.execute(wanted).rowcount
    if command.session is not None and not count:
        raise _no_session()
    if count:
        unit.log(SessionsEnded(user_id=command.user_id, session=command.session, count=count))
    return {"ended": count}


def roles_of(unit: UnitOfWork, user_id: str) -> list[str]:
    """Return the roles a user holds, sorted."""
    query = select(membership.c.group_name).where(membership.c.user_id == user_id).order_by(membership.c.group_name)
    return list(unit.connection.execute(query).scalars())


def write_roles(unit: UnitOfWork, user_id: str, names: Sequence[str]) -> None:
    """Write the roles in place of those held till now."""
    unit.connection.execute(delete(membership).where(membership.c.user_id == user_id))
    if names:
        unit.connection.execute(insert(membership), [{"user_id": user_id, "group_name": name} for name in names])


def _row(unit: UnitOfWork, user_id: str) -> Mapping[Any, Any]:
    row = unit.connection.execute(select(user).where(user.c.id == user_id)).mappings().first()
    if row is None:
        raise UserUnknown(f"没有用户 {user_id}。")
    return row


def _check(unit: UnitOfWork, changes: Mapping[str, Any]) -> None:
    problems: dict[str, list[str]] = {}
    if not str(changes.get("name", "-")).strip():
        problems["name"] = ["不能为空。"]
    if changes.get("kind", KINDS[0]) not in KINDS:
        problems["kind"] = [f"应为 {'、'.join(KINDS)} 之一。"]
    place = changes.get("department")
    if place is not None:
        query = select(department.c.id).where(department.c.id == place)
        if unit.connection.execute(query).first() is None:
            problems["department"] = [f"没有机构 {place}。"]
    if problems:
        raise UserInvalid("用户资料有误，请按提示改正。", details={"fields": problems})


def _not_oneself(actor: Actor, user_id: str, what: str) -> None:
    if actor.id == user_id:
        raise NotOneself(f"不能给自己{what}，请由另一位管理员操作。")


def _require_either(actor: Actor) -> None:
    if actor.groups.isdisjoint((ADMINISTRATORS, SECURITY)):
        require_administrator(actor)


def _no_session() -> NotFound:
    return NotFound("没有这次登录，可能已经退出。")
