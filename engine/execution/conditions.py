"""Conditional events: they fire when a condition becomes true (BPMN 2.0.2 section 10.5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.execution import subscriptions
from engine.execution.spiff import TaskState

if TYPE_CHECKING:
    from engine.execution.runtime import Runtime


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
        holds = runtime.attempt(owner, "conditions", event.condition.boolean)
        fires = bool(holds) and not sub["was"]
        sub["was"] = bool(holds)
        if fires:
            event.occurred(owner, sub, {})
