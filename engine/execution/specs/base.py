"""What all elements have in common: entered, begun, left; the token goes on along sequence flows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from engine.definitions.model import ElementType, FlowNode
from engine.errors import BanjieError
from engine.execution import compensation, ending, subscriptions
from engine.execution.errors import ElementFailed
from engine.execution.expressions import Formula
from engine.execution.mappings import Mappings, apply_inputs, apply_outputs
from engine.execution.outside import CLOCKS, ISSUING
from engine.execution.records import ElementActivated, ElementCompleted, VariableChanged
from engine.execution.specs.listening import END, NO_LISTENERS, START, Listening
from engine.execution.spiff import BpmnSpecMixin, TaskState
from engine.execution.variables import ScopeView, propagate, set_local

if TYPE_CHECKING:
    from engine.execution.program import ScopeSpec
    from engine.execution.specs.events import CatchSpec
    from engine.execution.task import ElementTask
    from engine.execution.workflow import Content


@dataclass(slots=True)
class Flow:
    """A compiled sequence flow (or the jump of a link event)."""

    id: str
    target: ElementSpec
    condition: Formula | None


class ElementSpec(BpmnSpecMixin):
    """An element of the diagram. Specs are shared by all instances and threads: nothing in them changes at run time."""

    repeats: ClassVar[bool] = False
    """Whether it is a multi-instance or loop body."""
    counters: Mapping[str, Callable[[ElementTask], object]] = {}
    """Variables that are counted when looked at instead of stored (of a multi-instance body)."""
    joins: bool = False
    """Whether tokens wait here for others."""

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int, name: str | None = None) -> None:
        super().__init__(scope, name or node.id)
        self.bpmn_id = node.id
        self.bpmn_name = node.name
        self.scope = scope
        self.node = node
        self.order = order
        """Position in document order, over the whole process."""
        self.element_id = node.id
        self.element_type = node.type.value
        self.inputs_mapping = Mappings(node.inputs) if node.inputs else None
        self.outputs_mapping = Mappings(node.outputs) if node.outputs else None
        self.flows: tuple[Flow, ...] = ()
        self.default: Flow | None = None
        self.conditional = False
        self.boundaries: tuple[CatchSpec, ...] = ()
        self.boundary_ids: frozenset[str] = frozenset()
        self.waits: tuple[CatchSpec, ...] = ()
        """The events for which an element instance opens subscriptions."""
        self.content: ScopeSpec | None = None
        self.handler: str | None = None
        """The activity that undoes this one (of its compensation boundary event)."""
        self.undo_start: CatchSpec | None = None
        """The start event of the compensation event subprocess in its content."""
        self.listening = Listening(node.listeners) if node.listeners else NO_LISTENERS
        self.collected = scope.host is not None and scope.host.node.ad_hoc_output_collection is not None
        """Whether it lies in an ad-hoc subprocess with an output collection."""
        self.issues = not self.repeats and any(name.startswith(ISSUING) for name in node.properties)
        """Whether the outside has something to do when it is left: a number, a register."""
        self.clocked = any(name.startswith(CLOCKS) for name in node.properties)

    # -- what Spiff calls -----------------------------------------------------------------------------------------

    def _predict(self, my_task: Any, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        """Predict nothing: tasks exist for tokens only."""

    def _update_hook(self, my_task: ElementTask) -> bool | None:
        return True

    def _on_ready(self, my_task: ElementTask) -> None:
        my_task.runtime.queue.append(my_task)

    def _run(self, my_task: ElementTask) -> bool | None:
        # Spiff's makes a failing task ERROR, which counts as finished and loses the token.
        return my_task.runtime.attempt(my_task, "activate", self._run_hook)

    def _run_hook(self, my_task: ElementTask) -> bool | None:
        if "heard" not in my_task.internal_data:
            self.enter(my_task)
            if self.listening is not NO_LISTENERS and self.listening.wait(my_task, START):
                return None
        return self.begin(my_task)

    def _on_complete_hook(self, my_task: ElementTask) -> None:
        for flow in my_task.taken:
            child = my_task._add_child(flow.target, TaskState.FUTURE)
            child.flow = flow.id
            if flow.target.element_id == my_task.internal_data.get("chosen"):
                child.internal_data["event"] = my_task.internal_data["passed"]

    def _on_cancel(self, my_task: ElementTask) -> None:
        """Do nothing: what it waited for is released where it is terminated."""

    # -- the life of an element instance --------------------------------------------------------------------------

    def enter(self, task: ElementTask) -> None:
        """Come to life and create local variables."""
        runtime = task.runtime
        if not task.activated:
            task.activated = True
            workflow = task.workflow
            outer = task.outer
            runtime.emit(
                ElementActivated(
                    task.key,
                    self.element_id,
                    self.element_type,
                    None if outer is None else outer.key,
                    workflow.process.key,
                    workflow.program.definition_key,
                    task.variables.get("loopCounter") if outer is not None and outer.task_spec.repeats else None,
                )
            )
            for name, value in task.variables.items():
                runtime.emit(VariableChanged(task.key, name, value))
        runtime.steps += 1
        if runtime.steps > runtime.max_steps:
            raise ElementFailed(
                "UNKNOWN",
                f"一次操作中已连续执行 {runtime.max_steps} 个元素而没有等待，流程图中可能有死循环。"
                "请检查循环的退出条件，改正后再重试。",
            )
        if self.inputs_mapping is not None:
            apply_inputs(task, self.inputs_mapping)

    def begin(self, task: ElementTask) -> bool | None:
        """Start waiting for events and do the element's own work; True when it can be left at once."""
        if self.waits:
            subscriptions.open_all(task, self.waits)
        if not self.behave(task):
            return None
        return task.runtime.attempt(task, "complete", self.leave)

    def behave(self, task: ElementTask) -> bool:
        """Do the element's own work; False to wait for the outside."""
        return True

    def leave(self, task: ElementTask) -> bool | None:
        """Apply output mappings and choose where to go; nothing is lost when this fails.

        None while a listener is waited for.
        """
        if self.issues and "issued" not in task.internal_data:
            issue(self, task)
        if self.outputs_mapping is not None and "mapped" not in task.internal_data:
            apply_outputs(task, self.outputs_mapping)
            task.internal_data["mapped"] = True  # never twice, whatever fails below
        if self.listening is not NO_LISTENERS and self.listening.wait(task, END):
            return None
        outer = task.outer
        if outer is not None and outer.task_spec.repeats:
            outer.task_spec.collect(outer, task)
        elif self.collected and outer is not None and "undoes" not in task.internal_data:
            outer.task_spec.collect_output(outer, task)
        taken = self.choose(task)
        task.taken = taken
        if self.handler is not None or self.undo_start is not None or "undoable" in task.internal_data:
            compensation.remember(task)
        ending.release(task)
        taken_ids = tuple(flow.id for flow in taken)
        if self.clocked:
            task.runtime.outside.leaving(task.key, ScopeView(task))
        task.runtime.emit(ElementCompleted(task.key, self.element_id, *ending.identity(task), taken_ids))
        return True

    def choose(self, task: ElementTask) -> tuple[Flow, ...]:
        """Return the flows to take: all without conditions, and those whose condition holds (section 13.3.1)."""
        if not self.conditional:
            return self.flows
        return choose_all(self, task)

    # -- what other elements ask ----------------------------------------------------------------------------------

    def content_ended(self, task: ElementTask, content: Content) -> None:
        """Hear that the content of a subprocess or called process has ended."""
        raise NotImplementedError

    def path_ended(self, task: ElementTask, content: Content) -> None:
        """Hear that a token has ended in the content of this element."""

    def may_end(self, task: ElementTask) -> bool:
        """Whether the content may end when no token is left in it."""
        return True

    def compensated(self, task: ElementTask) -> None:
        """Hear that everything this event wanted undone is undone."""
        ending.leave(task)

    def job_completed(self, task: ElementTask, variables: Mapping[str, Any]) -> None:
        """Hear that the job of this element, or of one of its listeners, is done."""
        if "listening" not in task.internal_data:
            ending.complete(task, variables)
            return
        done = self.listening.job_completed(task, variables)
        if done is not None:
            self.listened(task, done)

    def listened(self, task: ElementTask, done: str) -> None:
        """Go on after the last listener of a kind."""
        if done == END:
            ending.leave(task)
        else:
            self.go_on(task)

    def go_on(self, task: ElementTask) -> None:
        """Queue an element instance again whose beginning was held up."""
        task._set_state(TaskState.READY)
        task.runtime.queue.append(task)

    def event_starts(self, task: ElementTask) -> Sequence[CatchSpec]:
        """Return the start events of the event subprocesses in this element's content."""
        return () if self.content is None else self.content.event_starts


