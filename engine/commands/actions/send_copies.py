"""抄送 and 传阅: give people a case to read, with a receipt when they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.commands.actions.shared import require_allowed, require_person, task_row
from engine.commands.errors import CaseUnknown
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import unknown
from engine.history.action_events import CopiesSent
from engine.queries.action_policy import COPY
from engine.queries.sight import Sight, sight_of
from engine.store.keys import draw_key

runs(CopiesSent)(untouched)

KINDS = frozenset({"COPY", "CIRCULATE"})


@dataclass(frozen=True, slots=True)
class SendCopies:
    """Let ``people`` read the case ``process_instance_key``, open or closed; ``task_key`` is what it was sent from."""

    process_instance_key: int
    people: Sequence[str]
    kind: str = "COPY"
    task_key: int | None = None
    note: str | None = None


@handles(SendCopies)
def handle(command: SendCopies, unit: UnitOfWork) -> Answer:
    """Send. Raises CaseUnknown (also to whom may not see the content), ActionNotAllowed, PersonUnknown."""
    if command.kind not in KINDS or not command.people:
        raise ValueError(f"no such copies: {command.kind} {command.people}")
    if sight_of(unit.connection, unit.actor, command.process_instance_key) is not Sight.CONTENT:
        raise CaseUnknown(f"没有编号为 {command.process_instance_key} 的案件，或者您无权查看。")
    if command.task_key is not None:
        row = task_row(unit.connection, command.task_key)
        if row is None or row["root_key"] != command.process_instance_key:
            raise unknown(command.task_key)
        require_allowed(unit, row, COPY)
    case = unit.open_case(command.process_instance_key)
    people = [require_person(unit, person) for person in dict.fromkeys(command.people)]
    copies = [{"key": draw_key(unit.connection), "user_id": person} for person in people]
    note = command.note or None
    case.execute(CopiesSent(kind=command.kind, task_key=command.task_key, copies=copies, note=note))
    return {"copies": [each["key"] for each in copies]}
