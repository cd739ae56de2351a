"""Writing notices, in the transaction of what they tell of."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, select

from engine.notices.channels import CHANNELS
from engine.notices.kinds import Kind
from engine.queries.settings import Policy, policy_of
from engine.store.prepared import PreparedQuery
from engine.store.tables.identity import membership, user
from engine.store.tables.notices import notice, outbox

if TYPE_CHECKING:
    from engine.commands.unit import UnitOfWork

_KEY_BITS = 62


def notify(
    unit: UnitOfWork,
    kind: Kind,
    users: Collection[str] = (),
    groups: Collection[str] = (),
    *,
    root_key: int | None = None,
    user_task_key: int | None = None,
) -> int:
    """Tell active users, and the holders of roles, of an occasion; return how many were told.

    Who acts is not told of what they did themselves. For each channel beside the page that is switched on and knows
    an address, a row goes to the outbox, to be sent after the commit.
    """
    found = _recipients(unit.connection, users, groups)
    found.pop(unit.actor.id, None)
    policy = policy_of(unit.connection) if any(found.values()) else None
    for user_id, email in found.items():
        key = secrets.randbits(_KEY_BITS)
        unit.batch.insert(
            notice,
            {
                "key": key,
                "user_id": user_id,
                "kind": kind.value,
                "text": kind.text,
                "root_key": root_key,
                "user_task_key": user_task_key,
                "created_at": unit.now,
                "read_at": None,
            },
        )
        _send_out(unit, policy, key, user_id, email)
    return len(found)


def notify_actor(unit: UnitOfWork, kind: Kind) -> list[str]:
    """Tell who acts of something they asked to be told of; return by which channels beside the page it goes out."""
    (user_id, email), *_ = _recipients(unit.connection, {unit.actor.id}, ()).items()
    key = secrets.randbits(_KEY_BITS)
    values = {"key": key, "user_id": user_id, "kind": kind.value, "text": kind.text, "created_at": unit.now}
    unit.batch.insert(notice, {**values, "root_key": None, "user_task_key": None, "read_at": None})
    return _send_out(unit, policy_of(unit.connection), key, user_id, email)


def _send_out(unit: UnitOfWork, policy: Policy | None, key: int, user_id: str, email: str | None) -> list[str]:
    """Put a notice into the outbox for each channel that is switched on and knows an address."""
    channels = []
    for channel in CHANNELS.values():
        address = None if policy is None else channel.address(policy, user_id, email)
        if address is not None:
            unit.batch.insert(outbox, _letter(unit, key, channel.name, user_id, address))
            channels.append(channel.name)
    return channels


def _recipients(connection: Connection, users: Collection[str], groups: Collection[str]) -> dict[str, str | None]:
    """Active users by id, with their addresses; one name a statement, for mostly there is one."""
    found: dict[str, str | None] = {}
    for query, names in ((_PERSON, users), (_HOLDERS, groups)):
        for name in sorted(names):
            found.update({row["id"]: row["email"] for row in query.all(connection, {"name": name})})
    return found


_PERSON = PreparedQuery(select(user.c.id, user.c.email).where(user.c.id == bindparam("name"), user.c.active))
_HOLDERS = PreparedQuery(
    select(user.c.id, user.c.email)
    .join(membership, membership.c.user_id == user.c.id)
    .where(membership.c.group_name == bindparam("name"), user.c.active)
    .order_by(user.c.id)
)


def _letter(unit: UnitOfWork, key: int, channel: str, user_id: str, address: str) -> dict[str, object]:
    return {
        "key": key,
        "channel": channel,
        "user_id": user_id,
        "address": address,
        "status": "ready",
        "due_at": unit.now,
        "attempts": 0,
        "lock_until": None,
        "fence": 0,
        "last_error": None,
        "created_at": unit.now,
        "sent_at": None,
    }
