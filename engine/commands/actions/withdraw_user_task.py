"""撤回: take back what one has just done, while nobody has acted on what followed."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.actions.errors import ActionNotAllowed, SomebodyActed
from engine.commands.actions.return_user_task import go_back
from engine.commands.actions.shared import task_row
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import unknown
from engine.queries.causality import causality_of
from engine.queries.returning import plan_for
from engine.queries.withdrawing import obstacle_to_withdrawing


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
    definitions = unit.sources.definitions
    causality = causality_of(unit.connection, definitions, case.root_key)
    obstacle = obstacle_to_withdrawing(unit.connection, definitions, unit.actor.id, row, causality)
    if obstacle is not None:
        raise (ActionNotAllowed if obstacle.forbidden else SomebodyActed)(obstacle.message)
    plan = plan_for(causality, causality.instances[row["key"]])
    opened = go_back(unit, row, case, plan, command.reason.strip() or "撤回", direct=False)
    return {"key": command.key, "process_instance_key": case.root_key, "opened": opened}
