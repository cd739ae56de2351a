"""Complete a user task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.actions import completing
from engine.commands.actions.second_factor import prove_identity
from engine.commands.actions.shared import nothing_hangs_on, require_allowed
from engine.commands.controls import check_user_task
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.commands.user_task_forms import check_form, outcome_of
from engine.commands.user_tasks import open_user_task, require_free_or_own
from engine.execution import Machine
from engine.history.events import UserTaskCompleted
from engine.queries.action_policy import BATCH


@dataclass(frozen=True, slots=True)
class CompleteUserTask:
    """Finish the user task ``key`` with the form's data and an opinion (办理意见)."""

    key: int
    variables: Mapping[str, Any] = field(default_factory=dict)
    opinion: str | None = None
    outcome: str | None = None
    """Of a further signer, who has no form of their own: 同意 or 不同意."""
    batch: bool = False
    """Whether it is one of several done together (批量)."""
    second_factor: str | None = None
    """The code that proves the actor's identity, where the element asks for it."""
    acknowledged: Mapping[str, Any] = field(default_factory=dict)
    """Answers to controls by their ids: a reason to a warning, true to what has to be confirmed."""


@runs(UserTaskCompleted)
def run(event: UserTaskCompleted, source: MachineSource) -> Machine:
    """Go on from the user task with the form's data."""
    machine = source.load()
    machine.user_task_completed(event.key, event.variables)
    return machine


@handles(CompleteUserTask)
def handle(command: CompleteUserTask, unit: UnitOfWork) -> Answer:
    """Check the form's data and go on. An unclaimed task is taken and done at once.

    Raises UserTaskUnknown, UserTaskNotOpen, UserTaskTaken, FormRefused, WaitsForOthers, SelfApproval,
    ActionNotAllowed (批量), SecondFactorMissing, SecondFactorRefused, ControlBlocked, AnswerNeeded.
    """
    row, case = open_user_task(unit, command.key)
    require_free_or_own(unit.actor, row, unit.on_behalf_of)
    plain = row["binding"] is None and nothing_hangs_on(unit.connection, row["key"])
    completing.require_turn(unit, row, plain=plain)
    if command.batch:
        require_allowed(unit, row, BATCH)
    check_form(unit, row, case, command.variables)
    opinion = command.opinion or None
    answered = completing.answer_bound(unit, row, case, command.variables, opinion, command.outcome)
    if answered is not None:
        return answered
    prove_identity(unit, row, case, command.second_factor)
    check_user_task(unit, row, case, command.variables, command.acknowledged)
    outcome = outcome_of(unit, row, command.variables)
    if plain:
        return completing.complete_plain(row, case, command.variables, opinion, outcome)
    return completing.complete(unit, row, case, command.variables, opinion, outcome)
