"""Errors and escalations: looking outwards for what catches them (BPMN 2.0.2 sections 10.5.1 and 13.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from engine.definitions.model import EventType

if TYPE_CHECKING:
    from engine.execution.specs.events import CatchSpec
    from engine.execution.task import ElementTask


def throw(task: ElementTask, kind: EventType, code: str, variables: Mapping[str, Any]) -> CatchSpec | None:
    """Let the nearest boundary event or event subprocess catch; return it, or None when nothing does.

    An exact code is preferred to an event that catches every code, at each level from ``task`` outwards. An error
    leaves a called process through its call activity.
    """
    below: ElementTask | None = None
    current: ElementTask | None = task
    while current is not None:
        catcher = None
        if below is not None and current.task_spec.content is not None:
            catcher = _match(_event_starts(current, below), kind, code)
        if catcher is None:
            catcher = _match(current.task_spec.boundaries, kind, code)
        if catcher is not None:
            catcher.occurred(current, None, variables)
            return catcher
        below = current
        current = current.outer if current.outer is not None else current.workflow.host
    return None


def _event_starts(scope: ElementTask, below: ElementTask) -> Iterable[CatchSpec]:
    """Return the start events of the scope's event subprocesses that may catch what comes from ``below``."""
    if scope.internal_data.get("interrupted"):
        return ()
    return [start for start in scope.task_spec.event_starts(scope) if start.event_subprocess is not below.task_spec]


def _match(catchers: Iterable[CatchSpec], kind: EventType, code: str) -> CatchSpec | None:
    every: CatchSpec | None = None
    for catcher in catchers:
        if catcher.kind is not kind:
            continue
        if catcher.code is None:
            every = every or catcher
        elif catcher.code == code:
            return catcher
    return every
