"""Allow or refuse 跳转 or 终止, as the owner of the procedure."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.actions.errors import InterventionUnknown
from engine.commands.actions.request_intervention import TERMINATE
from engine.commands.actions.shared import require_reason
from engine.commands.controls import check_jump
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.action_events import InterventionDecided, InterventionRequested
from engine.history.events import ProcessInstanceCanceled, ProcessInstanceModified
from engine.store.tables.actions import intervention

runs(InterventionRequested)(untouched)
runs(InterventionDecided)(untouched)


@dataclass(frozen=True, slots=True)
class DecideIntervention:
    """Allow the intervention ``key``, which is then done at once, or refuse it with a note."""

    key: int
    approve: bool
    note: str | None = None


@handles(DecideIntervention)
def handle(command: DecideIntervention, unit: UnitOfWork) -> Answer:
    """Decide. Raises InterventionUnknown (also to who asked, and who is no owner), ReasonMissing, CaseEnded,
    CaseSuspended, ControlBlocked (what must come before the target was not done), ExecutionError."""
    query = select(intervention).where(intervention.c.key == command.key)
    row = unit.connection.execute(query).mappings().first()
    if row is None or row["requested_by"] == unit.actor.id or unit.actor.groups.isdisjoint(row["owner_groups"]):
        raise InterventionUnknown("没有等待您批准的申请。")
    case = unit.open_case(row["root_key"])
    row = unit.connection.execute(query).mappings().one()
    if row["state"] != "REQUESTED":
        raise InterventionUnknown("该申请已经有了决定，请刷新。")
    if not command.approve:
        note = require_reason(command.note or "")
        case.execute(InterventionDecided(key=command.key, approved=False, note=note))
        return {"key": command.key, "approved": False, "case_ended": False}
    case.require_live()
    case.execute(InterventionDecided(key=command.key, approved=True, note=command.note or None))
    reason = row["reason"]
    if row["kind"] == TERMINATE:
        production = case.execute(ProcessInstanceCanceled(reason=reason))
    else:
        check_jump(unit, case, row["element_id"])
        jump = {"element_id": row["element_id"], "variables": {}, "ancestor_key": None}
        event = ProcessInstanceModified(activate=[jump], terminate=list(row["terminate"]), reason=reason)
        production = case.execute(event)
    return {"key": command.key, "approved": True, "case_ended": production.ended}
