"""Keep what somebody has filled in so far. A draft is nobody's history: it is theirs alone until they submit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import require_free_or_own, require_open, takes_up, unknown
from engine.store.tables.runtime import draft, user_task


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep the data for the user task ``key``."""

    key: int
    variables: Mapping[str, Any]


@handles(SaveDraft)
def handle(command: SaveDraft, unit: UnitOfWork) -> Answer:
    """Save. Raises UserTaskUnknown, UserTaskNotOpen, UserTaskTaken."""
    row = unit.connection.execute(select(user_task).where(user_task.c.key == command.key)).mappings().first()
    if row is None or not takes_up(unit, row):
        raise unknown(command.key)
    require_open(row)
    require_free_or_own(unit.actor, row, unit.on_behalf_of)
    unit.batch.upsert(
        draft,
        {
            "user_task_key": command.key,
            "user_id": unit.actor.id,
            "variables": dict(command.variables),
            "saved_at": unit.now,
        },
    )
    return {"key": command.key}
