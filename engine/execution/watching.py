"""What a case waits for, read from its records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import NotFound
from engine.execution import records as r


class Watch:
    """Open user tasks, jobs, timers, subscriptions and incidents by key, live elements, and variables by scope."""

    def __init__(self) -> None:
        self.user_tasks: dict[int, r.UserTaskCreated] = {}
        self.jobs: dict[int, r.JobCreated] = {}
        self.timers: dict[int, r.TimerScheduled] = {}
        self.messages: dict[int, r.MessageSubscriptionOpened] = {}
        self.signals: dict[int, r.SignalSubscriptionOpened] = {}
        self.incidents: dict[int, r.IncidentRaised] = {}
        self.elements: dict[int, r.ElementActivated] = {}
        self.scopes: dict[int, dict[str, Any]] = {}

    def see(self, record: r.Record) -> None:
        """Take one more record into account."""
        match record:
            case r.ElementActivated():
                self.elements[record.key] = record
            case r.ElementCompleted() | r.ElementTerminated():
                self.elements.pop(record.key, None)
                self.user_tasks.pop(record.key, None)
                for key in [key for key, job in self.jobs.items() if job.element_instance_key == record.key]:
                    del self.jobs[key]
            case r.VariableChanged():
                self.scopes.setdefault(record.scope_key, {})[record.name] = record.value
            case _:
                self._see_waiting(record)

    def _see_waiting(self, record: r.Record) -> None:
        match record:
            case r.UserTaskCreated():
                self.user_tasks[record.key] = record
            case r.JobCreated():
                self.jobs[record.key] = record
            case r.TimerScheduled():
                self.timers[record.key] = record
            case r.MessageSubscriptionOpened():
                self.messages[record.key] = record
            case r.SignalSubscriptionOpened():
                self.signals[record.key] = record
            case r.IncidentRaised():
                self.incidents[record.key] = record
            case (
                r.JobCanceled()
                | r.TimerCanceled()
                | r.MessageSubscriptionClosed()
                | r.SignalSubscriptionClosed()
                | r.IncidentResolved()
            ):
                for waiting in (self.jobs, self.timers, self.messages, self.signals, self.incidents):
                    waiting.pop(record.key, None)
            case _:
                pass

    def oldest(self, waiting: Mapping[int, Any], element_id: str) -> int:
        """Return the key of the oldest entry of an element. Raises NotFound."""
        for key in sorted(waiting):
            if waiting[key].element_id == element_id:
                return key
        raise NotFound(
            f"元素“{element_id}”现在没有在等待。", details={"waiting": [e.element_id for e in waiting.values()]}
        )
