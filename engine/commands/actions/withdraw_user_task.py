"""撤回: take back what one has just done, while nobody has acted on what followed."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.actions.errors import ActionNotAllowed, SomebodyActed
from engine.commands.actions.return_user_task import go_back
from engine.commands.actions.shared import policy, task_row
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import Row, unknown
from engine.definitions.model import EventType
from engine.queries.action_policy import WITHDRAW, excluded, marks_on
from engine.queries.causality import Causality, causality_of
from engine.queries.events import steps_of
from engine.queries.returning import can_open_again, plan_for

PASSIVE = frozenset({"user_task_completed", "user_task_urged", "copies_sent", "copy_read"})
"""Commands on a user task that are no acting on it; a completed one is seen by its element instance."""
ACTED = frozenset({"USER_TASK", "SERVICE_TASK", "SEND_TASK", "RECEIVE_TASK", "BOUNDARY_EVENT"})
"""Elements whose completion means that somebody, or something outside, has acted."""


@dataclass(frozen=True, slots=True)
class WithdrawUserTask:
    """Open the user task ``key``, completed by the actor, again."""

    key: int
    reason: str = "撤回"


@handles(WithdrawUserTask)
def handle(command: WithdrawUserTask, unit: UnitOfWork) -> Answer:
    """Withdraw. Raises UserTaskUnknown, ActionNotAllowed, SomebodyActed, CaseEnded, CaseSuspended."""
    row = task_row(unit.connection, command.key)
    if row is None or row["completed_by"] != unit.actor.id:
        raise unknown(command.key)
    case = unit.open_case(row["root_key"])
    row = task_row(unit.connection, command.key) or row
    case.require_live()
    causality = causality_of(unit.connection, unit.sources.definitions, case.root_key)
    require_withdrawable(unit, row, causality)
    plan = plan_for(causality, causality.instances[row["key"]])
    opened = go_back(unit, row, case, plan, command.reason.strip() or "撤回", direct=False)
    return {"key": command.key, "process_instance_key": case.root_key, "opened": opened}


def require_withdrawable(unit: UnitOfWork, row: Row, causality: Causality) -> None:
    """Raise ActionNotAllowed or SomebodyActed unless a completed user task can be taken back."""
    found = policy(unit, row)
    if WITHDRAW not in found.allowed:
        raise ActionNotAllowed(f"“{row['name']}”不允许撤回（由流程图规定）。")
    target = causality.instances.get(row["key"])
    if row["binding"] is not None or target is None or not can_open_again(causality, target):
        raise SomebodyActed(f"“{row['name']}”所在的环节已经结束，不能撤回。")
    after = causality.descendants(row["key"])
    marks = set()
    for key in after:
        instance = causality.instances[key]
        node = unit.sources.definitions.model(unit.connection, instance.definition_key).node(instance.element_id)
        if instance.state == "COMPLETED":
            marks |= marks_on(node)
        sent = node is not None and node.event is not None and node.event.type in (EventType.MESSAGE, EventType.SIGNAL)
        if key != row["key"] and instance.state != "ACTIVE" and (instance.type in ACTED or sent):
            raise SomebodyActed(f"“{row['name']}”之后已有人办理，不能撤回。")
    why = excluded(unit.connection, unit.sources.definitions, WITHDRAW, found.nature, frozenset(marks))
    if why is not None:
        raise ActionNotAllowed(f"不能撤回：{why}。")
    for step in steps_of(unit.connection, row["root_key"]):
        payload = step.command.payload or {}
        touched = {payload.get("key"), payload.get("bound_to")} & (after - {row["key"]})
        if touched and step.command.type not in PASSIVE and step.actor_id != unit.actor.id:
            raise SomebodyActed(f"“{row['name']}”之后已有人办理，不能撤回。")
