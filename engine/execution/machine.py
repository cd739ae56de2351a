"""One process instance, with the processes it called, for the length of one command."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definitions.model import EventType
from engine.execution import ending, entering, incidents, migration, modification, rewinding, subscriptions, throwing
from engine.execution.errors import AlreadyEnded, ElementInstanceUnknown, ListenerVariables, NotWaiting
from engine.execution.outside import Outside
from engine.execution.parts import Parts
from engine.execution.program import Program
from engine.execution.records import Record
from engine.execution.runtime import Runtime
from engine.execution.specs.listening import TASK_EVENTS
from engine.execution.specs.scopes import start_process
from engine.execution.specs.tasks import UserTaskSpec
from engine.execution.spiff import TaskState
from engine.execution.state import StateKeeper
from engine.execution.task import ElementTask
from engine.execution.variables import propagate, set_local
from engine.execution.workflow import CaseWorkflow

MAX_STEPS = 10_000
"""How many element instances one command may bring to life before an incident stops it."""


@dataclass(frozen=True, slots=True)
class ActiveElement:
    """A live element instance, for checks and views."""

    key: int
    element_id: str
    type: str
    scope_key: int | None
    process_instance_key: int


class Machine:
    """A running process instance: start or load it, send it one thing that happened, save it, forget it.

    Commands raise an ExecutionError and change nothing when they do not fit; after any other exception the machine
    must not be saved.
    """

    def __init__(self, runtime: Runtime, workflow: CaseWorkflow | None) -> None:
        self._runtime = runtime
        self._workflow = workflow

    @classmethod
    def start(
        cls,
        program: Program,
        *,
        instance_key: int,
        outside: Outside,
        variables: Mapping[str, object],
        start_element: str | None = None,
        max_steps: int = MAX_STEPS,
    ) -> Machine:
        """Create an instance and run it until it waits.

        ``variables`` (JSON values) become variables of the process instance. ``start_element`` names the start event
        that was triggered; None means the one without a trigger. Raises StartEventUnknown.
        """
        start = program.start_event(start_element)
        runtime = Runtime(outside, instance_key, 0, max_steps)
        StateKeeper(Parts(None), runtime)
        workflow = CaseWorkflow(program, runtime)
        start_process(workflow, start, variables)
        runtime.run()
        return cls(runtime, workflow)

    @classmethod
    def enter(
        cls,
        program: Program,
        *,
        instance_key: int,
        outside: Outside,
        variables: Mapping[str, object],
        elements: Sequence[str],
        max_steps: int = MAX_STEPS,
    ) -> Machine:
        """Create an instance whose work stands at ``elements`` already (在办案件录入), and run it until it waits.

        Raises ElementUnknown, ScopeAmbiguous.
        """
        runtime = Runtime(outside, instance_key, 0, max_steps)
        StateKeeper(Parts(None), runtime)
        workflow = CaseWorkflow(program, runtime)
        entering.enter(workflow, variables, elements)
        runtime.run()
        return cls(runtime, workflow)

    @classmethod
    def load(cls, load_part: Callable[[str], str | None], outside: Outside, *, max_steps: int = MAX_STEPS) -> Machine:
        """Bring a saved instance to life; ``load_part`` gives the text of a part by its id (``main`` always exists).

        Raises StateUnreadable.
        """
        return cls(*StateKeeper.load(Parts(load_part), outside, max_steps))

    def changed_parts(self) -> dict[str, str | None]:
        """Return the parts to save after the command; None means delete."""
        return self._runtime.keeper.changed_parts(self._workflow)

    # -- what can be asked ----------------------------------------------------------------------------------------

    @property
    def records(self) -> list[Record]:
        """What has happened since the machine was started or loaded, in order."""
        return self._runtime.records

    @property
    def completed(self) -> bool:
        """Whether the process instance has completed."""
        return self._runtime.completed

    @property
    def terminated(self) -> bool:
        """Whether the process instance was terminated."""
        return self._runtime.terminated

    def active(self) -> list[ActiveElement]:
        """Return all live element instances, in order of their keys."""
        if self._workflow is None or self.completed or self.terminated:
            return []
        return [_seen(task) for task in modification.all_alive(self._live())]

    def element(self, key: int) -> ActiveElement:
        """Return one live element instance, loading only the part it is in. Raises ElementInstanceUnknown."""
        return _seen(self._element(key))

    def variables(self, scope_key: int) -> dict[str, Any]:
        """Return the variables in the scope of one element instance (without those of outer scopes).

        Those of the case itself can still be read in the command that ended it. Raises ElementInstanceUnknown,
        AlreadyEnded.
        """
        if self._workflow is not None and scope_key == self._runtime.base:
            return dict(self._workflow.task_tree.variables)
        return dict(self._element(scope_key).variables)

    # -- what can happen ------------------------------------------------------------------------------------------

    def user_task_completed(self, key: int, variables: Mapping[str, object]) -> None:
        """Complete a user task. Raises ElementInstanceUnknown, NotWaiting."""
        task = self._waiting_user_task(key)
        task.task_spec.work_done(task, variables)
        self._runtime.run()

    def job_completed(self, key: int, variables: Mapping[str, object]) -> None:
        """Complete a job. Raises ElementInstanceUnknown, ListenerVariables."""
        task = self._job_owner(key)
        if variables and task.internal_data.get("listening", ("",))[0] in TASK_EVENTS:
            raise ListenerVariables("任务监听器的作业不能带回变量，请不带变量完成它。")
        self._take_job(task)
        task.task_spec.job_completed(task, variables)
        self._runtime.run()

    def job_error_thrown(self, key: int, code: str, message: str, variables: Mapping[str, object]) -> bool:
        """Throw a BPMN error from a job; False when nothing catches it, which raises an incident."""
        task = self._job_owner(key)
        caught = throwing.throw(task, EventType.ERROR, code, variables) is not None
        if not caught:
            text = f"任务抛出的错误“{code}”没有被捕获：{message}。请修改流程图，或改正数据后重试。"
            self._runtime.clear_incident(task)
            self._runtime.raise_incident(task, "job", "UNHANDLED_ERROR_EVENT", text, task.internal_data["job"])
        self._runtime.run()
        return caught

    def job_failed_without_retries(self, key: int, message: str) -> int:
        """Raise an incident for a job without retries left; returns the incident's key."""
        task = self._job_owner(key)
        self._runtime.clear_incident(task)
        number = self._runtime.raise_incident(task, "job", "JOB_NO_RETRIES", message, task.internal_data["job"])
        return self._runtime.base + number

    def timer_fired(self, key: int) -> None:
        """Fire a timer. Raises ElementInstanceUnknown."""
        self._occurred(key, EventType.TIMER, {})

    def message_correlated(self, subscription_key: int, variables: Mapping[str, object]) -> None:
        """Deliver a message to a subscription. Raises ElementInstanceUnknown."""
        self._occurred(subscription_key, EventType.MESSAGE, variables)

    def signal_received(self, subscription_key: int, variables: Mapping[str, object]) -> None:
        """Deliver a signal to a subscription. Raises ElementInstanceUnknown."""
        self._occurred(subscription_key, EventType.SIGNAL, variables)

    def incident_resolved(self, incident_key: int) -> None:
        """Try again what failed. Raises ElementInstanceUnknown."""
        task = self._owner(incident_key)
        incident = task.internal_data.get("incident")
        if incident is None or incident["n"] != incident_key - self._runtime.base:
            raise ElementInstanceUnknown("这个事故已不存在，请刷新后再试。")
        incidents.retry(task)
        self._runtime.run()

    def variables_set(self, scope_key: int, variables: Mapping[str, object], local: bool = False) -> None:
        """Set variables where they are seen from a scope, or in that scope itself with ``local``."""
        task = self._element(scope_key)
        if local:
            for name, value in variables.items():
                set_local(task, name, value)
        else:
            propagate(task, variables)
        self._runtime.run()

    def terminate(self) -> None:
        """Cancel the whole instance."""
        workflow = self._live()
        ending.terminate_content(workflow)
        self._runtime.terminated = True

    def element_activated(
        self,
        element_id: str,
        variables: Mapping[str | None, Mapping[str, object]] | None = None,
        ancestor_scope_key: int | None = None,
    ) -> int:
        """Put a token on an element (modification); returns the key of its instance.

        ``variables`` are set locally: under an element's id in the instance of that enclosing scope or of the element
        itself, under None in the process instance. ``ancestor_scope_key`` names the scope instance to use where
        several are alive. Raises ElementUnknown, ScopeAmbiguous.
        """
        ancestor = None if ancestor_scope_key is None else self._element(ancestor_scope_key)
        task = modification.activate(self._live(), element_id, variables or {}, ancestor)
        self._runtime.run()
        return task.key

    def element_terminated(self, key: int) -> None:
        """Cut an element instance short (modification); a scope left without tokens is terminated too."""
        modification.terminate(self._element(key))
        self._runtime.run()
        if self._workflow is not None and self._workflow.completed and not self.completed:
            self._runtime.terminated = True

    def rewound(
        self,
        scope_key: int,
        element_id: str | None,
        *,
        terminate: Sequence[int] = (),
        drop: Sequence[tuple[int, str]] = (),
        restore: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Go back: cut element instances short, take tokens from joins or put them back, activate an element again.

        The element lies directly in the scope ``scope_key``; tokens are given as scope and flow. Scopes stay alive.
        Raises ElementInstanceUnknown, ElementUnknown.
        """
        scope = self._element(scope_key)
        rewinding.cut([self._element(key) for key in terminate])
        for key, flow_id in drop:
            rewinding.drop(rewinding.JoinToken(self._element(key), flow_id))
        if element_id is not None:
            rewinding.activate(element_id, scope)
        for key, flow_id in restore:
            rewinding.restore(rewinding.JoinToken(self._element(key), flow_id))
        self._runtime.run()

    def user_task_reworked(
        self,
        key: int,
        variables: Mapping[str, object],
        element_id: str,
        scope_key: int,
        drop: Sequence[tuple[int, str]],
    ) -> None:
        """Complete a user task, but go straight to another element instead of along its flows (直达).

        Raises ElementInstanceUnknown, NotWaiting, ElementUnknown.
        """
        task = self._waiting_user_task(key)
        for place, flow_id in drop:
            rewinding.drop(rewinding.JoinToken(self._element(place), flow_id))
        rewinding.activate(element_id, self._element(scope_key))
        task.internal_data["astray"] = True
        task.task_spec.work_done(task, variables)
        self._runtime.run()

    def migration_obstacles(self, program: Program, mapping: Mapping[str, str]) -> dict[str, str]:
        """Return why live elements could not move to ``program``, by element id; empty if the case can migrate."""
        return migration.obstacles(self._live(), program, mapping)

    def migrate(self, program: Program, mapping: Mapping[str, str]) -> None:
        """Continue the case on another version of its process; ``mapping`` names elements whose id has changed.

        Keys, variables and running timers stay. Raises MigrationImpossible with a reason for each element that has no
        place in the new version.
        """
        migration.migrate(self._live(), program, mapping)
        self._runtime.run()

    # -- finding --------------------------------------------------------------------------------------------------

    def _live(self) -> CaseWorkflow:
        if self._workflow is None or self.completed or self.terminated:
            raise AlreadyEnded("这个流程实例已经结束，不能再操作。")
        return self._workflow

    def _owner(self, key: int) -> ElementTask:
        self._live()
        task = self._runtime.keeper.owner(key - self._runtime.base)
        if task is None:
            raise ElementInstanceUnknown("找不到这一项：它可能已经完成或取消，请刷新后再试。", details={"key": key})
        return task

    def _element(self, key: int) -> ElementTask:
        task = self._owner(key)
        if task.key != key or task._state == TaskState.WAITING:
            raise ElementInstanceUnknown("找不到这个元素实例，请刷新后再试。", details={"key": key})
        return task

    def _waiting_user_task(self, key: int) -> ElementTask:
        task = self._element(key)
        if not isinstance(task.task_spec, UserTaskSpec) or _is_busy(task):
            raise NotWaiting("这个元素不是等待办理的用户任务，请刷新后再试。")
        return task

    def _job_owner(self, key: int) -> ElementTask:
        task = self._owner(key)
        if task.internal_data.get("job") != key - self._runtime.base:
            raise ElementInstanceUnknown("找不到这个作业：它可能已经完成或取消。", details={"key": key})
        return task

    def _take_job(self, task: ElementTask) -> None:
        self._runtime.owners.pop(task.internal_data.pop("job"), None)
        self._runtime.clear_incident(task)

    def _occurred(self, key: int, kind: EventType, variables: Mapping[str, object]) -> None:
        owner = self._owner(key)
        sub = subscriptions.find(owner, key - self._runtime.base)
        if sub is None or sub["k"] != kind:
            raise ElementInstanceUnknown("这个等待已不存在：它可能已经触发或取消。", details={"key": key})
        subscriptions.event_of(owner, sub).occurred(owner, sub, variables)
        self._runtime.run()


def _is_busy(task: ElementTask) -> bool:
    """Whether a user task can't be completed: it has failed itself, or its listeners are at work."""
    incident = task.internal_data.get("incident")
    return "listening" in task.internal_data or (incident is not None and incident["phase"] in ("activate", "complete"))


def _seen(task: ElementTask) -> ActiveElement:
    spec, workflow = task.task_spec, task.workflow
    outer = task.outer or workflow.host
    scope_key = None if outer is None else outer.key
    return ActiveElement(task.key, spec.element_id, spec.element_type, scope_key, workflow.process.key)
