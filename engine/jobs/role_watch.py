"""Watches whom open user tasks reach: people leave, and roles that nobody held are given to somebody."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import Connection, not_, select

from engine.commands.actor import SCHEDULER
from engine.commands.bus import CommandBus
from engine.commands.errors import CaseBusy
from engine.commands.reoffer_user_task import UNHELD, SettleUserTask
from engine.errors import BanjieError
from engine.store.database import reading
from engine.store.tables.identity import membership, user
from engine.store.tables.runtime import incident, user_task, user_task_candidate

logger = logging.getLogger(__name__)

BATCH = 100


def watch_roles(bus: CommandBus) -> int:
    """Settle the user tasks that may reach nobody, or may go back where they belong; return how many moved."""
    with reading(bus.engine) as connection:
        keys = _suspects(connection)
    moved = 0
    for key in keys:
        try:
            moved += bool(bus.execute(SettleUserTask(key), SCHEDULER)["moved"])
        except CaseBusy:
            continue
        except BanjieError as error:
            logger.error("user task %s could not be settled: %s", key, error.message)
        except Exception:
            # A mistake of the program in one case must not hold up what is for all others.
            logger.exception("user task %s could not be settled", key)
    return moved


def _suspects(connection: Connection) -> list[int]:
    if connection.execute(select(user.c.id).where(user.c.active).limit(1)).first() is None:
        return []
    held_by_nobody = (
        select(user_task.c.key)
        .join(user, user.c.id == user_task.c.assignee_id)
        .where(user_task.c.state == "CREATED", not_(user.c.active))
    )
    elsewhere = select(incident.c.key).where(incident.c.error_type == UNHELD, incident.c.state == "ACTIVE")
    found: list[int] = []
    for query in (held_by_nobody, _offered_to_nobody(connection), elsewhere):
        found += connection.execute(query.limit(BATCH)).scalars()
    return list(dict.fromkeys(found))


def _offered_to_nobody(connection: Connection) -> Any:
    """Open user tasks all of whose candidates are roles without holders or people out of service.

    There are few distinct candidates, however many tasks: first those nobody answers to, then their tasks.
    """
    names = set(connection.execute(select(user_task_candidate.c.principal).distinct()).scalars())
    groups = {name.removeprefix("group:") for name in names if name.startswith("group:")}
    holders = select(membership.c.group_name).join(user, user.c.id == membership.c.user_id).where(user.c.active)
    held = set(connection.execute(holders.distinct()).scalars())
    active = set(connection.execute(select(user.c.id).where(user.c.active)).scalars())
    silent = {f"group:{name}" for name in groups - held}
    silent |= {name for name in names if name.startswith("user:") and name.removeprefix("user:") not in active}
    column = user_task_candidate.c
    other = user_task_candidate.alias("other")
    answered = select(other.c.user_task_key).where(
        other.c.user_task_key == column.user_task_key, other.c.principal.not_in(silent)
    )
    return select(column.user_task_key).where(column.principal.in_(silent), not_(answered.exists())).distinct()
