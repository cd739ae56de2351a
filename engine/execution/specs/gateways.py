"""Gateways (BPMN 2.0.2 section 13.4). Joins count tokens per incoming flow and never search what is finished."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.definitions.model import FlowNode
from engine.execution import ending
from engine.execution.expressions import formula
from engine.execution.specs.base import ElementSpec, Flow, choose_all, choose_first
from engine.execution.spiff import TaskState
from engine.execution.variables import Overlay, ScopeView

if TYPE_CHECKING:
    from engine.execution.program import ScopeSpec
    from engine.execution.specs.events import CatchSpec
    from engine.execution.task import ElementTask


class ExclusiveSpec(ElementSpec):
    """Passes every token on, by one flow."""

    def choose(self, task: ElementTask) -> tuple[Flow, ...]:
        """Return the first flow whose condition holds."""
        return choose_first(self, task) if self.conditional else self.flows


class JoinSpec(ElementSpec):
    """A gateway that may wait. Its tokens are counted by one waiting task a scope instance."""

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int) -> None:
        super().__init__(scope, node, order)
        self.incoming = node.incoming
        self.joins = len(node.incoming) > 1

    def _update_hook(self, my_task: ElementTask) -> bool:
        if not self.joins or my_task.flow is None:
            return True
        content = my_task.workflow
        holder = content.joins.get(self.name)
        if holder is None:
            self.hold(my_task, {my_task.flow: 1})
            holder = my_task
        else:
            arrived = holder.internal_data["arrived"]
            arrived[my_task.flow] = arrived.get(my_task.flow, 0) + 1
            content._remove_task(my_task.id)
        self.counted(holder)
        return False

    def hold(self, holder: ElementTask, arrived: dict[str, int]) -> None:
        """Let ``holder`` wait with these tokens by incoming flow."""
        holder._set_state(TaskState.WAITING)
        holder.internal_data["arrived"] = arrived
        self.register(holder)

    def register(self, holder: ElementTask) -> None:
        """Make a waiting task known as the one that counts."""
        holder.workflow.joins[self.name] = holder
        holder.runtime.holders[holder.id] = holder

    def counted(self, holder: ElementTask) -> None:
        """Fire if every incoming flow has a token."""
        if len(holder.internal_data["arrived"]) == len(self.incoming):
            self.fire(holder)

    def fire(self, holder: ElementTask) -> None:
        """Consume one token of each flow that has some; the rest waits for the next time."""
        content = holder.workflow
        runtime = content.runtime
        del content.joins[self.name]
        runtime.late_joins.pop(holder.id, None)
        runtime.holders.pop(holder.id, None)
        runtime.clear_incident(holder)
        arrived = holder.internal_data.pop("arrived")
        holder._ready()
        left = {flow: count - 1 for flow, count in arrived.items() if count > 1}
        if left:
            rest = content.task_tree._add_child(self, TaskState.FUTURE)
            self.hold(rest, left)
            self.counted(rest)


class ParallelSpec(JoinSpec):
    """Waits for a token from every incoming flow, sends one by every outgoing flow."""

    def choose(self, task: ElementTask) -> tuple[Flow, ...]:
        """Return all flows; conditions mean nothing here."""
        return self.flows


class InclusiveSpec(JoinSpec):
    """Waits for every token that can still arrive at an empty incoming flow (section 13.4.3)."""

    reach: Mapping[str, frozenset[str]]
    """For every element: the incoming flows of this gateway that a token there can reach without passing it."""

    def register(self, holder: ElementTask) -> None:
        """Have it asked again whenever everything else is quiet."""
        super().register(holder)
        holder.runtime.late_joins[holder.id] = holder

    def may_fire(self, holder: ElementTask) -> bool:
        """Whether no token elsewhere can still arrive at an empty incoming flow only."""
        full = holder.internal_data["arrived"].keys()
        for other in holder.workflow.tasks.values():
            if other is holder or other is holder.workflow.task_tree or other.internal_data.get("arrived") == {}:
                continue
            reached = self.reach.get(other.task_spec.element_id, frozenset())
            if reached and not reached & full:
                return False
        return True

    def choose(self, task: ElementTask) -> tuple[Flow, ...]:
        """Return every flow whose condition holds, else the default."""
        return choose_all(self, task) if self.conditional else self.flows


class ComplexSpec(InclusiveSpec):
    """Fires as soon as its activation condition holds, then waits for the rest of that round before the next.

    BPMN 2.0.2 section 13.4.5. The condition sees ``activationCount``, the number of tokens waiting, and under the id of
    each incoming flow the number of tokens on it. The waiting task keeps under ``rest`` the flows still expected.
    """

    def __init__(self, scope: ScopeSpec, node: FlowNode, order: int) -> None:
        super().__init__(scope, node, order)
        self.condition = formula(node.activation_condition)

    def counted(self, holder: ElementTask) -> None:
        """Fire if the condition holds; while the rest of a round is expected, take its tokens instead."""
        if "rest" in holder.internal_data:
            self._take_rest(holder)
        elif holder.runtime.attempt(holder, "joining", self._holds):
            self.fire(holder)

    def _holds(self, holder: ElementTask) -> bool:
        arrived = holder.internal_data["arrived"]
        if self.condition is None:
            return len(arrived) == len(self.incoming)
        counts: dict[str, object] = {flow: arrived.get(flow, 0) for flow in self.incoming}
        counts["activationCount"] = sum(arrived.values())
        return self.condition.boolean(holder, Overlay(counts, ScopeView(holder)))

    def fire(self, holder: ElementTask) -> None:
        """Consume one token of each flow that has some, and expect one of every other flow before the next time."""
        content = holder.workflow
        rest = [flow for flow in self.incoming if flow not in holder.internal_data["arrived"]]
        if "rest" in holder.internal_data:
            self._reset(holder)
            return
        super().fire(holder)
        waiting = content.joins.get(self.name)
        if rest and waiting is None:
            waiting = content.task_tree._add_child(self, TaskState.FUTURE)
            self.hold(waiting, {})
        if rest and waiting is not None:
            waiting.internal_data["rest"] = rest
            self._take_rest(waiting)

    def _take_rest(self, holder: ElementTask) -> None:
        arrived, rest = holder.internal_data["arrived"], holder.internal_data["rest"]
        for flow in [flow for flow in rest if flow in arrived]:
            rest.remove(flow)
            arrived[flow] -= 1
            if not arrived[flow]:
                del arrived[flow]
        if not rest:
            self._reset(holder)

    def _reset(self, holder: ElementTask) -> None:
        """Begin a new round, with the tokens that came early."""
        del holder.internal_data["rest"]
        if holder.internal_data["arrived"]:
            self.counted(holder)
        else:
            content = holder.workflow
            content._remove_task(holder.id)
            content.end_if_empty()

    def may_fire(self, holder: ElementTask) -> bool:
        """Whether no token can come any more for the rest of the round."""
        rest = holder.internal_data.get("rest")
        if rest is None:
            return False
        others = [each for each in holder.workflow.live() if each is not holder]
        return not any(self.reach.get(each.task_spec.element_id, frozenset()) & set(rest) for each in others)


class EventGatewaySpec(ElementSpec):
    """Waits for the first of the events behind it; that one goes on.

    One that starts a process has heard of it already; a parallel one then waits for all the others too.
    """

    def begin(self, task: ElementTask) -> bool | None:
        """Wait, unless the event that started the process is known."""
        if "chosen" in task.internal_data:
            return task.runtime.attempt(task, "complete", self.leave)
        return super().begin(task)

    def behave(self, task: ElementTask) -> bool:
        """Wait."""
        return False

    def chosen(self, task: ElementTask, event: CatchSpec, variables: Mapping[str, Any]) -> None:
        """Go on to the event that has happened."""
        task.internal_data |= {"chosen": event.element_id, "passed": dict(variables)}
        ending.leave(task)

    def choose(self, task: ElementTask) -> tuple[Flow, ...]:
        """Return the flow to the event that has happened."""
        if self.node.parallel_start:
            return self.flows
        chosen = task.internal_data["chosen"]
        return tuple(flow for flow in self.flows if flow.target.element_id == chosen)[:1]
