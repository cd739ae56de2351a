"""Jobs for workers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.definitions.model import JobDetails
from engine.execution.expressions import Formula, formula
from engine.execution.records import JobCreated

if TYPE_CHECKING:
    from engine.execution.task import ElementTask

DEFAULT_RETRIES = 3


class JobWork:
    """Creates the job of an element that a worker does."""

    def __init__(self, details: JobDetails) -> None:
        self.type = Formula(details.type)
        self.retries = formula(details.retries)
        self.headers = details.headers

    def create(self, task: ElementTask, kind: str = "BPMN_ELEMENT", listener_event: str | None = None) -> None:
        """Create the job for ``task``."""
        job_type = self.type.text(task)
        retries = DEFAULT_RETRIES if self.retries is None else self.retries.integer(task)
        runtime = task.runtime
        number = runtime.next_number()
        task.internal_data["job"] = number
        runtime.owners[number] = task
        runtime.emit(
            JobCreated(
                runtime.base + number,
                task.key,
                task.task_spec.element_id,
                job_type,
                retries,
                self.headers,
                kind,
                task.workflow.process.key,
                task.workflow.program.definition_key,
                listener_event,
            )
        )
