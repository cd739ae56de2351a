"""委派: have another person do the work; it comes back for confirmation."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.actions.shared import hold_user_task, require_reason
from engine.commands.actions.transfer_user_task import next_number, require_suitable
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.history.action_events import DelegationResolved, UserTaskDelegated
from engine.queries.action_policy import DELEGATE

runs(UserTaskDelegated)(untouched)
runs(DelegationResolved)(untouched)


@dataclass(frozen=True, slots=True)
class DelegateUserTask:
    """Let ``to`` work on the user task ``key``; what they fill in comes back to the actor, who completes it."""

    key: int
    to: str
    reason: str


@handles(DelegateUserTask)
def handle(command: DelegateUserTask, unit: UnitOfWork) -> Answer:
    """Delegate. Raises what holding a user task raises, ReasonMissing, PersonUnknown, PersonUnsuitable."""
    reason = require_reason(command.reason)
    _, case = hold_user_task(unit, command.key, DELEGATE, take=False)
    require_suitable(unit, command.key, command.to)
    case.execute(
        UserTaskDelegated(
            key=command.key,
            number=next_number(unit, command.key),
            from_id=unit.doer,
            assignee_id=command.to,
            reason=reason,
        )
    )
    return {"key": command.key, "assignee": command.to}
