"""减签: let a signer go who has not answered."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.actions.completing import take_effect_if_signed
from engine.commands.actions.errors import SignerUnknown
from engine.commands.actions.shared import task_row
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.action_events import SignerRemoved
from engine.store.tables.actions import signer

runs(SignerRemoved)(untouched)


@dataclass(frozen=True, slots=True)
class RemoveSigner:
    """Let the signer ``key`` go, whom the actor had asked, or who signs what the actor has now."""

    key: int
    reason: str = ""


@handles(RemoveSigner)
def handle(command: RemoveSigner, unit: UnitOfWork) -> Answer:
    """Remove; if a held completion waited for this signer alone it takes effect.

    Raises SignerUnknown, CaseEnded, CaseSuspended.
    """
    query = select(signer).where(signer.c.key == command.key)
    found = unit.connection.execute(query).mappings().first()
    if found is None:
        raise SignerUnknown("没有这位加签人，请刷新。")
    case = unit.open_case(found["root_key"])
    found = unit.connection.execute(query).mappings().one()
    row = task_row(unit.connection, found["task_key"])
    entitled = {found["requested_by"], None if row is None else row["assignee_id"]}
    if found["state"] not in ("OPEN", "WAITING") or unit.actor.id not in entitled:
        raise SignerUnknown("这位加签人已经签完、已被减去，或者不是由您加的。请刷新。")
    case.require_live()
    case.execute(SignerRemoved(key=found["task_key"], signer_key=command.key, reason=command.reason.strip()))
    if row is not None:
        take_effect_if_signed(unit, case, row, without=command.key)
    return {"key": command.key}
