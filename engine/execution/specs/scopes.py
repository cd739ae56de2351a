"""Elements that hold others: subprocesses, event subprocesses, call activities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.definitions.model import CalledElement, FlowNode
from engine.errors import BanjieError
from engine.execution import ending, subscriptions
from engine.execution.errors import ElementFailed, present
from engine.execution.expressions import Formula
from engine.execution.records import ElementActivated
from engine.execution.specs.base import ElementSpec
from engine.execution.specs.listening import START
from engine.execution.variables import set_local, visible
from engine.execution.workflow import Content, SubWorkflow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.execution.program import ScopeSpec
    from engine.execution.task import ElementTask

MAX_DEPTH = 100
"""How deep called processes and subprocesses may be nested in a running case."""


class SubProcessSpec(ElementSpec):
    """An embedded subprocess."""

    def behave(self, task: ElementTask) -> bool:
        """Start its content."""
        content = self.open(task)
        content.spec.start_tokens(content)
        return self.ended_at_once(content)

    def open(self, task: ElementTask) -> Content:
        """Create the content without any token."""
        return SubWorkflow(task.workflow.program, present(self.content), task)

    def ended_at_once(self, content: Content) -> bool:
        """Whether the content is empty; it is dropped then."""
        if len(content.tasks) > 1:
            return False
        content.completed = True
        content.top_workflow.subprocesses.pop(present(content.host).id)
        return True

    def content_ended(self, task: ElementTask, content: Content) -> None:
        """Go on."""
        ending.leave(task)


class EventSubProcessSpec(SubProcessSpec):
    """An event subprocess; its task is created when its start event has happened."""

    def behave(self, task: ElementTask) -> bool:
        """Start with the event that has happened."""
        content = self.open(task)
        event = task.internal_data.pop("event", None)
        start = content.spec.starts[0] if event is None else task.workflow.program.specs[event["e"]]
        token = content.add_token(start)
        if event is not None:
            token.internal_data["event"] = event["v"]
        return False


class CallActivitySpec(ElementSpec):
    """Runs another process as a process instance of its own within the case."""

    def __init__(
        self, scope: ScopeSpec, node: FlowNode, order: int, name: str | None = None, *, details: CalledElement
    ) -> None:
        super().__init__(scope, node, order, name)
        self.process_id = Formula(details.process.id)
        self.details = details

    def behave(self, task: ElementTask) -> bool:
        """Start the called process."""
        called = self.process_id.text(task)
        if task.workflow.depth >= MAX_DEPTH:
            message = f"调用“{called}”时嵌套超过 {MAX_DEPTH} 层。请检查是否循环调用。"
            raise ElementFailed("CALLED_ELEMENT_ERROR", message)
        binding = self.details.process
        from_key = task.workflow.program.definition_key
        try:
            program = task.runtime.outside.program(called, binding.binding, binding.version_tag, from_key)
            start = program.scope.none_start()
        except BanjieError as error:
            raise ElementFailed("CALLED_ELEMENT_ERROR", f"无法调用流程“{called}”：{error.message}") from error
        content = SubWorkflow(program, program.scope, task, task.runtime.next_number())
        variables = visible(task) if self.details.propagate_all_parent_variables else dict(task.variables)
        start_process(content, start, variables)
        return False

    def content_ended(self, task: ElementTask, content: Content) -> None:
        """Take over the results and go on."""
        if self.details.propagate_all_child_variables or self.outputs_mapping is not None:
            ending.deliver(task, content.task_tree.variables)
        ending.leave(task)


def start_process(content: Content, start: ElementSpec | None, variables: Mapping[str, Any]) -> None:
    """Bring a process instance to life with a token on ``start`` (or on all elements without incoming flows)."""
    root = content.task_tree
    runtime = content.runtime
    host = content.host
    runtime.emit(
        ElementActivated(
            root.key,
            content.spec.element_id,
            content.spec.element_type,
            None if host is None else host.key,
            root.key,
            content.program.definition_key,
        )
    )
    for name, value in variables.items():
        set_local(root, name, value)
    root.internal_data["start"] = None if start is None else start.element_id
    go_on_starting(root)


def go_on_starting(root: ElementTask) -> None:
    """Wait for start listeners, open what event subprocesses wait for, put the first tokens."""
    content = root.workflow
    if content.spec.listening.wait(root, START):
        return
    if content.spec.event_starts and not root.runtime.attempt(root, "starting", open_event_starts):
        return
    element_id = root.internal_data.pop("start")
    if element_id is not None:
        content.program.specs[element_id].start_process(content)
        return
    for spec in content.spec.initial:
        content.add_token(spec)


def open_event_starts(root: ElementTask) -> bool:
    """Open what the event subprocesses of a process wait for."""
    subscriptions.open_all(root, root.workflow.spec.event_starts)
    return True
