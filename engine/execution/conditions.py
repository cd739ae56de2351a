"""Conditional events: they fire when a condition becomes true (BPMN 2.0.2 section 10.5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.execution import subscriptions
from engine.execution.errors import ElementFailed, present
from engine.execution.spiff import TaskState

if TYPE_CHECKING:
    from engine.execution.runtime import Runtime
    from engine.execution.specs.events import CatchSpec
    from engine.execution.subscriptions import Subscription
    from engine.execution.task import ElementTask


def recheck(runtime: Runtime) -> None:
    """Evaluate every open condition; those that have become true since the last time fire, in order of number."""
    runtime.conditions_stale = False
    for body in list(runtime.watched.values()):
        runtime.keeper.load_all(body)
    for number in sorted(runtime.conditions):
        owner = runtime.conditions.get(number)
        if owner is None or (owner._state != TaskState.STARTED and owner is not owner.workflow.scope):
            continue
        sub = subscriptions.find(owner, number)
        if sub is None:
            continue
        event = owner.workflow.program.specs[sub["e"]]
        holds = _holds(owner, sub, event)
        fires = holds and not sub["was"]
        sub["was"] = holds
        if fires:
            event.occurred(owner, sub, {})


def _holds(owner: ElementTask, sub: Subscription, event: CatchSpec) -> bool:
    """Evaluate a condition; one that fails raises an incident once, and ends it when it can be evaluated again."""
    try:
        holds = present(event.condition).boolean(owner)
    except ElementFailed as failure:
        if "failed" not in sub:
            sub["failed"] = True
            owner.runtime.raise_incident(owner, "conditions", failure.error_type, failure.message)
        return False
    incident = owner.internal_data.get("incident")
    if sub.pop("failed", False) and incident is not None and incident["phase"] == "conditions":
        owner.runtime.clear_incident(owner)
    return holds
