"""How a case is saved and brought to life again: live tasks, their scopes and what they wait for; nothing finished."""

from __future__ import annotations

from typing import Any

from engine.definitions.model import EventType
from engine.execution.errors import StateUnreadable
from engine.execution.instance_collections import is_large
from engine.execution.outside import Outside
from engine.execution.parts import INSTANCES_IN_MAIN, MAIN, Parts
from engine.execution.runtime import Runtime
from engine.execution.spiff import TaskState
from engine.execution.task import ElementTask
from engine.execution.workflow import CaseWorkflow, Content, SubWorkflow

STATE_FORMAT = 1
"""Number of the format of saved states."""

Saved = list[Any]
"""A saved task: number, spec name, state, variables, internal data, content, instances; empty ends are left out."""


class StateKeeper:
    """Reads and writes the state of one case."""

    def __init__(self, parts: Parts, runtime: Runtime) -> None:
        self.parts = parts
        self.runtime = runtime
        self._former: dict[str, set[int]] = {}
        """The numbers in each part as loaded."""
        self._numbers: set[int] = set()
        self._written: dict[str, tuple[Any, set[int]]] = {}
        runtime.keeper = self

    # -- loading --------------------------------------------------------------------------------------------------

    @classmethod
    def load(cls, parts: Parts, outside: Outside, max_steps: int) -> tuple[Runtime, CaseWorkflow | None]:
        """Bring the case to life; None instead of a workflow when it has ended."""
        main = parts.read(MAIN)
        if main is None:
            raise StateUnreadable("找不到流程实例的存档，请从备份恢复。")
        if main["format"] != STATE_FORMAT:
            raise StateUnreadable(f"流程实例的存档格式是 {main['format']}，本版本只认 {STATE_FORMAT}，请先升级。")
        runtime = Runtime(outside, main["key"], main["counter"], max_steps)
        keeper = cls(parts, runtime)
        if "ended" in main:
            runtime.completed = main["ended"] == "completed"
            runtime.terminated = not runtime.completed
            return runtime, None
        tasks, _, definition_key, variables, internal = main["case"]
        workflow = CaseWorkflow(outside.program_by_key(definition_key), runtime)
        keeper._fill_process(workflow, variables, internal)
        keeper._fill(workflow, tasks)
        return runtime, workflow

    def owner(self, number: int) -> ElementTask | None:
        """Return the task that a number belongs to, loading the part it is in."""
        task = self.runtime.owners.get(number)
        if task is None and 0 < number <= self.runtime.counter:
            part = self.parts.place(number)
            if part is not None:
                self._load_instances(part)
                task = self.runtime.owners.get(number)
        return task

    def load_all(self, body: ElementTask) -> None:
        """Load every instance of a multi-instance body."""
        if not is_large(body):
            return
        first = 0
        if body.task_spec.sequential:
            first = max(0, body.internal_data["made"] - 1) // INSTANCES_IN_MAIN
        for chunk in range(first, body.internal_data["made"] // INSTANCES_IN_MAIN + 1):
            part = f"mi-{body.id}-{chunk}"
            if self.parts.text(part) is not None:
                self._load_instances(part)

    def _load_instances(self, part: str) -> None:
        if part in self._former:
            return
        content = self.parts.read(part)
        if content is None:
            raise StateUnreadable(f"找不到流程实例的存档“{part}”，请从备份恢复。")
        if content["in"] != MAIN:
            self._load_instances(content["in"])
        body = self.runtime.owners[content["body"]]
        outer_numbers, self._numbers = self._numbers, set()
        for saved in content["tasks"]:
            self._task(body.workflow, body.task_spec.inner, body, saved)
        self._former[part] = self._numbers
        self._numbers = outer_numbers

    def _fill_process(self, content: Content, variables: dict[str, Any], internal: dict[str, Any]) -> None:
        root = content.task_tree
        root.variables = variables
        root.internal_data = internal
        self._own(root)

    def _fill(self, content: Content, tasks: list[Saved]) -> None:
        specs = content.spec.task_specs
        for saved in tasks:
            # A compensation handler may run for a subprocess that has ended: its spec is not of this scope.
            spec = specs.get(saved[1]) or content.program.specs[saved[1]]
            self._task(content, spec, content.task_tree, saved)

    def _task(self, content: Content, spec: Any, parent: ElementTask, saved: Saved) -> None:
        task = ElementTask(content, spec, parent, saved[2], saved[0])
        if parent is not content.task_tree:
            task.outer = parent
        length = len(saved)
        if length > 3:
            task.variables = saved[3]
        if length > 4:
            task.internal_data = saved[4]
        self._own(task)
        if task._state == TaskState.WAITING:
            spec.register(task)
        if spec.repeats and spec.watched and is_large(task):
            self.runtime.watched[task.id] = task
        if length > 5 and saved[5]:
            self._content(task, saved[5])
        if length > 6:
            for each in saved[6]:
                self._task(content, spec.inner, task, each)

    def _content(self, host: ElementTask, saved: Saved) -> None:
        if len(saved) == 1:
            content = SubWorkflow(host.workflow.program, host.task_spec.content, host)
        else:
            _, number, definition_key, variables, internal = saved
            program = self.runtime.outside.program_by_key(definition_key)
            content = SubWorkflow(program, program.scope, host, number)
            self._fill_process(content, variables, internal)
        self._fill(content, saved[0])

    def _own(self, task: ElementTask) -> None:
        """Register everything that belongs to a loaded task."""
        owners = self.runtime.owners
        owners[task.id] = task
        numbers = numbers_of(task)
        self._numbers.update(numbers)
        for number in numbers:
            owners[number] = task
        for sub in task.internal_data.get("subs", ()):
            if sub["k"] == EventType.CONDITIONAL:
                self.runtime.conditions[sub["n"]] = task

    # -- saving ---------------------------------------------------------------------------------------------------

    def changed_parts(self, workflow: CaseWorkflow | None) -> dict[str, str | None]:
        """Return the parts to save; None means delete."""
        runtime = self.runtime
        main: dict[str, Any] = {"format": STATE_FORMAT, "key": runtime.base, "counter": runtime.counter}
        self._written = {}
        if runtime.completed or runtime.terminated or workflow is None:
            main["ended"] = "completed" if runtime.completed else "terminated"
        else:
            self._numbers = set()
            main["case"] = self._saved_content(workflow, MAIN)
        self._written[MAIN] = (main, set())
        changes = self.parts.changes(self._written, self._former)
        self._former = {part: numbers for part, (_, numbers) in self._written.items() if part != MAIN}
        return changes

    def _saved_content(self, content: Content, part: str) -> Saved:
        root = content.task_tree
        tasks = [
            self._saved_task(task, part)
            for task in content.tasks.values()
            if task is not root and task.outer is content.scope
        ]
        if content.scope is not root:
            return [tasks]
        self._numbers.update(numbers_of(root))
        return [tasks, root.id, content.program.definition_key, root.variables, root.internal_data]

    def _saved_task(self, task: ElementTask, part: str) -> Saved:
        self._numbers.update(numbers_of(task))
        saved: Saved = [task.id, task.task_spec.name, task._state, task.variables, task.internal_data]
        content = task.content
        saved.append(None if content is None else self._saved_content(content, part))
        if task.task_spec.repeats:
            saved.append(self._saved_instances(task, part))
        while not saved[-1]:
            saved.pop()
        return saved

    def _saved_instances(self, body: ElementTask, part: str) -> list[Saved]:
        live = [child for child in body.children if child.outer is body]
        if not is_large(body):
            return [self._saved_task(child, part) for child in live]
        chunks: dict[str, list[ElementTask]] = {}
        for child in live:
            chunks.setdefault(f"mi-{body.id}-{child.internal_data['i'] // INSTANCES_IN_MAIN}", []).append(child)
        for chunk, children in chunks.items():
            outer_numbers, self._numbers = self._numbers, set()
            tasks = [self._saved_task(child, chunk) for child in children]
            self._written[chunk] = ({"body": body.id, "in": part, "tasks": tasks}, self._numbers)
            self._numbers = outer_numbers
        return []


def numbers_of(task: ElementTask) -> list[int]:
    """Return all numbers that belong to a task: its own, its job's, its incident's, its subscriptions'."""
    numbers = [task.id]
    data = task.internal_data
    if data:
        if "job" in data:
            numbers.append(data["job"])
        if "incident" in data:
            numbers.append(data["incident"]["n"])
        numbers.extend(sub["n"] for sub in data.get("subs", ()))
    return numbers
