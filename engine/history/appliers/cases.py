"""What becomes of process instances and their variables."""

from __future__ import annotations

from engine.history.appliers.registry import applies
from engine.history.event import Event
from engine.store.batch import Batch
from engine.store.keys import variable_key
from engine.store.tables.runtime import process_instance, variable


@applies("process_instance_started")
def process_instance_started(event: Event, batch: Batch) -> None:
    """A case appears."""
    payload = event.payload
    batch.insert(
        process_instance,
        {
            "key": event.root_key,
            "root_key": event.root_key,
            "parent_key": None,
            "parent_element_instance_key": None,
            "definition_key": payload["definition_key"],
            "process_id": payload["process_id"],
            "version": payload["version"],
            "business_key": payload["business_key"],
            "title": payload["title"],
            "state": "ACTIVE",
            "suspended": False,
            "initiator_id": payload["initiator"]["id"],
            "department": payload["initiator"]["department"],
            "tags": payload.get("tags") or None,
            "suspended_at": None,
            "started_at": event.at,
            "ended_at": None,
        },
    )


@applies("process_instance_called")
def process_instance_called(event: Event, batch: Batch) -> None:
    """A call activity started a process instance inside the case."""
    payload = event.payload
    batch.insert(
        process_instance,
        {
            "key": payload["key"],
            "root_key": event.root_key,
            "parent_key": payload["parent_key"],
            "parent_element_instance_key": payload["parent_element_instance_key"],
            "definition_key": payload["definition_key"],
            "process_id": payload["process_id"],
            "version": payload["version"],
            "business_key": None,
            "title": payload["title"],
            "state": "ACTIVE",
            "suspended": False,
            "initiator_id": payload["initiator_id"],
            "department": payload["department"],
            "tags": None,
            "suspended_at": None,
            "started_at": event.at,
            "ended_at": None,
        },
    )


@applies("process_instance_suspended")
def process_instance_suspended(event: Event, batch: Batch) -> None:
    """The case stands still."""
    batch.update(process_instance, (event.root_key,), {"suspended": True, "suspended_at": event.at})


@applies("process_instance_resumed")
def process_instance_resumed(event: Event, batch: Batch) -> None:
    """The case goes on."""
    batch.update(process_instance, (event.root_key,), {"suspended": False, "suspended_at": None})


@applies("process_instance_canceled")
def process_instance_canceled(event: Event, batch: Batch) -> None:
    """The case is over, so it stands still no longer; the events that follow say what ended."""
    batch.update(process_instance, (event.root_key,), {"suspended": False})


@applies("variable_changed")
def variable_changed(event: Event, batch: Batch) -> None:
    """A variable has a new value."""
    batch.upsert(
        variable,
        {
            "scope_key": event.payload["scope_key"],
            "name": event.payload["name"],
            "root_key": event.root_key,
            "value": event.payload["value"],
            "key": variable_key(event.payload["scope_key"], event.payload["name"]),
        },
    )


@applies(
    "process_instance_modified",
    "variables_updated",
    "message_correlated",
    "signal_received",
    "content_erased",
    "resources_deployed",
    "user_signed_in",
    "sign_in_failed",
    "user_signed_out",
    "user_created",
    "password_changed",
    "api_token_issued",
    "api_token_withdrawn",
    "organisation_loaded",
    "calendar_published",
    "document_stored",
    "document_deleted",
    "connection_named",
    "secrets_sealed",
    "connection_forgotten",
    "message_thrown",
    "signal_thrown",
)
def told_by_others(event: Event, batch: Batch) -> None:
    """Nothing of a case changes by these: either the events that follow say what does, or they concern no case."""
