"""What becomes of files that cases take; packages stand in the bureau's log."""

from __future__ import annotations

from engine.history.appliers.registry import applies
from engine.history.event import Event
from engine.store.batch import Batch
from engine.store.tables.records import case_document


@applies("attachments_taken")
def attachments_taken(event: Event, batch: Batch) -> None:
    """A case took uploaded files."""
    payload = event.payload
    for item in payload["items"]:
        batch.insert(
            case_document,
            {
                "document_id": item["document_id"],
                "root_key": event.root_key,
                "name": item["name"],
                "digest": item["digest"],
                "size": item["size"],
                "content_type": item["content_type"],
                "field": item["field"],
                "task_key": payload["task_key"],
                "element_id": payload["element_id"],
                "note": payload["note"],
                "actor_id": event.actor_id,
                "at": event.at,
            },
        )


@applies("case_archived")
def of_no_case(event: Event, batch: Batch) -> None:
    """It stands in the bureau's log and concerns no read model of a case."""
