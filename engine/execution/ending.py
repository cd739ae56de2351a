"""How element instances end: completed with results, or terminated with everything inside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.execution import records, subscriptions
from engine.execution.variables import propagate, set_local

if TYPE_CHECKING:
    from engine.execution.task import ElementTask
    from engine.execution.workflow import Content


def deliver(task: ElementTask, variables: Mapping[str, Any]) -> None:
    """Give ``task`` the variables of its result or event.

    With output mappings they become local (the mappings then decide), else they are propagated outwards.
    """
    if task.task_spec.outputs_mapping is not None:
        for name, value in variables.items():
            set_local(task, name, value)
    else:
        propagate(task, variables)


def complete(task: ElementTask, variables: Mapping[str, Any]) -> None:
    """End a waiting element instance with a result."""
    deliver(task, variables)
    leave(task)


def leave(task: ElementTask) -> None:
    """Let an element instance whose work is done go on; what fails becomes an incident that retries just this."""
    if task.runtime.attempt(task, "complete", task.task_spec.leave):
        task.complete()


def identity(task: ElementTask) -> tuple[str, int, int]:
    """Return element type, process instance key and definition key, as records of ends carry them."""
    workflow = task.workflow
    return task.task_spec.element_type, workflow.process.key, workflow.program.definition_key


def identity_of_process(content: Content) -> tuple[str, int, int]:
    """Return the same for the process whose content this is."""
    return content.spec.element_type, content.process.key, content.program.definition_key


def release(task: ElementTask) -> None:
    """Close all that ``task`` waits for: its job, its subscriptions, its incident."""
    runtime = task.runtime
    job = task.internal_data.pop("job", None)
    if job is not None:
        runtime.owners.pop(job, None)
        runtime.emit(records.JobCanceled(runtime.base + job))
    subscriptions.close(task)
    runtime.clear_incident(task)


def terminate(task: ElementTask) -> None:
    """Cut an element instance short, inner instances first; its scope is not ended by this."""
    if not task.alive:
        return
    content = task.content
    if content is not None:
        terminate_content(content)
    if task.task_spec.repeats:
        for inner in task.task_spec.instances(task):
            terminate(inner)
        task.task_spec.forget(task)
    release(task)
    if task.activated:
        task.runtime.emit(records.ElementTerminated(task.key, task.task_spec.element_id, *identity(task)))
    task.cancel()
    task.workflow._remove_task(task.id)


def terminate_content(content: Content) -> None:
    """Terminate all that runs in a scope, and the called process itself if it is one."""
    content.completed = True
    for task in content.live():
        terminate(task)
    if content.scope is content.task_tree:
        release(content.task_tree)
        content.runtime.emit(
            records.ElementTerminated(content.task_tree.key, content.spec.element_id, *identity_of_process(content))
        )
    _drop(content)


def end_content(content: Content) -> None:
    """Complete a scope in which no token is left."""
    runtime = content.runtime
    if content.scope is content.task_tree:
        if content.spec.listening.wait(content.task_tree, "end"):
            return
        release(content.task_tree)
        runtime.emit(
            records.ElementCompleted(content.task_tree.key, content.spec.element_id, *identity_of_process(content))
        )
    host = content.host
    if host is None:
        runtime.completed = True
        return
    if content.scope is host:
        subscriptions.close(host, keep=host.task_spec.boundary_ids)
    _drop(content)
    host.task_spec.content_ended(host, content)


def _drop(content: Content) -> None:
    host = content.host
    if host is not None:
        content.top_workflow.subprocesses.pop(host.id, None)
        if content.scope is content.task_tree:
            content.runtime.owners.pop(content.task_tree.id, None)
