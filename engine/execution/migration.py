"""Moving a running case to another version of its process, element by element."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.definitions.model import EventType
from engine.execution import subscriptions
from engine.execution.errors import ElementFailed, MigrationImpossible, present
from engine.execution.modification import everything
from engine.execution.program import Program
from engine.execution.records import ElementMigrated
from engine.execution.spiff import TaskState

if TYPE_CHECKING:
    from engine.execution.task import ElementTask
    from engine.execution.workflow import CaseWorkflow, Content


def obstacles(workflow: CaseWorkflow, program: Program, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return why live elements cannot move, in Chinese, by element id; empty if everything can.

    ``mapping`` names the target element of each element whose id has changed; others keep theirs.
    """
    found: dict[str, str] = {}
    for task in everything(workflow):
        if task.workflow.process is not workflow.process or task is workflow.task_tree:
            continue
        reason = _obstacle(task, program, mapping)
        if reason is not None:
            found[task.task_spec.element_id] = reason
    return found


def migrate(workflow: CaseWorkflow, program: Program, mapping: Mapping[str, str]) -> None:
    """Continue the case as an instance of ``program``; called processes stay on their versions.

    Element instances keep keys, variables and what they wait for: timers keep their moment. Subscriptions of boundary
    events and event subprocesses that the new version does not have are closed, those it adds are opened.
    Raises MigrationImpossible, with the reason for each element, before anything is changed.
    """
    reasons = obstacles(workflow, program, mapping)
    if reasons:
        listed = "；".join(f"{element_id}：{reason}" for element_id, reason in reasons.items())
        raise MigrationImpossible(f"有正在进行的步骤不能迁移：{listed}", details={"elements": reasons})
    before = {
        task: _wanted(task, mapping) for task in everything(workflow) if task.workflow.process is workflow.process
    }
    for content in _contents(workflow):
        _move(content, program, mapping)
    for task, former in before.items():
        if task.activated or task is workflow.task_tree:
            _resubscribe(task, former, mapping)


def _wanted(task: ElementTask, mapping: Mapping[str, str]) -> dict[str, EventType]:
    """Return what an element instance waits for by element id of the new version, spent or not."""
    return {mapping.get(each.element_id, each.element_id): each.kind for each in subscriptions.wanted(task)}


def _contents(content: Content) -> list[Content]:
    found = [content]
    for task in content.live():
        inner = task.content
        if inner is not None and inner.process is content.process:
            found += _contents(inner)
    return found


def _obstacle(task: ElementTask, program: Program, mapping: Mapping[str, str]) -> str | None:
    spec = task.task_spec
    wanted = mapping.get(spec.element_id, spec.element_id)
    target = program.specs.get(wanted)
    if target is None:
        return "新版本中没有对应的元素"
    if target.node.type is not spec.node.type or target.repeats is not _outermost(task).task_spec.repeats:
        return f"新版本中的“{wanted}”类型不同"
    if target.repeats and target.sequential is not _outermost(task).task_spec.sequential:
        return f"新版本中的“{wanted}”多实例方式不同"
    here, there = _scope_id(spec, mapping), target.scope.element_id
    if here != there and not (spec.scope.host is None and target.scope.host is None):
        return f"新版本中的“{wanted}”在另一个子流程中"
    if task._state == TaskState.WAITING:
        unknown = [flow for flow in task.internal_data.get("arrived", {}) if flow not in target.node.incoming]
        if unknown:
            return f"汇合处已到的流 {'、'.join(unknown)} 在新版本中不再进入它"
    return None


def _outermost(task: ElementTask) -> ElementTask:
    outer = task.outer
    return outer if outer is not None and outer.task_spec.repeats else task


def _scope_id(spec: Any, mapping: Mapping[str, str]) -> str:
    scope_id: str = spec.scope.element_id
    return mapping.get(scope_id, scope_id)


def _move(content: Content, program: Program, mapping: Mapping[str, str]) -> None:
    """Let every task of ``content`` go on with the spec of the new version."""
    runtime = content.runtime
    old_scope = content.spec
    content.program = program
    content.spec = program.scope if content.host is None else present(content.host.task_spec.content)
    content.joins = {}
    content.task_tree.task_spec = content.spec.start
    for task in content.live():
        old = task.task_spec
        target = _target(program, mapping, old.element_id)
        outer = task.outer
        if outer is not None and outer.task_spec.repeats:
            target = program.specs[target.element_id].inner
        task.task_spec = target
        if task._state == TaskState.WAITING:
            target.register(task)
        if task.activated:
            runtime.emit(ElementMigrated(task.key, old.element_id, target.element_id, program.definition_key))
    if content.host is None:
        root = content.task_tree
        old_id = old_scope.element_id
        runtime.emit(ElementMigrated(root.key, old_id, content.spec.element_id, program.definition_key))


def _target(program: Program, mapping: Mapping[str, str], element_id: str) -> Any:
    return program.specs[mapping.get(element_id, element_id)]


def _resubscribe(task: ElementTask, former: Mapping[str, EventType], mapping: Mapping[str, str]) -> None:
    """Close the subscriptions that the new version does not have, open those it adds; the others go on as they are."""
    if "subs" not in task.internal_data and "incident" in task.internal_data:
        return  # its activation will be tried again, and opens them
    wanted = {event.element_id: event for event in subscriptions.wanted(task)}
    kept = []
    for sub in task.internal_data.get("subs", ()):
        target = mapping.get(sub["e"], sub["e"])
        if target in wanted and wanted[target].kind == sub["k"]:
            kept.append({**sub, "e": target})
        else:
            subscriptions.close_one(task, sub)
    added = [event for element_id, event in wanted.items() if former.get(element_id) is not event.kind]
    if not kept and not added:
        task.internal_data.pop("subs", None)
        return
    try:
        subscriptions.reopen(task, kept, added)
    except ElementFailed as failure:
        element_id = task.task_spec.element_id
        reasons: dict[str, object] = {"elements": {element_id: failure.message}}
        raise MigrationImpossible(
            f"“{element_id}”在新版本中的等待无法开启：{failure.message}", details=reasons
        ) from failure
