"""What the controls of a user task would find now: asked before the completion, so that nobody is refused unasked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.controls.checking import found_now
from engine.commands.handlers import Answer, handles
from engine.commands.unit import UnitOfWork
from engine.commands.user_tasks import open_user_task


@dataclass(frozen=True, slots=True)
class PreviewControls:
    """Evaluate the controls of the user task ``key`` with the form's data; nothing is written."""

    key: int
    variables: Mapping[str, Any] = field(default_factory=dict)


@handles(PreviewControls)
def handle(command: PreviewControls, unit: UnitOfWork) -> Answer:
    """Evaluate. Raises UserTaskUnknown, UserTaskNotOpen, CaseEnded, CaseSuspended."""
    row, _ = open_user_task(unit, command.key)
    return {"items": found_now(unit, row, command.variables)}
