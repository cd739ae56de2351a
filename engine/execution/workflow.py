"""SpiffWorkflow's workflows as the content of a case, of a called process, and of a subprocess."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.execution import compensation
from engine.execution.errors import present
from engine.execution.spiff import BpmnSubWorkflow, BpmnWorkflow, PythonScriptEngine, TaskState
from engine.execution.task import ElementTask

if TYPE_CHECKING:
    from engine.execution.program import Program, ScopeSpec
    from engine.execution.runtime import Runtime


class NoScripts(PythonScriptEngine):
    """There is no Python in a diagram: whatever of Spiff would still run some is refused."""

    def __init__(self) -> None:
        self.environment = self

    def evaluate(self, *_: object, **__: object) -> None:
        """Refuse."""
        raise RuntimeError("SpiffWorkflow tried to evaluate a Python expression")

    def execute(self, *_: object, **__: object) -> None:
        """Refuse."""
        raise RuntimeError("SpiffWorkflow tried to execute a Python script")

    def call_service(self, *_: object, **__: object) -> None:
        """Refuse."""
        raise RuntimeError("SpiffWorkflow tried to call a service")


NO_SCRIPTS = NoScripts()


class Content:
    """What the three have in common: live tasks only, and an end as soon as none is left.

    ``scope`` is the element instance that holds the variables: the process instance or the subprocess.
    """

    runtime: Runtime
    program: Program
    spec: ScopeSpec
    tasks: dict[int, ElementTask]
    task_tree: ElementTask
    top_workflow: Any
    scope: ElementTask | None
    process: ElementTask
    host: ElementTask | None
    completed: bool
    depth: int
    joins: dict[str, ElementTask]
    _remove_task: Callable[[int], None]

    def _plant(self, number: int) -> ElementTask:
        """Create the root of the task tree; it stands for the scope and is never run."""
        self.scope = None
        root = ElementTask(self, self.spec.start, None, TaskState.COMPLETED, number)
        self.task_tree = root
        self.joins = {}
        return root

    def live(self) -> list[ElementTask]:
        """Return all tasks but the root, in order of their numbers."""
        root = self.task_tree
        return [task for _, task in sorted(self.tasks.items()) if task is not root]

    def only_joins_left(self) -> bool:
        """Whether every token left waits in a join."""
        root = self.task_tree
        return all(task._state == TaskState.WAITING for task in self.tasks.values() if task is not root)

    def add_token(self, spec: Any, *, parent: ElementTask | None = None) -> ElementTask:
        """Put a new token on an element; it will be run in its turn."""
        child = (parent or self.task_tree)._add_child(spec, TaskState.FUTURE)
        child._ready()
        return child

    def update_waiting_tasks(self) -> None:
        """Do nothing: what waits is told what happened; Spiff would search the whole tree after every task."""

    def _task_completed_notify(self, task: ElementTask) -> None:
        parent = self.tasks[task._parent]
        children = parent._children
        position = children.index(task.id)
        children[position : position + 1] = task._children
        for number in task._children:
            self.tasks[number]._parent = parent.id
        del self.tasks[task.id]
        self.runtime.owners.pop(task.id, None)
        if "undoes" in task.internal_data:
            compensation.handler_ended(task)
        if parent.task_spec.repeats:
            parent.task_spec.instance_ended(parent, task)
            return
        if self.host is not None and not task.taken and self.scope is self.host:
            self.host.task_spec.path_ended(self.host, self)
        self.end_if_empty()

    def _task_removed_notify(self, task: ElementTask) -> None:
        self.runtime.owners.pop(task.id, None)
        if self.joins.get(task.task_spec.name) is task:
            del self.joins[task.task_spec.name]
            self.runtime.late_joins.pop(task.id, None)
            self.runtime.holders.pop(task.id, None)

    def end_if_empty(self) -> None:
        """End the scope if no token is left in it."""
        if len(self.tasks) == 1 and not self.completed and self.spec.may_end(self):
            self.completed = True
            self.runtime.content_ended(self)


class CaseWorkflow(Content, BpmnWorkflow):
    """The root process instance of a case; it holds the contents of all subprocesses and called processes."""

    def __init__(self, program: Program, runtime: Runtime) -> None:
        self.runtime = runtime
        self.program = program
        BpmnWorkflow.__init__(self, program.scope, script_engine=NO_SCRIPTS, deserializing=True)
        self.host = None
        self.process = self._plant(0)
        self.scope = self.process
        self.subprocesses: dict[int, SubWorkflow] = {}
        runtime.owners[0] = self.process


class SubWorkflow(Content, BpmnSubWorkflow):
    """The content of a subprocess, or with ``number`` a called process of that number."""

    def __init__(self, program: Program, spec: ScopeSpec, host: ElementTask, number: int | None = None) -> None:
        self.runtime = host.workflow.runtime
        self.program = program
        self.host = host
        top = host.workflow.top_workflow
        BpmnSubWorkflow.__init__(self, spec, host.id, top, deserializing=True)
        root = self._plant(host.id if number is None else number)
        if number is None:
            self.scope = host
            self.process = host.workflow.process
        else:
            self.scope = root
            self.process = root
            self.runtime.owners[number] = root
        top.subprocesses[host.id] = self

    def _calculate_depth(self) -> int:
        # Spiff searches all workflows for the parent.
        return present(self.host).workflow.depth + 1
