"""Give a claimed user task back to its candidates."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.errors import UserTaskTaken
from engine.commands.handlers import Answer, handles
from engine.commands.runners import runs, untouched
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import open_user_task
from engine.history.events import UserTaskReleased

runs(UserTaskReleased)(untouched)


@dataclass(frozen=True, slots=True)
class ReleaseUserTask:
    """Take the actor off the user task ``key``."""

    key: int


class NothingToReturnTo(UserTaskTaken):
    """The user task was given to this person alone: it has no candidates to go back to."""

    code = "commands.user-task-without-candidates"


@handles(ReleaseUserTask)
def handle(command: ReleaseUserTask, unit: UnitOfWork) -> Answer:
    """Release. Raises UserTaskUnknown, UserTaskNotOpen, UserTaskTaken, NothingToReturnTo."""
    row, case = open_user_task(unit, command.key)
    if row["assignee_id"] != unit.actor.id:
        raise UserTaskTaken(f"“{row['name']}”不在您名下，不能退回认领。")
    groups, users = list(row["candidate_groups"]), list(row["candidate_users"])
    if not groups and not users:
        raise NothingToReturnTo(f"“{row['name']}”是指定给您办理的，没有可退回的候选人。")
    case.execute(UserTaskReleased(key=command.key, candidate_groups=groups, candidate_users=users))
    return {"key": command.key, "assignee": None}
