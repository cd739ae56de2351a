"""Confirm or dispute a signature that somebody entered for the actor."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.actions.errors import ReasonMissing, SignatureUnknown
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.action_events import RecordedSignatureAnswered
from engine.store.tables.actions import recorded_signature

runs(RecordedSignatureAnswered)(untouched)


@dataclass(frozen=True, slots=True)
class AnswerRecordedSignature:
    """Say whether what was entered on the user task ``key`` is what the actor signed."""

    key: int
    confirmed: bool
    note: str | None = None


@handles(AnswerRecordedSignature)
def handle(command: AnswerRecordedSignature, unit: UnitOfWork) -> Answer:
    """Answer, once; the case may be closed by then. Raises SignatureUnknown, ReasonMissing."""
    query = select(recorded_signature).where(
        recorded_signature.c.task_key == command.key,
        recorded_signature.c.person_id == unit.actor.id,
        recorded_signature.c.state == "UNCONFIRMED",
    )
    found = unit.connection.execute(query).mappings().first()
    if found is not None:
        case = unit.open_case(found["root_key"])
        found = unit.connection.execute(query).mappings().first()
    if found is None:
        raise SignatureUnknown("没有等待您确认的代录，或者已经确认过。")
    if not command.confirmed and not (command.note or "").strip():
        raise ReasonMissing("请说明代录的内容哪里不对。")
    event = RecordedSignatureAnswered(key=command.key, confirmed=command.confirmed, note=command.note or None)
    case.execute(event)
    return {"key": command.key, "confirmed": command.confirmed}
