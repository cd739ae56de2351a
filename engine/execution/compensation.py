"""Compensation: undoing what has been completed, last first (BPMN 2.0.2 sections 10.7 and 13.5.5).

A scope keeps under ``undoable`` what in it can be compensated: ``e`` the activity, ``h`` its handler, or for a
completed subprocess without a handler of its own ``in``, what was completed in it, with ``v``, its local variables,
and ``s``, the start event of its compensation event subprocess if it has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.execution import ending
from engine.execution.errors import present
from engine.execution.spiff import TaskState

if TYPE_CHECKING:
    from engine.execution.task import ElementTask
    from engine.execution.workflow import Content

Done = dict[str, Any]
NOBODY = -1
"""The number of a thrower that does not wait."""


def remember(task: ElementTask) -> None:
    """Note that ``task``, an activity that is completing, can be compensated, if it can."""
    scope = task.workflow.scope
    spec = task.task_spec
    outer = task.outer
    if scope is None or outer is None or (outer.task_spec.repeats and outer.task_spec.handler is not None):
        return
    if "undoes" in task.internal_data:
        return
    entry: Done | None = None
    if spec.handler is not None:
        entry = {"e": spec.element_id, "h": spec.handler}
    elif spec.undo_start is not None or task.internal_data.get("undoable"):
        entry = {"e": spec.element_id, "in": task.internal_data.get("undoable", []), "v": task.variables}
        if spec.undo_start is not None:
            entry["s"] = spec.undo_start.element_id
    if entry is not None:
        scope.internal_data.setdefault("undoable", []).append(entry)


def throw(task: ElementTask, activity: str | None, *, wait: bool) -> bool:
    """Compensate what is completed in the scope of ``task``, or just ``activity``.

    Returns whether there is something to wait for. A throw in an event subprocess means the scope around it too.
    Handlers run one after the other, or with ``wait`` False are all started at once.
    """
    left = [*_collect(_throwing_contents(task), activity)]
    if wait or not left:
        return _undo(task, left)
    task.internal_data["undo"] = []
    for entry in left:
        _start(task, entry, NOBODY)
    return False


def cancel(task: ElementTask) -> None:
    """Stop all else in the transaction around a cancel end event, undo what is completed in it, then leave it."""
    contents = _transaction_contents(task)
    spared = {task.id}
    for content in contents:
        for other in content.live():
            if other.id not in spared:
                ending.terminate(other)
        around = (content.host, None if content.host is None else content.host.outer)
        spared = {each.id for each in around if each is not None}
    if not _undo(task, [*_collect(contents, None)]):
        cancel_transaction(task)


def _undo(task: ElementTask, left: list[Done]) -> bool:
    if not left:
        return False
    task.internal_data["undo"] = left
    return go_on(task)


def go_on(task: ElementTask) -> bool:
    """Start the next handler; False when none is left."""
    left: list[Done] = task.internal_data["undo"]
    if not left:
        return False
    _start(task, left.pop(0), task.id)
    return True


def handler_ended(handler: ElementTask) -> None:
    """Hear that a handler has completed; its thrower starts the next or goes on."""
    thrower = handler.runtime.owners.get(handler.internal_data["undoes"])
    if thrower is not None and thrower.alive and not go_on(thrower):
        thrower.task_spec.compensated(thrower)


def _throwing_contents(task: ElementTask) -> list[Content]:
    """Return the content of the scope of ``task``; from an event subprocess also that of the scope around it."""
    contents = [task.workflow]
    while (host := contents[-1].host) is not None and host.task_spec.element_type == "EVENT_SUB_PROCESS":
        contents.append(host.workflow)
    return contents


def _transaction_contents(task: ElementTask) -> list[Content]:
    """Return the contents from ``task`` outwards to that of the transaction around it."""
    contents = [task.workflow]
    while (host := contents[-1].host) is not None and host.task_spec.element_type != "TRANSACTION":
        contents.append(host.workflow)
    return contents


def _collect(contents: list[Content], activity: str | None) -> Iterator[Done]:
    for content in contents:
        scope = present(content.scope)
        done: list[Done] = scope.internal_data.get("undoable", [])
        chosen = [entry for entry in done if activity is None or entry["e"] == activity]
        scope.internal_data["undoable"] = [entry for entry in done if entry not in chosen]
        for entry in reversed(chosen):
            yield from _flat(entry, {})


def _flat(entry: Done, variables: dict[str, Any]) -> Iterator[Done]:
    if "h" in entry:
        yield {"h": entry["h"], "v": variables}
        return
    inside = {**variables, **entry["v"]}
    if "s" in entry:
        yield {"s": entry["s"], "in": entry["in"], "v": inside}
        return
    for inner in reversed(entry["in"]):
        yield from _flat(inner, inside)


def _start(task: ElementTask, entry: Done, thrower: int) -> None:
    specs = task.workflow.program.specs
    spec = specs[entry["h"]] if "h" in entry else specs[entry["s"]].event_subprocess
    content = task.workflow
    while content.spec is not spec.scope and content.scope is content.host and content.host is not None:
        content = content.host.workflow
    if content.spec is not spec.scope:
        content = task.workflow
    handler = content.task_tree._add_child(spec, TaskState.FUTURE)
    handler.variables = dict(entry["v"])
    handler.internal_data["undoes"] = thrower
    if "s" in entry:
        handler.internal_data |= {"event": {"e": entry["s"], "v": {}}, "undoable": entry["in"]}
    handler._ready()


def cancel_transaction(task: ElementTask) -> None:
    """Leave the transaction around a cancel end event by its cancel boundary event, or complete it without one."""
    host = _transaction_contents(task)[-1].host
    if host is not None:
        holder = host.outer if host.outer is not None and host.outer.task_spec.repeats else host
        for event in holder.task_spec.boundaries:
            if event.kind == "CANCEL":
                event.occurred(holder, None, {})
                return
    ending.leave(task)
