"""Signals inside a case: whoever waits when one is thrown gets it at once (BPMN 2.0.2 section 10.5.1, Publication).

Other cases, and what the signal starts, are the outside's: it reads of the signal in ``SignalThrown``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.definitions.model import EventType
from engine.execution import subscriptions
from engine.execution.errors import present

if TYPE_CHECKING:
    from engine.execution.runtime import Runtime
    from engine.execution.specs.events import CatchSpec
    from engine.execution.subscriptions import Subscription
    from engine.execution.task import ElementTask


def broadcast(runtime: Runtime, name: str, variables: Mapping[str, Any]) -> None:
    """Deliver a signal to every subscription of the case that is open now, the oldest first."""
    _load(runtime)
    for number in sorted(runtime.owners):
        owner = runtime.owners.get(number)
        sub = None if owner is None else subscriptions.find(owner, number)
        if owner is None or sub is None or sub["k"] != EventType.SIGNAL:
            continue
        event = subscriptions.event_of(owner, sub)
        if _name(owner, sub, event) == name:
            event.occurred(owner, sub, variables)


def _load(runtime: Runtime) -> None:
    """Load the instances of large multi-instances that may wait for signals, those inside others too."""
    loaded: set[int] = set()
    while waiting := [
        task
        for number, task in list(runtime.owners.items())
        if number == task.id and number not in loaded and task.task_spec.repeats and task.task_spec.hears
    ]:
        for body in waiting:
            loaded.add(body.id)
            runtime.keeper.load_all(body)


def _name(owner: ElementTask, sub: Subscription, event: CatchSpec) -> str:
    """Return what the subscription waits for; one that an earlier version opened does not say so itself."""
    found: str = sub["s"] if "s" in sub else present(event.signal_name).text(owner)
    return found
