"""Listeners: jobs at the turning points of an element's life, one after the other (Camunda 8).

Execution listeners run before an element begins and before it is left; task listeners before a user task is there for
people and before its completion takes effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.definitions.model import Listener
from engine.execution.specs.jobs import JobWork
from engine.execution.variables import propagate, set_local

if TYPE_CHECKING:
    from engine.execution.task import ElementTask

START, END = "start", "end"
CREATING, COMPLETING = "creating", "completing"
TASK_EVENTS = (CREATING, COMPLETING)


class Listening:
    """The listeners of one element. What is done is kept with the task: ``heard`` names the finished rows."""

    def __init__(self, listeners: tuple[Listener, ...]) -> None:
        self._rows = {
            event: tuple(
                JobWork(each.job)
                for each in listeners
                if each.event == event and each.of_task == (event in TASK_EVENTS)
            )
            for event in (START, END, *TASK_EVENTS)
        }

    def wait(self, task: ElementTask, event: str) -> bool:
        """Create the first job of a row unless the row is empty or done; whether there is something to wait for."""
        heard = task.internal_data.get("heard", ())
        if not self._rows[event] or event in heard:
            return False
        if "listening" not in task.internal_data:
            self._create(task, event, 0)
        return True

    def job_completed(self, task: ElementTask, variables: Mapping[str, Any]) -> str | None:
        """Go on to the next listener; return the row that is done with this one, None while there are more.

        Variables of a start listener are local to the element, those of an end listener are propagated outwards; a
        task listener has none.
        """
        event, index = task.internal_data["listening"]
        del task.internal_data["listening"]
        if event in (START, *TASK_EVENTS) or task.outer is None:
            for name, value in variables.items():
                set_local(task, name, value)
        else:
            propagate(task.outer, variables)
        if index + 1 < len(self._rows[event]):
            self._create(task, event, index + 1)
            return None
        task.internal_data["heard"] = [*task.internal_data.get("heard", ()), event]
        return str(event)

    def _create(self, task: ElementTask, event: str, index: int) -> None:
        self._rows[event][index].create(task, "TASK_LISTENER" if event in TASK_EVENTS else "EXECUTION_LISTENER", event)
        task.internal_data["listening"] = [event, index]


NO_LISTENERS = Listening(())
