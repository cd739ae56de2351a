"""Roles that the platform itself knows, and which of them exclude each other."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from engine.commands.actor import INSTALLER, Actor
from engine.errors import Conflict, Forbidden
from engine.queries.administrators import ADMINISTRATORS, AUDITORS, EXCLUSIVE, SECURITY
from engine.store.tables.identity import group, membership, user

__all__ = ["ADMINISTRATORS", "AUDITORS", "EXCLUSIVE", "HEAD", "SECURITY"]

HEAD = "科室负责人"
"""Head of a department: ``科室负责人@bgs``."""


class RolesExclusive(Conflict):
    """Two of the three administrators' roles were given to one person."""

    code = "identity.roles-exclusive"


class RoleUnknown(Conflict):
    """There is no such role."""

    code = "identity.role-unknown"


class SecurityAdministratorOnly(Forbidden):
    """The command is for the security administrator."""

    code = "identity.security-administrator-only"


class NotOneself(Forbidden):
    """Nobody changes their own roles or account as an administrator."""

    code = "identity.not-oneself"


def require_compatible(names: Iterable[str]) -> None:
    """Raise RolesExclusive when two of the three administrators' roles are among the names."""
    held = [name for name in EXCLUSIVE if name in set(names)]
    if len(held) > 1:
        raise RolesExclusive(f"{'、'.join(held)}不能由同一人担任（三员分立），请分给不同的人。")


def require_known(connection: Connection, names: Iterable[str]) -> None:
    """Raise RoleUnknown when one of the names is no role of the organisation."""
    wanted = set(names)
    known = set(connection.execute(select(group.c.name).where(group.c.name.in_(wanted))).scalars())
    missing = sorted(wanted - known)
    if missing:
        raise RoleUnknown(f"没有角色 {'、'.join(missing)}，请先在机构资料中登记。")


def require_security(connection: Connection, actor: Actor) -> None:
    """Raise SecurityAdministratorOnly unless the actor may decide on rights and policies.

    While nobody is security administrator, at the very beginning, the system administrator may.
    """
    if SECURITY in actor.groups or actor.id == INSTALLER.id:
        return
    if actor.administrator and not anybody_holds(connection, (SECURITY,)):
        return
    raise SecurityAdministratorOnly("只有安全管理员可以进行此操作。")


def anybody_holds(connection: Connection, names: Iterable[str]) -> bool:
    """Return whether any active user holds one of the roles."""
    query = (
        select(membership.c.user_id)
        .join(user, user.c.id == membership.c.user_id)
        .where(membership.c.group_name.in_(list(names)), user.c.active)
    )
    return connection.execute(query.limit(1)).first() is not None
