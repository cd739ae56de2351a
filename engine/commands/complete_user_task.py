"""Complete a user task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.errors import FormRefused
from engine.commands.handlers import Answer, handles
from engine.commands.runners import MachineSource, runs
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import Row, open_user_task, require_free_or_own
from engine.execution import Machine
from engine.history.events import UserTaskCompleted
from engine.queries.variables import visible_variables

OUTCOME = "outcome"
"""The element's property that names the form field whose value is the task's outcome (同意, 不同意, …)."""


@dataclass(frozen=True, slots=True)
class CompleteUserTask:
    """Finish the user task ``key`` with the form's data and an opinion (办理意见)."""

    key: int
    variables: Mapping[str, Any] = field(default_factory=dict)
    opinion: str | None = None


@runs(UserTaskCompleted)
def run(event: UserTaskCompleted, source: MachineSource) -> Machine:
    """Go on from the user task with the form's data."""
    machine = source.load()
    machine.user_task_completed(event.key, event.variables)
    return machine


@handles(CompleteUserTask)
def handle(command: CompleteUserTask, unit: UnitOfWork) -> Answer:
    """Check the form's data and go on. An unclaimed task is taken and done at once.

    Raises UserTaskUnknown, UserTaskNotOpen, UserTaskTaken, FormRefused.
    """
    row, case = open_user_task(unit, command.key)
    require_free_or_own(unit.actor, row)
    _check_form(unit, row, command.variables)
    production = case.execute(
        UserTaskCompleted(
            key=command.key,
            variables=dict(command.variables),
            opinion=command.opinion or None,
            outcome=_outcome(unit, row, command.variables),
        )
    )
    return {"key": command.key, "process_instance_key": row["root_key"], "case_ended": production.ended}


def _check_form(unit: UnitOfWork, row: Row, data: Mapping[str, Any]) -> None:
    if row["form_key"] is None:
        return
    schema = unit.sources.definitions.form_schema(unit.connection, row["form_key"])
    context = visible_variables(unit.connection, row["key"])
    problems = unit.validate_form(schema, data, context)
    if problems:
        raise FormRefused("表单有误，请按提示改正后重新提交。", details={"fields": dict(problems)})


def _outcome(unit: UnitOfWork, row: Row, data: Mapping[str, Any]) -> str | None:
    node = unit.sources.definitions.model(unit.connection, row["definition_key"]).node(row["element_id"])
    name = None if node is None else node.properties.get(OUTCOME)
    value = None if name is None else data.get(name)
    return None if value is None else str(value)
