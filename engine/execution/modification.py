"""Moving tokens by hand: elements activated and element instances terminated out of the ordinary course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from engine.definitions.model import ElementType
from engine.execution import ending, subscriptions
from engine.execution.errors import ElementUnknown, ScopeAmbiguous
from engine.execution.spiff import TaskState
from engine.execution.variables import set_local
from engine.execution.workflow import SubWorkflow

if TYPE_CHECKING:
    from engine.execution.specs.base import ElementSpec
    from engine.execution.task import ElementTask
    from engine.execution.workflow import CaseWorkflow, Content

Variables = Mapping[str | None, Mapping[str, object]]


def all_alive(workflow: CaseWorkflow) -> list[ElementTask]:
    """Return every live element instance of the case, in order of number; loads all parts."""
    return sorted(
        (task for task in everything(workflow) if task.activated or task.workflow.task_tree is task),
        key=lambda task: task.id,
    )


def everything(content: Content) -> Iterator[ElementTask]:
    """Yield every live task in ``content`` and below, tokens waiting in joins too; loads all parts."""
    if content.scope is content.task_tree:
        yield content.task_tree
    load_bodies(content)
    for task in content.live():
        yield task
        inner = task.content
        if inner is not None:
            yield from everything(inner)


def load_bodies(content: Content) -> None:
    """Load the instances of all multi-instance bodies directly in ``content``."""
    for task in content.live():
        if task.task_spec.repeats and task.activated:
            task.task_spec.instances(task)


def activate(
    workflow: CaseWorkflow, element_id: str, variables: Variables, ancestor: ElementTask | None
) -> ElementTask:
    """Put a token on an element, creating the scopes around it that are not alive."""
    content = workflow if ancestor is None else ancestor.workflow
    spec = content.program.specs.get(element_id)
    if spec is None or spec.node.type in (ElementType.BOUNDARY_EVENT, ElementType.EVENT_SUB_PROCESS):
        raise ElementUnknown(f"流程中没有可以激活的元素“{element_id}”，请核对元素编号。")
    _set(content.process, variables.get(None))
    content = _scope(content, spec, variables, ancestor)
    _set_scope(content, variables)
    task = content.task_tree._add_child(spec, TaskState.FUTURE)
    for name, value in variables.get(element_id, {}).items():
        task.variables[name] = value
    task._ready()
    return task


def _scope(base: Content, spec: ElementSpec, variables: Variables, ancestor: ElementTask | None) -> Content:
    """Return the scope instance to put ``spec`` into, creating it if none is alive."""
    found = [each for each in _contents(base.process.workflow) if each.spec is spec.scope]
    if ancestor is not None:
        found = [each for each in found if _inside(each, ancestor)]
    if len(found) > 1:
        raise ScopeAmbiguous(f"元素“{spec.element_id}”所在的范围有多个实例，请指明要用哪一个。")
    if found:
        return found[0]
    host = spec.scope.host
    if host is None or host.name != host.element_id:
        raise ScopeAmbiguous(f"元素“{spec.element_id}”所在的多实例没有正在运行的实例，请指明要用哪一个。")
    outer = _scope(base, host, variables, ancestor)
    _set_scope(outer, variables)
    task = outer.task_tree._add_child(host, TaskState.FUTURE)
    task._set_state(TaskState.READY)
    host.enter(task)
    task._set_state(TaskState.STARTED)
    subscriptions.open_all(task, host.waits)
    return SubWorkflow(outer.program, spec.scope, task)


def _contents(content: Content) -> Iterator[Content]:
    yield content
    load_bodies(content)
    for task in content.live():
        inner = task.content
        if inner is not None and inner.process is content.process:
            yield from _contents(inner)


def _inside(content: Content, ancestor: ElementTask) -> bool:
    scope: ElementTask | None = content.scope
    while scope is not None:
        if scope is ancestor:
            return True
        scope = scope.outer
    return False


def _set_scope(content: Content, variables: Variables) -> None:
    if content.host is not None and content.scope is content.host:
        _set(content.host, variables.get(content.spec.element_id))


def _set(scope: ElementTask, values: Mapping[str, Any] | None) -> None:
    for name, value in (values or {}).items():
        set_local(scope, name, value)


def terminate(task: ElementTask) -> None:
    """Terminate an element instance; a scope or body in which nothing is left is terminated too, outwards."""
    content = task.workflow
    if task is content.task_tree:
        host = content.host
        ending.terminate_content(content)
        if host is not None:
            terminate(host)
        return
    outer = task.outer
    ending.terminate(task)
    if outer is not None and outer.task_spec.repeats:
        outer.task_spec.instance_cut(outer)
    elif len(content.tasks) == 1 and not content.completed:
        if content.host is not None and content.scope is content.host:
            terminate(content.host)
        else:
            terminate(content.task_tree)
