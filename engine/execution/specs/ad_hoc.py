"""Ad-hoc subprocesses (BPMN 2.0.2 section 10.3.5.2, Camunda 8's ``zeebe:adHoc``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.definitions.model import FlowNode
from engine.execution import ending
from engine.execution.errors import ElementFailed
from engine.execution.expressions import EXTRACT, formula
from engine.execution.specs.loops import output_variable
from engine.execution.specs.scopes import SubProcessSpec
from engine.execution.variables import propagate, set_local

if TYPE_CHECKING:
    from engine.execution.program import ScopeSpec
    from engine.execution.task import ElementTask
    from engine.execution.workflow import Content


class AdHocSpec(SubProcessSpec):
    """Activates the named elements, or all that nothing leads to; ends when its condition holds.

    Without a condition it ends when nothing is left to do. With ``ordering="Sequential"`` one element runs at a time.
    """

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int, name: str | None = None) -> None:
        super().__init__(scope, node, order, name)
        self.output_collection = node.ad_hoc_output_collection
        self.output_element = formula(node.ad_hoc_output_element)
        self.result_name = output_variable(node.ad_hoc_output_element)
        self.elements = formula(node.ad_hoc_active_elements)
        self.condition = formula(node.ad_hoc_completion_condition)

    def behave(self, task: ElementTask) -> bool:
        """Activate the elements."""
        chosen = self._chosen(task)
        if self.output_collection:
            set_local(task, self.output_collection, [])
        content = self.open(task)
        if self.node.ad_hoc_ordering_sequential:
            task.internal_data["queue"] = chosen[1:]
            chosen = chosen[:1]
        for element_id in chosen:
            self._begin(task, content, element_id)
        return self.condition is None and self.ended_at_once(content)

    def _chosen(self, task: ElementTask) -> list[str]:
        initial = [] if self.content is None else [spec.element_id for spec in self.content.initial]
        if self.elements is None:
            return initial
        chosen = self.elements.texts(task)
        unknown = [each for each in chosen if self.content is None or each not in self.content.task_specs]
        if unknown:
            raise ElementFailed(EXTRACT, f"特设子流程“{self.element_id}”中没有元素：{', '.join(unknown)}。请改正。")
        return list(chosen)

    def path_ended(self, task: ElementTask, content: Content) -> None:
        """Evaluate the condition; go on with the next of a sequence."""
        if self.condition is not None and not task.internal_data.get("over"):
            task.internal_data["over"] = bool(task.runtime.attempt(task, "path", self.condition.boolean))
        if task.internal_data.get("over"):
            task.internal_data.pop("queue", None)
            if self.node.ad_hoc_cancel_remaining:
                for other in content.live():
                    ending.terminate(other)
            return
        queue = task.internal_data.get("queue")
        if queue:
            self._begin(task, content, queue.pop(0))

    def _begin(self, task: ElementTask, content: Content, element_id: str) -> None:
        """Put a token on an inner element; what it is to put into the output collection begins as null (Camunda 8)."""
        spec = task.workflow.program.specs[element_id]
        token = content.add_token(spec)
        mapped = () if spec.outputs_mapping is None else spec.outputs_mapping.names
        if self.result_name is not None and self.result_name not in mapped:
            token.variables[self.result_name] = None

    def collect_output(self, task: ElementTask, inner: ElementTask) -> None:
        """Append the output element of an inner element that is about to complete."""
        if self.output_collection and self.output_element is not None:
            collected = task.variables.get(self.output_collection) or []
            set_local(task, self.output_collection, [*collected, self.output_element.json(inner)])

    def leave(self, task: ElementTask) -> bool | None:
        """Propagate the output collection from the enclosing scope outwards, and go on."""
        if self.output_collection and task.outer is not None:
            propagate(task.outer, {self.output_collection: task.variables.get(self.output_collection, [])})
        return super().leave(task)

    def may_end(self, task: ElementTask) -> bool:
        """Whether the condition has held, or there is none."""
        return self.condition is None or bool(task.internal_data.get("over"))
