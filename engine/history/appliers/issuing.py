"""What becomes of numbers, texts, services of papers and seals."""

from __future__ import annotations

from typing import Any

from engine.history.appliers.registry import applies
from engine.history.event import Event, moment_from_text
from engine.store.batch import Batch
from engine.store.tables.issuing import (
    issued_number,
    number_reservation,
    seal_handover,
    seal_loan,
    seal_use,
    service,
    text_version,
)


def _number(event: Event) -> tuple[Any, ...]:
    return (event.payload["series"], event.payload["period"], event.payload["number"])


@applies("number_allocated")
def number_allocated(event: Event, batch: Batch) -> None:
    """A case was given a number of a series."""
    what = ("series", "period", "number", "text", "title", "reserved")
    names = (*what, "process_instance_key", "element_instance_key", "element_id")
    batch.insert(
        issued_number,
        {
            **{name: event.payload[name] for name in names},
            "root_key": event.root_key,
            "state": "ISSUED",
            "actor_id": event.actor_id,
            "issued_at": event.at,
            "changed_by": None,
            "changed_at": None,
            "reason": None,
        },
    )


@applies("number_voided", "number_restored")
def number_changed(event: Event, batch: Batch) -> None:
    """A number that was given counts no more, or again."""
    values = {"changed_by": event.actor_id, "changed_at": event.at, "reason": event.payload["reason"]}
    state = "VOID" if event.type == "number_voided" else "ISSUED"
    batch.update(issued_number, _number(event), {"state": state, **values})


@applies("numbers_reserved")
def numbers_reserved(event: Event, batch: Batch) -> None:
    """The next numbers of a series were set aside."""
    payload = event.payload
    for item in payload["numbers"]:
        batch.insert(
            number_reservation,
            {
                "series": payload["series"],
                "period": payload["period"],
                "number": item["number"],
                "root_key": event.root_key,
                "text": item["text"],
                "state": "RESERVED",
                "actor_id": event.actor_id,
                "reserved_at": event.at,
                "reason": payload["reason"],
                "changed_by": None,
                "changed_at": None,
                "change_reason": None,
            },
        )


@applies("reserved_number_voided", "reserved_number_restored")
def reservation_changed(event: Event, batch: Batch) -> None:
    """A number that was set aside will not be used, or may be again."""
    values = {"changed_by": event.actor_id, "changed_at": event.at, "change_reason": event.payload["reason"]}
    state = "VOID" if event.type == "reserved_number_voided" else "RESERVED"
    batch.update(number_reservation, _number(event), {"state": state, **values})


@applies("text_version_saved")
def text_version_saved(event: Event, batch: Batch) -> None:
    """A version of a text was written."""
    names = ("process_instance_key", "name", "version", "digest", "content", "document", "note", "restored_from")
    batch.insert(
        text_version,
        {
            **{name: event.payload[name] for name in (*names, "user_task_key", "variable")},
            "root_key": event.root_key,
            "actor_id": event.actor_id,
            "saved_at": event.at,
            "frozen_by_key": None,
            "frozen_by": None,
            "frozen_at": None,
        },
    )


@applies("text_frozen")
def text_frozen(event: Event, batch: Batch) -> None:
    """The version was signed."""
    payload = event.payload
    batch.update(
        text_version,
        (payload["process_instance_key"], payload["name"], payload["version"]),
        {"frozen_by_key": payload["element_instance_key"], "frozen_by": event.actor_id, "frozen_at": event.at},
    )


@applies("paper_served")
def paper_served(event: Event, batch: Batch) -> None:
    """A paper was served."""
    what = ("process_instance_key", "element_id", "paper", "number", "recipient", "way", "served_on", "place")
    names = (*what, "received_by", "refused", "substitute_reason", "evidence", "note")
    batch.insert(
        service,
        {
            **{name: event.payload[name] for name in names},
            "key": event.payload["element_instance_key"],
            "root_key": event.root_key,
            "actor_id": event.actor_id,
            "recorded_at": event.at,
            "corrected_by": None,
            "corrected_at": None,
        },
    )


@applies("service_corrected")
def service_corrected(event: Event, batch: Batch) -> None:
    """What was recorded of a service was wrong."""
    corrected = {"corrected_by": event.actor_id, "corrected_at": event.at}
    batch.update(service, (event.payload["key"],), {**event.payload["changes"], **corrected})


@applies("seal_used")
def seal_used(event: Event, batch: Batch) -> None:
    """A seal was put under a paper of an approved case."""
    names = ("process_instance_key", "element_id", "seal", "matter", "document_title", "document_number", "copies")
    batch.insert(
        seal_use,
        {
            **{name: event.payload[name] for name in (*names, "asked_by", "number")},
            "key": event.payload["element_instance_key"],
            "root_key": event.root_key,
            "actor_id": event.actor_id,
            "used_at": event.at,
        },
    )


@applies("seal_taken_out")
def seal_taken_out(event: Event, batch: Batch) -> None:
    """A seal left the house."""
    payload = event.payload
    due = moment_from_text(payload["due_at"])
    batch.insert(
        seal_loan,
        {
            "key": payload["element_instance_key"],
            "root_key": event.root_key,
            "process_instance_key": payload["process_instance_key"],
            "seal": payload["seal"],
            "matter": payload["matter"],
            "taken_by": payload["taken_by"],
            "handed_out_by": event.actor_id,
            "taken_at": event.at,
            "due_at": due,
            "watch_at": due,
            "alarmed_at": None,
            "returned_at": None,
            "received_by": None,
        },
    )


@applies("seal_overdue_noted")
def seal_overdue_noted(event: Event, batch: Batch) -> None:
    """Keepers and office were told that a seal is not back."""
    batch.update(seal_loan, (event.payload["key"],), {"alarmed_at": event.at, "watch_at": None})


@applies("seal_returned")
def seal_returned(event: Event, batch: Batch) -> None:
    """A seal is back."""
    values = {"returned_at": event.at, "received_by": event.actor_id, "watch_at": None}
    batch.update(seal_loan, (event.payload["key"],), values)


@applies("seal_handover_proposed")
def seal_handover_proposed(event: Event, batch: Batch) -> None:
    """A seal was handed over; the new keeper has not said so yet."""
    payload = event.payload
    batch.insert(
        seal_handover,
        {
            **{name: payload[name] for name in ("key", "seal", "from_id", "to_id", "note")},
            "root_key": event.root_key,
            "handed_at": moment_from_text(payload["handed_at"]),
            "state": "PROPOSED",
            "at": event.at,
            "confirmed_at": None,
        },
    )


@applies("seal_handover_answered")
def seal_handover_answered(event: Event, batch: Batch) -> None:
    """The new keeper has the seal, or it was not handed over after all."""
    confirmed = event.payload["confirmed"]
    values = {"state": "CONFIRMED" if confirmed else "WITHDRAWN", "confirmed_at": event.at if confirmed else None}
    batch.update(seal_handover, (event.payload["key"],), values)


@applies("organisation_file_published")
def of_no_case(event: Event, batch: Batch) -> None:
    """It stands in the bureau's log and concerns no read model of a case."""
