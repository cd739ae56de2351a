"""Trying again what failed: each incident knows which phase of its element to repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.execution import ending
from engine.execution.errors import present
from engine.execution.specs.scopes import go_on_starting
from engine.execution.spiff import TaskState

if TYPE_CHECKING:
    from engine.execution.task import ElementTask


def retry(task: ElementTask) -> None:
    """Close the incident of ``task`` and repeat the phase that failed."""
    runtime = task.runtime
    phase = runtime.clear_incident(task)
    if phase == "activate":
        task._set_state(TaskState.READY)
        runtime.queue.append(task)
    elif phase == "complete":
        ending.leave(task)
    elif phase == "conditions":
        for sub in task.internal_data.get("subs", ()):
            sub.pop("failed", None)
        runtime.conditions_stale = True
    elif phase == "path":
        content = present(task.content)
        task.task_spec.path_ended(task, content)
        content.end_if_empty()
    elif phase == "joining":
        task.task_spec.counted(task)
    elif phase == "starting":
        go_on_starting(task)
