"""A process model made executable: SpiffWorkflow specs built directly from the model, without Spiff's parsers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from engine.definitions.model import ElementType, EventType, FlowNode, ProcessModel, Scope
from engine.execution.errors import StartEventUnknown, present
from engine.execution.specs.listening import END, NO_LISTENERS, START, Listening
from engine.execution.spiff import BpmnProcessSpec, BpmnStartTask, WorkflowSpec

if TYPE_CHECKING:
    from engine.execution.specs.base import ElementSpec
    from engine.execution.specs.events import CatchSpec, StartSpec
    from engine.execution.task import ElementTask
    from engine.execution.workflow import Content


class ScopeStart(BpmnStartTask):
    """The root of a scope's task tree; for a process it stands for the process instance. It is never run."""

    repeats: ClassVar[bool] = False
    joins: ClassVar[bool] = False
    counters: Mapping[str, Callable[[ElementTask], object]] = {}
    boundaries: tuple[CatchSpec, ...] = ()
    boundary_ids: frozenset[str] = frozenset()
    outputs_mapping = None
    handler = None
    order = -1

    def __init__(self, scope: ScopeSpec) -> None:
        # No element can have this name: "#" is not allowed in an XML id.
        super().__init__(scope, "#start")
        self.element_id = scope.element_id
        self.element_type = scope.element_type
        self.content = scope
        self.listening = scope.listening

    def job_completed(self, root: ElementTask, variables: Mapping[str, Any]) -> None:
        """Hear that a job of one of the process' own listeners is done."""
        from engine.execution import ending
        from engine.execution.specs.scopes import go_on_starting

        done = self.listening.job_completed(root, variables)
        if done == START:
            go_on_starting(root)
        elif done == END:
            ending.end_content(root.workflow)

    def event_starts(self, _: ElementTask) -> tuple[StartSpec, ...]:
        """Return the start events of the scope's event subprocesses."""
        return self.content.event_starts


class ScopeSpec(BpmnProcessSpec):
    """What a process or a subprocess contains."""

    def __init__(
        self,
        scope: Scope,
        element_id: str,
        element_type: ElementType,
        host: ElementSpec | None,
        listening: Listening = NO_LISTENERS,
    ) -> None:
        # BpmnProcessSpec.__init__ would add "Start" and "End", names that an element may have.
        WorkflowSpec.__init__(self, name=element_id)
        self.data_objects: dict[str, object] = {}
        self.bpmn_start_events: list[Any] = []
        self.element_id = element_id
        self.element_type = element_type.value
        self.model = scope
        self.listening = listening
        self.host = host
        """The subprocess that has this content; None for a process."""
        self.start = ScopeStart(self)
        self.starts: tuple[StartSpec, ...] = ()
        self.instantiating: tuple[CatchSpec, ...] = ()
        """Receive tasks, and events behind event-based gateways, that start an instance."""
        self.initial: tuple[ElementSpec, ...] = ()
        """Where tokens are put when the scope starts and no start event is named."""
        self.event_starts: tuple[StartSpec, ...] = ()

    def none_start(self) -> StartSpec | None:
        """Return the start event without a trigger; None if the process starts without start events.

        Raises StartEventUnknown when all start events need a trigger.
        """
        for start in self.starts:
            if start.kind is EventType.NONE:
                return start
        if self.triggers() or not self.initial:
            raise StartEventUnknown(f"流程“{self.element_id}”没有无触发条件的开始事件，不能直接启动或调用。")
        return None

    def triggers(self) -> tuple[CatchSpec, ...]:
        """Return everything that can start the process: its start events and what instantiates it otherwise."""
        return (*self.starts, *self.instantiating)

    def may_end(self, content: Content) -> bool:
        """Whether the scope may end without tokens; an ad-hoc subprocess may wait for its condition."""
        return self.host is None or bool(self.host.may_end(present(content.host)))

    def start_tokens(self, content: Content) -> None:
        """Put the first tokens into a subprocess."""
        for spec in self.initial:
            content.add_token(spec)


@dataclass(frozen=True, slots=True)
class Program:
    """An executable process; immutable, shared by all instances of its definition and by threads."""

    model: ProcessModel
    definition_key: int
    scope: ScopeSpec
    specs: Mapping[str, Any]
    """By element id, over all nested scopes; for a multi-instance or loop its body."""

    def start_event(self, element_id: str | None) -> CatchSpec | None:
        """Return the named start event of the process (or what else starts it), or the one without a trigger.

        Raises StartEventUnknown when there is no such start event.
        """
        if element_id is None:
            return self.scope.none_start()
        for start in self.scope.triggers():
            if start.element_id == element_id:
                return start
        raise StartEventUnknown(f"流程“{self.model.id}”没有开始事件“{element_id}”。")


def compile_program(model: ProcessModel, definition_key: int) -> Program:
    """Make ``model`` executable under ``definition_key``.

    Raises NotExecutable for what deployment checks should have refused (an expression with a syntax error, an element
    that execution does not know).
    """
    from engine.execution.builder import build

    scope, specs = build(model)
    return Program(model, definition_key, scope, specs)


def is_initial(node: FlowNode) -> bool:
    """Whether a token is put here when a scope without start events starts (section 13.1)."""
    return (
        not node.incoming
        and node.attached_to is None
        and not node.for_compensation
        and not node.instantiate
        and node.type is not ElementType.EVENT_SUB_PROCESS
        and not (node.event is not None and node.event.type is EventType.LINK)
    )
