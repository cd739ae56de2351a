"""What element instances wait for: timers, messages, signals and conditions, opened and closed together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from engine.definitions.iso8601 import ENDLESS
from engine.definitions.model import EventType
from engine.execution import records
from engine.execution.errors import present
from engine.execution.timers import Schedule, next_due, schedule

if TYPE_CHECKING:
    from engine.execution.specs.events import CatchSpec
    from engine.execution.task import ElementTask

Subscription = dict[str, Any]
"""Saved with its owner: ``n`` number, ``k`` kind, ``e`` element id; ``due``, ``left``, ``every`` of timers, ``s`` the
name of a signal."""


def open_all(owner: ElementTask, events: Sequence[CatchSpec]) -> None:
    """Open the subscriptions of ``events`` for ``owner``; all expressions are evaluated before any is opened."""
    if "subs" in owner.internal_data:
        return
    prepared = [(event, _prepare(owner, event)) for event in events if event.kind in _OPENERS]
    if not prepared and not events:
        return
    owner.internal_data["subs"] = [_OPENERS[event.kind](owner, event, value) for event, value in prepared]


def reopen(owner: ElementTask, kept: list[Subscription], added: Sequence[CatchSpec]) -> None:
    """Go on with the subscriptions ``kept`` and open those of the events ``added``."""
    prepared = [(event, _prepare(owner, event)) for event in added]
    opened = [_OPENERS[event.kind](owner, event, value) for event, value in prepared]
    owner.internal_data["subs"] = [*kept, *opened]


def wanted(owner: ElementTask) -> list[CatchSpec]:
    """Return the events that a live element instance waits for by its diagram, whether or not they are spent."""
    spec = owner.task_spec
    events = list(spec.event_starts(owner)) if owner is owner.workflow.task_tree else list(spec.waits)
    if getattr(spec, "catches", False):
        events.append(spec)
    if owner.internal_data.get("interrupted"):
        events = [event for event in events if event.event_subprocess is None]
    return [event for event in events if event.kind in _OPENERS]


def close(owner: ElementTask, *, keep: frozenset[str] = frozenset()) -> None:
    """Close the subscriptions of ``owner`` except those of the elements in ``keep``."""
    opened: list[Subscription] | None = owner.internal_data.get("subs")
    if not opened:
        return
    kept = [sub for sub in opened if sub["e"] in keep]
    for sub in opened:
        if sub["e"] not in keep:
            close_one(owner, sub)
    owner.internal_data["subs"] = kept


def close_one(owner: ElementTask, sub: Subscription, *, fired: bool = False) -> None:
    """Close one subscription; a timer that has fired is not reported as cancelled."""
    runtime = owner.runtime
    number = sub["n"]
    runtime.owners.pop(number, None)
    runtime.conditions.pop(number, None)
    key = runtime.base + number
    if sub["k"] == EventType.TIMER and not fired:
        runtime.emit(records.TimerCanceled(key))
    elif sub["k"] == EventType.MESSAGE:
        runtime.emit(records.MessageSubscriptionClosed(key))
    elif sub["k"] == EventType.SIGNAL:
        runtime.emit(records.SignalSubscriptionClosed(key))


def find(owner: ElementTask, number: int) -> Subscription | None:
    """Return the open subscription of ``owner`` with this number."""
    for sub in owner.internal_data.get("subs", ()):
        if sub["n"] == number:
            found: Subscription = sub
            return found
    return None


def event_of(owner: ElementTask, sub: Subscription) -> CatchSpec:
    """Return the event that a subscription of ``owner`` waits for: the owner itself, or one at or behind it."""
    if owner.task_spec.element_id == sub["e"]:
        return cast("CatchSpec", owner.task_spec)  # in a loop the program's spec of this id is the body
    return cast("CatchSpec", owner.workflow.program.specs[sub["e"]])


def remove(owner: ElementTask, sub: Subscription) -> None:
    """Take a subscription that has fired for the last time from its owner."""
    owner.internal_data["subs"] = [each for each in owner.internal_data["subs"] if each is not sub]
    close_one(owner, sub, fired=True)


def repeat_timer(owner: ElementTask, sub: Subscription, event: CatchSpec) -> None:
    """Schedule the next firing of a repeating timer, or remove it after its last."""
    left = sub["left"] if sub["left"] == ENDLESS else sub["left"] - 1
    remove(owner, sub)
    if left != 0 and sub["every"] is not None:
        due = next_due(datetime.fromisoformat(sub["due"]), sub["every"])
        owner.internal_data["subs"].append(_open_timer(owner, event, Schedule(due, left, sub["every"])))


def _prepare(owner: ElementTask, event: CatchSpec) -> Any:
    if event.kind is EventType.TIMER:
        if event.follows_clock:
            return Schedule(None)
        return schedule(present(event.timer_kind), present(event.timer).evaluate(owner), owner.runtime.now)
    if event.kind is EventType.MESSAGE:
        name = present(event.message_name).text(owner)
        return name, "" if event.correlation_key is None else event.correlation_key.text(owner)
    if event.kind is EventType.SIGNAL:
        return present(event.signal_name).text(owner)
    return None


def _new(owner: ElementTask, event: CatchSpec) -> Subscription:
    number = owner.runtime.next_number()
    owner.runtime.owners[number] = owner
    return {"n": number, "k": event.kind.value, "e": event.element_id}


def _open_timer(owner: ElementTask, event: CatchSpec, value: Schedule) -> Subscription:
    sub = _new(owner, event)
    sub |= {
        "due": None if value.due is None else value.due.isoformat(),
        "left": value.repetitions,
        "every": value.every,
    }
    runtime = owner.runtime
    runtime.emit(
        records.TimerScheduled(
            runtime.base + sub["n"],
            owner.key,
            event.element_id,
            sub["due"],
            value.repetitions,
            event.interrupting,
            owner.workflow.process.key,
            owner.workflow.program.definition_key,
        )
    )
    return sub


def _open_message(owner: ElementTask, event: CatchSpec, value: tuple[str, str]) -> Subscription:
    sub = _new(owner, event)
    runtime = owner.runtime
    runtime.emit(
        records.MessageSubscriptionOpened(
            runtime.base + sub["n"],
            owner.key,
            event.element_id,
            *value,
            event.interrupting,
            owner.workflow.process.key,
        )
    )
    return sub


def _open_signal(owner: ElementTask, event: CatchSpec, value: str) -> Subscription:
    sub = _new(owner, event) | {"s": value}
    runtime = owner.runtime
    runtime.emit(
        records.SignalSubscriptionOpened(
            runtime.base + sub["n"],
            owner.key,
            event.element_id,
            value,
            event.interrupting,
            owner.workflow.process.key,
        )
    )
    return sub


def _open_condition(owner: ElementTask, event: CatchSpec, _: None) -> Subscription:
    sub = _new(owner, event)
    sub["was"] = False
    owner.runtime.conditions[sub["n"]] = owner
    owner.runtime.conditions_stale = True
    return sub


_OPENERS: dict[EventType, Any] = {
    EventType.TIMER: _open_timer,
    EventType.MESSAGE: _open_message,
    EventType.SIGNAL: _open_signal,
    EventType.CONDITIONAL: _open_condition,
}
