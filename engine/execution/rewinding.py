"""Going back: tokens started after an element are taken away, and the element is activated again (退回, 撤回)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.execution import ending
from engine.execution.errors import ElementUnknown
from engine.execution.spiff import TaskState

if TYPE_CHECKING:
    from engine.execution.task import ElementTask
    from engine.execution.workflow import Content


@dataclass(frozen=True, slots=True)
class JoinToken:
    """A token at a join: the scope it lies in and the sequence flow it came by."""

    scope: ElementTask
    flow_id: str


def content_of(scope: ElementTask) -> Content:
    """Return what runs in a scope; raise ElementUnknown when it is none that can hold tokens."""
    content = scope.workflow if scope is scope.workflow.task_tree else scope.content
    if content is None or scope.task_spec.repeats:
        raise ElementUnknown("目标步骤所在的范围已经结束，不能回到那里。")
    return content


def cut(tasks: Sequence[ElementTask]) -> None:
    """Terminate element instances with all that is inside them; the scopes around them stay, even when empty."""
    for task in tasks:
        ending.terminate(task)


def drop(token: JoinToken) -> None:
    """Take a waiting token away from the join its flow leads to; raise ElementUnknown when there is none."""
    content = content_of(token.scope)
    holder = content.joins.get(_flow(content, token.flow_id).target.name)
    arrived = {} if holder is None else holder.internal_data["arrived"]
    if holder is None or token.flow_id not in arrived:
        raise ElementUnknown("等待汇合的分支已经变化，请刷新后再试。")
    arrived[token.flow_id] -= 1
    if not arrived[token.flow_id]:
        del arrived[token.flow_id]
    if not arrived and "rest" not in holder.internal_data:
        ending.release(holder)
        content._remove_task(holder.id)


def restore(token: JoinToken) -> None:
    """Put a token on a flow again, for a join that had consumed it."""
    content = content_of(token.scope)
    flow = _flow(content, token.flow_id)
    child = content.task_tree._add_child(flow.target, TaskState.FUTURE)
    child.flow = flow.id
    flow.target._update(child)


def activate(element_id: str, scope: ElementTask) -> ElementTask:
    """Put a token on an element that lies directly in the scope."""
    content = content_of(scope)
    spec = content.program.specs.get(element_id)
    if spec is None or spec.scope is not content.spec:
        raise ElementUnknown(f"目标范围中没有元素“{element_id}”，请核对。")
    return content.add_token(spec)


def _flow(content: Content, flow_id: str) -> Any:
    flow = content.spec.model.flows.get(flow_id)
    source = None if flow is None else content.program.specs.get(flow.source)
    for each in () if source is None else source.flows:
        if each.id == flow_id:
            return each
    raise ElementUnknown(f"流程中没有连线“{flow_id}”，请核对。")
