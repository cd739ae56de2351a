"""SpiffWorkflow's task as an element instance or a token waiting at a join."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from engine.execution.spiff import Task, TaskState

if TYPE_CHECKING:
    from engine.execution.runtime import Runtime
    from engine.execution.specs.base import Flow
    from engine.execution.workflow import Content

NO_DATA: Mapping[str, object] = MappingProxyType({})
"""What ``task.data`` always is: variables live in scopes, and writing here raises."""


class ElementTask(Task):
    """A task whose id is the number of an element instance, counted from the instance key of the case.

    ``internal_data`` is the saved part beside state and variables:
    ``subs`` open subscriptions, ``job``, ``incident``, ``arrived`` tokens by flow (joins), and what its spec keeps.
    """

    workflow: Content
    task_spec: Any

    def __init__(self, workflow: Content, task_spec: Any, parent: ElementTask | None, state: int, number: int) -> None:
        # Task.__init__ draws a UUID and reads the clock for every task; the attributes are the same.
        self.id = number
        workflow.tasks[number] = self
        self.workflow = workflow
        self._parent = None if parent is None else parent.id
        self._children = []
        self._state = state
        self.triggered = False
        self.task_spec = task_spec
        self.thread_id = 0
        self.data = NO_DATA
        self.internal_data = {}
        self.last_state_change = 0.0
        self.outer: ElementTask | None = workflow.scope
        """The element instance whose variables are seen next: the enclosing scope, or the multi-instance body."""
        self.variables: dict[str, Any] = {}
        self.flow: str | None = None
        """The sequence flow its token came by."""
        self.taken: tuple[Flow, ...] = ()
        self.activated = state == TaskState.STARTED
        """Whether the element instance exists for the outside: tokens on their way and in joins do not."""
        if parent is not None:
            parent._child_added_notify(self)

    @property
    def runtime(self) -> Runtime:
        """The runtime of the command."""
        return self.workflow.runtime

    @property
    def key(self) -> int:
        """The element instance key."""
        return self.workflow.runtime.base + int(self.id)

    @property
    def content(self) -> Content | None:
        """The running content of a subprocess or called process."""
        content: Content | None = self.workflow.top_workflow.subprocesses.get(self.id)
        return content

    @property
    def alive(self) -> bool:
        """Whether it is neither completed nor cancelled."""
        return not self._state & TaskState.FINISHED_MASK

    def _set_state(self, value: int) -> None:
        # Spiff's writes two log lines with all data at every change.
        self._state = value

    def _add_child(self, task_spec: Any, state: int = TaskState.FUTURE) -> ElementTask:
        runtime = self.workflow.runtime
        child = ElementTask(self.workflow, task_spec, self, state, runtime.next_number())
        runtime.owners[child.id] = child
        return child

    def run(self) -> bool | None:
        """Run the spec; complete on True, else wait for the outside. A task that cancelled itself stays cancelled."""
        done: bool | None = self.task_spec._run(self)
        if self._state == TaskState.READY:
            if done:
                self.complete()
            else:
                self._set_state(TaskState.STARTED)
        return done
