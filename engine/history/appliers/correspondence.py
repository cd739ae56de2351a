"""What becomes of copies, urgings and signatures entered for somebody."""

from __future__ import annotations

from engine.history.appliers.registry import applies
from engine.history.event import Event
from engine.store.batch import Batch
from engine.store.tables.actions import copy, recorded_signature, urge
from engine.store.tables.runtime import draft, user_task, user_task_candidate


@applies("copies_sent")
def copies_sent(event: Event, batch: Batch) -> None:
    """People may read the case."""
    for each in event.payload["copies"]:
        batch.insert(
            copy,
            {
                "key": each["key"],
                "root_key": event.root_key,
                "task_key": event.payload["task_key"],
                "kind": event.payload["kind"],
                "user_id": each["user_id"],
                "sent_by": event.actor_id,
                "note": event.payload["note"],
                "sent_at": event.at,
                "read_at": None,
            },
        )


@applies("copy_read")
def copy_read(event: Event, batch: Batch) -> None:
    """Somebody has read theirs."""
    batch.update(copy, (event.payload["key"],), {"read_at": event.at})


@applies("user_task_urged")
def user_task_urged(event: Event, batch: Batch) -> None:
    """Somebody was reminded."""
    payload = event.payload
    batch.insert(
        urge,
        {
            "task_key": payload["key"],
            "number": payload["number"],
            "root_key": event.root_key,
            "day": payload["day"],
            "actor_id": event.actor_id,
            "note": payload["note"],
            "at": event.at,
        },
    )


@applies("user_task_recorded")
def user_task_recorded(event: Event, batch: Batch) -> None:
    """The user task is done as the person did it on paper; they have still to confirm."""
    payload = event.payload
    batch.update(
        user_task,
        (payload["key"],),
        {
            "state": "COMPLETED",
            "ended_at": event.at,
            "assignee_id": payload["person_id"],
            "completed_by": event.actor_id,
            "on_behalf_of": payload["person_id"],
            "opinion": payload["opinion"],
            "outcome": payload["outcome"],
        },
    )
    batch.delete_where(user_task_candidate, "user_task_key", payload["key"])
    batch.delete_where(draft, "user_task_key", payload["key"])
    batch.insert(
        recorded_signature,
        {
            "task_key": payload["key"],
            "root_key": event.root_key,
            "person_id": payload["person_id"],
            "recorded_by": event.actor_id,
            "evidence_kind": payload["evidence_kind"],
            "evidence": payload["evidence"],
            "document_id": payload["document_id"],
            "state": "UNCONFIRMED",
            "note": None,
            "at": event.at,
            "answered_at": None,
        },
    )


@applies("recorded_signature_answered")
def recorded_signature_answered(event: Event, batch: Batch) -> None:
    """The person says whether it was so."""
    payload = event.payload
    state = "CONFIRMED" if payload["confirmed"] else "DISPUTED"
    values = {"state": state, "note": payload["note"], "answered_at": event.at}
    batch.update(recorded_signature, (payload["key"],), values)


@applies("recorded_signature_scanned")
def recorded_signature_scanned(event: Event, batch: Batch) -> None:
    """The paper can be seen."""
    batch.update(recorded_signature, (event.payload["key"],), {"document_id": event.payload["document_id"]})


@applies(
    "second_factor_enrolled",
    "second_factor_confirmed",
    "second_factor_removed",
    "second_factor_failed",
    "second_factors_sealed",
    "lost_second_factor_removed",
)
def told_in_the_log(event: Event, batch: Batch) -> None:
    """The table of second factors holds secrets and is written by the commands themselves."""
