"""Writing notices, in the transaction of what they tell of."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import Connection, or_, select

from engine.notices.channels import CHANNELS
from engine.notices.kinds import Kind
from engine.queries.settings import policy_of
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
    found = {id_: email for id_, email in _recipients(unit.connection, users, groups) if id_ != unit.actor.id}
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
        for channel in CHANNELS.values():
            address = None if policy is None else channel.address(policy, user_id, email)
            if address is not None:
                unit.batch.insert(outbox, _letter(unit, key, channel.name, user_id, address))
    return len(found)


def _recipients(connection: Connection, users: Collection[str], groups: Collection[str]) -> list[tuple[str, str]]:
    conditions = []
    if users:
        conditions.append(user.c.id.in_(sorted(users)))
    if groups:
        holders = select(membership.c.user_id).where(membership.c.group_name.in_(sorted(groups)))
        conditions.append(user.c.id.in_(holders))
    if not conditions:
        return []
    query = select(user.c.id, user.c.email).where(user.c.active, or_(*conditions)).order_by(user.c.id)
    return [(row.id, row.email) for row in connection.execute(query)]


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
