"""What becomes of element instances, incidents and subscriptions."""

from __future__ import annotations

from engine.history.appliers.bound import release_bound
from engine.history.appliers.registry import applies
from engine.history.event import Event
from engine.store.batch import Batch
from engine.store.tables.runtime import (
    draft,
    element_instance,
    incident,
    message_subscription,
    process_instance,
    signal_subscription,
    user_task,
    user_task_candidate,
)


@applies("element_activated")
def element_activated(event: Event, batch: Batch) -> None:
    """An element instance begins."""
    payload = event.payload
    batch.insert(
        element_instance,
        {
            "key": payload["key"],
            "root_key": event.root_key,
            "process_instance_key": payload["process_instance_key"],
            "definition_key": payload["definition_key"],
            "element_id": payload["element_id"],
            "type": payload["element_type"],
            "scope_key": payload["flow_scope_key"],
            "state": "ACTIVE",
            "loop_counter": payload["loop_counter"],
            "started_at": event.at,
            "ended_at": None,
        },
    )


@applies("element_completed")
def element_completed(event: Event, batch: Batch) -> None:
    """An element instance ends well."""
    _end(event, batch, "COMPLETED")


@applies("element_terminated")
def element_terminated(event: Event, batch: Batch) -> None:
    """An element instance is cut short; a user task of it is cancelled with it."""
    _end(event, batch, "TERMINATED")
    if event.payload["element_type"] == "USER_TASK":
        batch.update(user_task, (event.payload["key"],), {"state": "CANCELED", "ended_at": event.at})
        batch.delete_where(user_task_candidate, "user_task_key", event.payload["key"])
        batch.delete_where(draft, "user_task_key", event.payload["key"])
        release_bound(event, batch)


def _end(event: Event, batch: Batch, state: str) -> None:
    key = event.payload["key"]
    batch.update(element_instance, (key,), {"state": state, "ended_at": event.at})
    if event.payload["element_type"] == "PROCESS":
        batch.update(process_instance, (key,), {"state": state, "ended_at": event.at})


@applies("incident_raised")
def incident_raised(event: Event, batch: Batch) -> None:
    """An element can't go on without help."""
    payload = event.payload
    batch.insert(
        incident,
        {
            "key": payload["key"],
            "root_key": event.root_key,
            "process_instance_key": payload["process_instance_key"],
            "element_instance_key": payload["element_instance_key"],
            "element_id": payload["element_id"],
            "error_type": payload["error_type"],
            "message": payload["message"],
            "job_key": payload["job_key"],
            "state": "ACTIVE",
            "created_at": event.at,
            "resolved_at": None,
        },
    )


@applies("incident_resolved")
def incident_resolved(event: Event, batch: Batch) -> None:
    """The element can go on, or is gone."""
    batch.update(incident, (event.payload["key"],), {"state": "RESOLVED", "resolved_at": event.at})


@applies("message_subscription_opened")
def message_subscription_opened(event: Event, batch: Batch) -> None:
    """An element waits for a message."""
    payload = event.payload
    batch.insert(
        message_subscription,
        {
            "key": payload["key"],
            "root_key": event.root_key,
            "process_instance_key": payload["process_instance_key"],
            "element_instance_key": payload["element_instance_key"],
            "element_id": payload["element_id"],
            "message_name": payload["message_name"],
            "correlation_key": payload["correlation_key"],
            "state": "OPEN",
            "opened_at": event.at,
        },
    )


@applies("message_subscription_closed")
def message_subscription_closed(event: Event, batch: Batch) -> None:
    """The element waits no longer."""
    batch.update(message_subscription, (event.payload["key"],), {"state": "CLOSED"})


@applies("signal_subscription_opened")
def signal_subscription_opened(event: Event, batch: Batch) -> None:
    """An element waits for a signal."""
    payload = event.payload
    batch.insert(
        signal_subscription,
        {
            "key": payload["key"],
            "root_key": event.root_key,
            "process_instance_key": payload["process_instance_key"],
            "element_instance_key": payload["element_instance_key"],
            "element_id": payload["element_id"],
            "signal_name": payload["signal_name"],
            "state": "OPEN",
        },
    )


@applies("signal_subscription_closed")
def signal_subscription_closed(event: Event, batch: Batch) -> None:
    """The element waits no longer."""
    batch.update(signal_subscription, (event.payload["key"],), {"state": "CLOSED"})
