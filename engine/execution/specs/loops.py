"""Bodies that run an activity several times: multi-instance and standard loop (BPMN 2.0.2 sections 10.3.7, 10.3.8).

The body is an element instance around the instances of the activity, as in Camunda 8; boundary events and outgoing
flows belong to the body, input and output mappings to each instance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from engine.definitions.model import ElementType, Expression, FlowNode, MultiInstance, StandardLoop
from engine.execution import ending, instance_collections
from engine.execution.errors import ElementFailed
from engine.execution.expressions import EXTRACT, formula
from engine.execution.specs.base import ElementSpec
from engine.execution.specs.listening import NO_LISTENERS
from engine.execution.spiff import TaskState
from engine.execution.variables import propagate

if TYPE_CHECKING:
    from engine.execution.program import ScopeSpec
    from engine.execution.task import ElementTask

_PATH = re.compile(r"\s*([^\W\d]\w*)\s*(\..*)?")
MAX_INSTANCES = 100_000


def output_variable(element: Expression | None) -> str | None:
    """Return the variable that an output element is, or is a path into; None for any other expression."""
    match = None if element is None or not element.is_feel else _PATH.fullmatch(element.source)
    return None if match is None else match.group(1)


class BodySpec(ElementSpec):
    """What multi-instance and loop have in common."""

    repeats: ClassVar[bool] = True
    inner: ElementSpec
    sequential: bool = True
    watched: bool = False
    """Whether an instance may wait for a condition."""
    hears: bool = False
    """Whether an instance may wait for a signal."""

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int) -> None:
        super().__init__(scope, node, order)
        self.element_type = ElementType.MULTI_INSTANCE_BODY.value
        self.inputs_mapping = None
        self.outputs_mapping = None
        self.listening = NO_LISTENERS

    def add_instance(self, body: ElementTask, index: int, variables: dict[str, Any]) -> None:
        """Create one instance of the activity; ``index`` counts from 0."""
        child = body._add_child(self.inner, TaskState.FUTURE)
        child.outer = body
        child.variables = {**variables, "loopCounter": index + 1}
        child.internal_data["i"] = index
        child._ready()

    def instances(self, body: ElementTask) -> list[ElementTask]:
        """Return the live instances in order of their numbers, whatever part they were loaded from first."""
        body.runtime.keeper.load_all(body)
        return sorted((child for child in body.children if child.alive), key=lambda child: child.id)

    def forget(self, body: ElementTask) -> None:
        """Delete what was kept for the body beside its instances."""
        body.runtime.watched.pop(body.id, None)

    def collect(self, body: ElementTask, child: ElementTask) -> None:
        """Take the result of an instance that is about to complete, and decide whether to go on."""
        raise NotImplementedError

    def instance_ended(self, body: ElementTask, child: ElementTask) -> None:
        """Hear that an instance has completed."""
        raise NotImplementedError

    def instance_cut(self, body: ElementTask) -> None:
        """Hear that an instance was terminated by modification; without any left the body ends."""
        body.internal_data["cut"] = body.internal_data.get("cut", 0) + 1
        self.instance_ended(body, body)

    def end(self, body: ElementTask) -> None:
        """Complete the body; instances still running are terminated."""
        for child in self.instances(body):
            ending.terminate(child)
        ending.leave(body)


class MultiInstanceSpec(BodySpec):
    """Multi-instance, parallel or sequential."""

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int, details: MultiInstance) -> None:
        super().__init__(scope, node, order)
        self.sequential = details.sequential
        self.collection = formula(details.input_collection)
        self.cardinality = formula(details.loop_cardinality)
        self.input_element = details.input_element
        self.output_collection = details.output_collection
        self.output_element = formula(details.output_element)
        self.condition = formula(details.completion_condition)
        self.result_name = output_variable(details.output_element)
        if self.result_name in {self.input_element, *COUNTERS}:
            self.result_name = None
        counters: dict[str, Callable[[ElementTask], object]] = {**COUNTERS}
        if self.output_collection:
            counters[self.output_collection] = outputs_of
        self.counters: Mapping[str, Callable[[ElementTask], object]] = counters

    def behave(self, task: ElementTask) -> bool:
        """Create all instances, or the first of a sequence; an empty collection completes at once."""
        items = self._items(task)
        count = len(items)
        data = task.internal_data
        data |= {"n": count, "made": 0, "done": 0}
        if self.output_collection:
            instance_collections.store(task, "out", [None] * count)
        if not count:
            return True
        if self.watched and instance_collections.is_large(task):
            task.runtime.watched[task.id] = task
        if self.sequential:
            instance_collections.store(task, "in", items)
            self._add(task, items[0])
        else:
            for item in items:
                self._add(task, item)
        return False

    def _items(self, task: ElementTask) -> list[Any]:
        if self.collection is not None:
            items = self.collection.items(task)
        elif self.cardinality is not None:
            count = self.cardinality.integer(task)
            if count < 0:
                raise ElementFailed(EXTRACT, f"循环次数不能是负数：{count}。请改正后重试。")
            items = [None] * min(count, MAX_INSTANCES + 1)
        else:
            raise ElementFailed(EXTRACT, "多实例既没有输入集合也没有循环次数。请在流程图中补上。")
        most = MAX_INSTANCES if self.sequential else min(MAX_INSTANCES, task.runtime.max_steps - 1)
        if len(items) > most:
            raise ElementFailed(EXTRACT, f"多实例最多 {most} 个，输入集合太大。请拆分后重试。")
        return items

    def _add(self, body: ElementTask, item: Any) -> None:
        variables: dict[str, Any] = {}
        if self.input_element:
            variables[self.input_element] = item
        if self.result_name:
            variables[self.result_name] = None
        index = body.internal_data["made"]
        body.internal_data["made"] = index + 1
        self.add_instance(body, index, variables)

    def collect(self, body: ElementTask, child: ElementTask) -> None:
        """Put the output element into its place; evaluate the completion condition with this instance counted."""
        data = body.internal_data
        if self.output_collection and self.output_element is not None:
            instance_collections.put(body, "out", child.internal_data["i"], self.output_element.json(child))
        data["done"] += 1
        if self.condition is not None:
            try:
                data["stop"] = self.condition.boolean(child)
            except ElementFailed:
                data["done"] -= 1
                raise

    def instance_ended(self, body: ElementTask, child: ElementTask) -> None:
        """Go on to the next of a sequence, or end."""
        data = body.internal_data
        if data.get("stop") or data["done"] + data.get("cut", 0) >= data["n"]:
            self.end(body)
        elif self.sequential:
            self._add(body, instance_collections.get(body, "in", data["made"]))

    def forget(self, body: ElementTask) -> None:
        """Delete the collections."""
        super().forget(body)
        if self.output_collection:
            instance_collections.drop(body, "out")
        if self.sequential:
            instance_collections.drop(body, "in")

    def leave(self, task: ElementTask) -> bool | None:
        """Propagate the output collection from the enclosing scope outwards, and go on."""
        if self.output_collection and task.outer is not None:
            outputs = outputs_of(task) if "n" in task.internal_data else []
            propagate(task.outer, {self.output_collection: outputs})
        left = super().leave(task)
        self.forget(task)
        return left


class LoopSpec(BodySpec):
    """A standard loop."""

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int, details: StandardLoop) -> None:
        super().__init__(scope, node, order)
        self.condition = formula(details.condition)
        self.test_before = details.test_before
        self.maximum = details.maximum
        self.counters = LOOP_COUNTERS

    def behave(self, task: ElementTask) -> bool:
        """Start the first round, unless the condition is tested before and does not hold."""
        task.internal_data["done"] = 0
        if self.maximum == 0 or (self.test_before and self.condition is not None and not self.condition.boolean(task)):
            return True
        self.add_instance(task, 0, {})
        return False

    def collect(self, body: ElementTask, child: ElementTask) -> None:
        """Decide whether there is another round."""
        done = body.internal_data["done"] + 1
        within = self.maximum is None or done < self.maximum
        unbounded = self.condition is None and self.maximum is None
        again = within and not unbounded and (self.condition is None or self.condition.boolean(child))
        body.internal_data["done"] = done
        body.internal_data["stop"] = not again

    def instance_cut(self, body: ElementTask) -> None:
        """End with the round that was taken away."""
        self.end(body)

    def instance_ended(self, body: ElementTask, child: ElementTask) -> None:
        """Start the next round, or end."""
        if body.internal_data["stop"]:
            self.end(body)
        else:
            self.add_instance(body, body.internal_data["done"], {})


def outputs_of(body: ElementTask) -> list[Any]:
    """Return the output collection as it is now."""
    return instance_collections.whole(body, "out")


def _total(body: ElementTask) -> int:
    return int(body.internal_data["n"])


def _active(body: ElementTask) -> int:
    data = body.internal_data
    return int(data["made"]) - int(data["done"]) - int(data.get("cut", 0))


def _completed(body: ElementTask) -> int:
    return int(body.internal_data["done"])


def _terminated(body: ElementTask) -> int:
    return int(body.internal_data.get("cut", 0))


COUNTERS: Mapping[str, Callable[[ElementTask], object]] = {
    "numberOfInstances": _total,
    "numberOfActiveInstances": _active,
    "numberOfCompletedInstances": _completed,
    "numberOfTerminatedInstances": _terminated,
    "nrOfInstances": _total,
    "nrOfActiveInstances": _active,
    "nrOfCompletedInstances": _completed,
    "nrOfTerminatedInstances": _terminated,
}
"""BPMN's counters (table 10.31) under their names in the specification and in Camunda 7; never stored."""

LOOP_COUNTERS: Mapping[str, Callable[[ElementTask], object]] = {"loopCounter": _completed}
