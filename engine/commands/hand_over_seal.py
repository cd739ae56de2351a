"""Handing a seal over (移交): “移交印章有交接人签字，保管人签字，时间记录” (L403). Each of the two says so."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.actions.errors import PersonUnsuitable
from engine.commands.actions.shared import is_active
from engine.commands.handlers import Answer, handles
from engine.commands.issuing.errors import HandoverUnknown, NotKeeper
from engine.commands.issuing.properties import moment_of
from engine.commands.unit import UnitOfWork
from engine.documents.organisation_files import seal_of
from engine.history.event import moment_text
from engine.history.paper_events import SealHandoverAnswered, SealHandoverProposed
from engine.notices.kinds import Kind
from engine.notices.notifying import notify
from engine.store.keys import draw_key
from engine.store.tables.issuing import seal_handover


@dataclass(frozen=True, slots=True)
class HandOverSeal:
    """Hand the seal ``seal`` over to the person ``to``; ``handed_at`` (ISO 8601) is now unless it says otherwise."""

    seal: str
    to: str
    handed_at: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerSealHandover:
    """Confirm that one has the seal, or refuse (who handed it over: withdraw) the hand-over ``key``."""

    key: int
    confirmed: bool
    note: str | None = None


@handles(HandOverSeal)
def hand_over(command: HandOverSeal, unit: UnitOfWork) -> Answer:
    """Hand over. Raises SealUnknown, NotKeeper, PersonUnsuitable."""
    seal = seal_of(unit.connection, command.seal)
    if unit.actor.groups.isdisjoint(seal.keepers):
        raise NotKeeper(f"{seal.name}由 {'、'.join(seal.keepers)} 保管，只有保管人可以移交。")
    if command.to == unit.actor.id or not is_active(unit.connection, command.to):
        raise PersonUnsuitable("接收人应为在册的其他人员，请重新选择。")
    handed = unit.now if command.handed_at is None else moment_of(command.handed_at)
    if handed is None or handed > unit.now:
        raise PersonUnsuitable("移交时间不能在现在之后，请核对。")
    key = draw_key(unit.connection)
    unit.log(
        SealHandoverProposed(
            key=key,
            seal=seal.id,
            from_id=unit.actor.id,
            to_id=command.to,
            handed_at=moment_text(handed),
            note=command.note or None,
        )
    )
    notify(unit, Kind.SEAL_HANDED_OVER, {command.to})
    return {"key": key}


@handles(AnswerSealHandover)
def answer(command: AnswerSealHandover, unit: UnitOfWork) -> Answer:
    """Answer. Raises HandoverUnknown, NotKeeper."""
    query = select(seal_handover).where(seal_handover.c.key == command.key)
    if unit.connection.dialect.name == "postgresql":
        query = query.with_for_update()
    row = unit.connection.execute(query).mappings().first()
    if row is None or row["state"] != "PROPOSED" or unit.actor.id not in (row["from_id"], row["to_id"]):
        raise HandoverUnknown("没有等待您确认的印章移交，请刷新后再试。")
    if command.confirmed and unit.actor.id != row["to_id"]:
        raise NotKeeper("移交须由接收保管的人本人确认。")
    unit.log(
        SealHandoverAnswered(key=row["key"], seal=row["seal"], confirmed=command.confirmed, note=command.note or None)
    )
    return {"key": row["key"], "state": "CONFIRMED" if command.confirmed else "WITHDRAWN"}
