"""加签 and 协办: have further people sign a user task before, after or beside its assignee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.commands.actions.errors import PersonUnsuitable
from engine.commands.actions.shared import (
    hold_user_task,
    require_person,
    require_reason,
    shown_task,
    signers_left,
)
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.action_events import SignerAnswered, SignersAdded
from engine.queries.action_policy import ASSIST, SIGN_AFTER, SIGN_BEFORE, SIGN_PARALLEL
from engine.store.keys import draw_key

runs(SignersAdded)(untouched)
runs(SignerAnswered)(untouched)

KINDS = {"BEFORE": SIGN_BEFORE, "AFTER": SIGN_AFTER, "PARALLEL": SIGN_PARALLEL, "ASSIST": ASSIST}
LABELS = {"BEFORE": "前加签", "AFTER": "后加签", "PARALLEL": "并加签", "ASSIST": "协办"}


@dataclass(frozen=True, slots=True)
class SignUserTask:
    """Ask ``people`` to sign the user task ``key``: ``kind`` BEFORE, AFTER, PARALLEL or ASSIST (协办)."""

    key: int
    kind: str
    people: Sequence[str]
    reason: str


@handles(SignUserTask)
def handle(command: SignUserTask, unit: UnitOfWork) -> Answer:
    """Add signers. Raises what holding a user task raises, ReasonMissing, PersonUnknown, PersonUnsuitable."""
    if command.kind not in KINDS or not command.people:
        raise ValueError(f"no such kind of signing: {command.kind} {command.people}")
    reason = require_reason(command.reason)
    row, case = hold_user_task(unit, command.key, KINDS[command.kind])
    asked = {each["user_id"] for each in signers_left(unit.connection, command.key)}
    for person in command.people:
        require_person(unit, person)
        if person in (unit.actor.id, unit.doer) or person in asked:
            raise PersonUnsuitable(f"“{person}”已在签办人中，请选择其他人。")
        asked.add(person)
    signers = [{"key": draw_key(unit.connection), "user_id": person} for person in command.people]
    case.execute(
        SignersAdded(
            key=command.key,
            kind=command.kind,
            signers=signers,
            task=shown_task(row, f"{row['name']}（{LABELS[command.kind]}）"),
            reason=reason,
        )
    )
    return {"key": command.key, "signers": [each["key"] for each in signers]}