def issue(spec: ElementSpec, task: ElementTask) -> None:
    """Let the outside do what the element's properties ask for, and set the variables that come of it.

    They are for the whole case, so output mappings do not keep them in; the mappings see them too.
    """
    process_instance_key = task.workflow.process.key
    try:
        issued = task.runtime.outside.issue(spec.node, task.key, process_instance_key, ScopeView(task))
    except BanjieError as error:
        if spec.node.type is ElementType.USER_TASK:
            raise
        raise ElementFailed("UNKNOWN", error.message) from error
    task.internal_data["issued"] = True
    if spec.outputs_mapping is not None:
        for name, value in issued.items():
            set_local(task, name, value)
    propagate(task.outer or task, issued)


def choose_all(spec: ElementSpec, task: ElementTask) -> tuple[Flow, ...]:
    """Return every flow whose condition holds, in document order; else the default flow; else fail."""
    taken = tuple(
        flow
        for flow in spec.flows
        if flow is not spec.default and (flow.condition is None or flow.condition.boolean(task))
    )
    if spec.default is not None and not any(flow.condition is not None for flow in taken):
        taken = (*taken, spec.default)
    return taken or no_flow(spec)


def choose_first(spec: ElementSpec, task: ElementTask) -> tuple[Flow, ...]:
    """Return the first flow whose condition holds, in document order; else the default flow; else fail."""
    for flow in spec.flows:
        if flow is not spec.default and (flow.condition is None or flow.condition.boolean(task)):
            return (flow,)
    return (spec.default,) if spec.default is not None else no_flow(spec)


def no_flow(spec: ElementSpec) -> tuple[Flow, ...]:
    """Fail because no flow can be taken."""
    raise ElementFailed(
        "CONDITION_ERROR",
        f"元素“{spec.bpmn_name or spec.element_id}”的各条出线条件都不成立，也没有默认出线。"
        "请补上所需变量，或在流程图中增加默认出线，然后重试。",
    )
