"""What changes when a case goes on under another version of its process."""

from __future__ import annotations

from engine.history.appliers.registry import applies
from engine.history.event import Event
from engine.store.batch import Batch
from engine.store.tables.runtime import element_instance, process_instance, user_task


@applies("process_instance_migrated")
def process_instance_migrated(event: Event, batch: Batch) -> None:
    """The case belongs to another version."""
    payload = event.payload
    values = {"definition_key": payload["definition_key"], "process_id": payload["process_id"]}
    batch.update(process_instance, (event.root_key,), {**values, "version": payload["version"]})


@applies("element_migrated")
def element_migrated(event: Event, batch: Batch) -> None:
    """An element instance belongs to an element of that version; where it is a user task, so does the user task."""
    payload = event.payload
    values = {"element_id": payload["target_element_id"], "definition_key": payload["definition_key"]}
    batch.update(element_instance, (payload["key"],), values)
    batch.update(user_task, (payload["key"],), values)
