"""People for a bureau, and the actors they are."""

from __future__ import annotations

from typing import Any

from engine.commands.actor import INSTALLER, Actor
from engine.identity.organisation import LoadOrganisation
from engine.identity.people import load_actor
from engine.queries.inbox import inbox
from engine.queries.paging import Request
from engine.queries.user_tasks import Moment
from engine.store.database import reading
from tests.unit.commands.platforms import Bureau

ROLES = (
    "clerks",
    "approvers",
    "科室负责人@bgs",
    "科室负责人@kjk",
    "经办人@kjk",
    "系统管理员",
    "安全管理员",
    "审计管理员",
)


def employ(bureau: Bureau, **people: tuple[str, ...]) -> None:
    """Let people serve: user name to roles. ``kjk_`` at the beginning of a name puts them into that department."""
    departments = (
        {"id": "bgs", "name": "办公室", "kind": "internal"},
        {"id": "kjk", "name": "科技科", "kind": "internal"},
    )
    users = tuple(
        {
            "username": name,
            "name": f"{name}某",
            "department": "kjk" if name.startswith("kjk_") else "bgs",
            "groups": roles,
        }
        for name, roles in people.items()
    )
    roles = tuple({"name": name, "label": name} for name in ROLES)
    bureau.bus.execute(LoadOrganisation(departments, roles, users), INSTALLER)


def actor(bureau: Bureau, name: str) -> Actor:
    """Return somebody as they are at this moment."""
    with reading(bureau.engine) as connection:
        return load_actor(connection, name, bureau.clock.now())


def inbox_of(bureau: Bureau, name: str) -> list[dict[str, Any]]:
    """Return the open user tasks that somebody sees."""
    with reading(bureau.engine) as connection:
        moment = Moment(bureau.clock.now(), None)
        return list(inbox(connection, actor(bureau, name), Request(), moment).items)
