"""Note that a copy was read: the receipt."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.actions.errors import CopyUnknown
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.action_events import CopyRead
from engine.store.tables.actions import copy

runs(CopyRead)(untouched)


@dataclass(frozen=True, slots=True)
class ReadCopy:
    """The actor has read the copy ``key``."""

    key: int


@handles(ReadCopy)
def handle(command: ReadCopy, unit: UnitOfWork) -> Answer:
    """Note it, once: reading again changes nothing. Raises CopyUnknown."""
    query = select(copy).where(copy.c.key == command.key, copy.c.user_id == unit.actor.id)
    found = unit.connection.execute(query).mappings().first()
    if found is None:
        raise CopyUnknown("没有这份抄送，或者它不是发给您的。")
    case = unit.open_case(found["root_key"])
    found = unit.connection.execute(query).mappings().one()
    if found["read_at"] is None:
        case.execute(CopyRead(key=command.key))
    return {"key": command.key, "process_instance_key": found["root_key"]}
