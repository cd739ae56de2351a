"""What office work does to user tasks: returning, handing over, further signers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.history.appliers.registry import applies
from engine.history.event import Event
from engine.store.batch import Batch
from engine.store.tables.actions import handover, held_completion, intervention, rework, signer
from engine.store.tables.runtime import draft, user_task, user_task_candidate


@applies("user_task_returned", "second_factor_verified")
def told_by_what_follows(event: Event, batch: Batch) -> None:
    """The events that follow say what became of the case."""


@applies("rework_asked")
def rework_asked(event: Event, batch: Batch) -> None:
    """The user task that opened again is its former actor's."""
    payload = event.payload
    key = payload["key"]
    if payload["assignee_id"] is not None:
        batch.update(user_task, (key,), {"assignee_id": payload["assignee_id"]})
        batch.delete_where(user_task_candidate, "user_task_key", key)
    _insert_rework(event, batch, key, payload["returned_from"], payload["back_to"])


@applies("user_task_returned_to_initiator")
def user_task_returned_to_initiator(event: Event, batch: Batch) -> None:
    """The initiator mends the start form while the user task waits."""
    payload = event.payload
    insert_bound(event, batch, payload["task"], payload["task"]["key"], payload["task"]["assignee_id"], "REWORK")
    _insert_rework(event, batch, payload["task"]["key"], payload["key"], {} if payload["direct"] else None)


@applies("start_form_mended")
def start_form_mended(event: Event, batch: Batch) -> None:
    """The initiator's bound user task is done."""
    _done(event, batch, event.actor_id, event.on_behalf_of)


@applies("user_task_reworked")
def user_task_reworked(event: Event, batch: Batch) -> None:
    """A returned user task is done again."""
    _done(event, batch, event.actor_id, event.on_behalf_of)


@applies("user_task_transferred")
def user_task_transferred(event: Event, batch: Batch) -> None:
    """The user task has another assignee."""
    _hand_over(event, batch, "TRANSFER", "DONE")


@applies("user_task_delegated")
def user_task_delegated(event: Event, batch: Batch) -> None:
    """Another person works on it for the delegator."""
    _hand_over(event, batch, "DELEGATE", "OPEN")


@applies("delegation_resolved")
def delegation_resolved(event: Event, batch: Batch) -> None:
    """It is the delegator's again, with what the delegate filled in as a draft."""
    payload = event.payload
    batch.update(user_task, (payload["key"],), {"assignee_id": payload["assignee_id"]})
    batch.update(
        handover,
        (payload["key"], payload["number"]),
        {
            "state": "DONE",
            "variables": payload["variables"],
            "opinion": payload["opinion"],
            "outcome": payload["outcome"],
            "ended_at": event.at,
        },
    )


@applies("signers_added")
def signers_added(event: Event, batch: Batch) -> None:
    """Each signer has a user task of their own, after-signers only once the task is done."""
    payload = event.payload
    waits = payload["kind"] == "AFTER"
    for each in payload["signers"]:
        batch.insert(
            signer,
            {
                "key": each["key"],
                "root_key": event.root_key,
                "task_key": payload["key"],
                "kind": payload["kind"],
                "user_id": each["user_id"],
                "requested_by": event.on_behalf_of or event.actor_id,
                "reason": payload["reason"],
                "state": "WAITING" if waits else "OPEN",
                "opinion": None,
                "outcome": None,
                "at": event.at,
                "ended_at": None,
            },
        )
        if not waits:
            insert_bound(event, batch, payload["task"], each["key"], each["user_id"], payload["kind"])


@applies("signer_removed")
def signer_removed(event: Event, batch: Batch) -> None:
    """The signer's user task is gone; one that was never opened is not there."""
    key = event.payload["signer_key"]
    ended = {"state": "CANCELED", "ended_at": event.at}
    batch.update(signer, (key,), ended)
    batch.update_where(user_task, {"key": key}, ended)


@applies("signer_answered")
def signer_answered(event: Event, batch: Batch) -> None:
    """The signer's user task is done."""
    payload = event.payload
    batch.update(
        signer,
        (payload["key"],),
        {"state": "DONE", "opinion": payload["opinion"], "outcome": payload["outcome"], "ended_at": event.at},
    )
    _done(event, batch, event.actor_id, event.on_behalf_of)


@applies("completion_held")
def completion_held(event: Event, batch: Batch) -> None:
    """The completion waits for the signers; after-signers begin."""
    payload = event.payload
    batch.upsert(
        held_completion,
        {
            "task_key": payload["key"],
            "root_key": event.root_key,
            "actor_id": event.actor_id,
            "on_behalf_of": event.on_behalf_of,
            "variables": payload["variables"],
            "opinion": payload["opinion"],
            "outcome": payload["outcome"],
            "at": event.at,
        },
    )
    batch.update(user_task, (payload["key"],), {"assignee_id": event.on_behalf_of or event.actor_id})
    batch.delete_where(user_task_candidate, "user_task_key", payload["key"])
    for each in payload["opened"]:
        batch.update(signer, (each["key"],), {"state": "OPEN"})
        insert_bound(event, batch, payload["task"], each["key"], each["user_id"], "AFTER")


@applies("completion_dropped")
def completion_dropped(event: Event, batch: Batch) -> None:
    """The user task is open again, without the signers who had not answered."""
    key = event.payload["key"]
    batch.delete_where(held_completion, "task_key", key)
    ended = {"state": "CANCELED", "ended_at": event.at}
    batch.update_where(user_task, {"bound_to": key, "state": "CREATED"}, ended)
    for state in ("OPEN", "WAITING"):
        batch.update_where(signer, {"task_key": key, "state": state}, ended)


@applies("completion_took_effect")
def completion_took_effect(event: Event, batch: Batch) -> None:
    """The user task is done, by the one who had done it."""
    batch.delete_where(held_completion, "task_key", event.payload["key"])
    _done(event, batch, event.payload["completed_by"], event.payload["on_behalf_of"])


@applies("user_task_merged")
def user_task_merged(event: Event, batch: Batch) -> None:
    """The user task is done with what the same person decided before."""
    _done(event, batch, event.payload["person_id"], None)


@applies("user_task_escalated")
def user_task_escalated(event: Event, batch: Batch) -> None:
    """The user task is offered to the next level up instead."""
    payload = event.payload
    key = payload["key"]
    batch.update(
        user_task,
        (key,),
        {
            "assignee_id": None,
            "candidate_groups": payload["candidate_groups"],
            "candidate_users": payload["candidate_users"],
        },
    )
    batch.delete_where(user_task_candidate, "user_task_key", key)
    principals = [f"group:{name}" for name in payload["candidate_groups"]]
    for principal in principals + [f"user:{id_}" for id_ in payload["candidate_users"]]:
        batch.insert(user_task_candidate, {"principal": principal, "user_task_key": key, "root_key": event.root_key})


@applies("intervention_requested")
def intervention_requested(event: Event, batch: Batch) -> None:
    """A jump or a termination waits for the procedure's owner."""
    payload = event.payload
    batch.insert(
        intervention,
        {
            "key": payload["key"],
            "root_key": event.root_key,
            "kind": payload["kind"],
            "element_id": payload["element_id"],
            "terminate": payload["terminate"],
            "owner_groups": payload["owner_groups"],
            "reason": payload["reason"],
            "requested_by": event.actor_id,
            "state": "REQUESTED",
            "note": None,
            "decided_by": None,
            "at": event.at,
            "decided_at": None,
        },
    )


@applies("intervention_decided")
def intervention_decided(event: Event, batch: Batch) -> None:
    """The procedure's owner has decided."""
    payload = event.payload
    batch.update(
        intervention,
        (payload["key"],),
        {
            "state": "APPROVED" if payload["approved"] else "REFUSED",
            "note": payload["note"],
            "decided_by": event.actor_id,
            "decided_at": event.at,
        },
    )


def insert_bound(event: Event, batch: Batch, task: Mapping[str, Any], key: int, assignee_id: str, binding: str) -> None:
    """Add a user task that hangs on one of the diagram; ``task`` says what it shows."""
    batch.insert(
        user_task,
        {
            "key": key,
            "root_key": event.root_key,
            "process_instance_key": task["process_instance_key"],
            "definition_key": task["definition_key"],
            "element_id": task["element_id"],
            "name": task["name"],
            "state": "CREATED",
            "assignee_id": assignee_id,
            "candidate_groups": [],
            "candidate_users": [],
            "form_key": task["form_key"],
            "external_form": None,
            "headers": {},
            "priority": task["priority"],
            "due_at": None,
            "follow_up_at": None,
            "clock": None,
            "nature": task.get("nature"),
            "created_at": event.at,
            "ended_at": None,
            "completed_by": None,
            "on_behalf_of": None,
            "opinion": None,
            "outcome": None,
            "bound_to": task["bound_to"],
            "binding": binding,
        },
    )


def _insert_rework(event: Event, batch: Batch, key: int, returned_from: int, back_to: Any) -> None:
    batch.insert(
        rework,
        {
            "task_key": key,
            "root_key": event.root_key,
            "returned_from": returned_from,
            "returned_by": event.actor_id,
            "reason": event.payload["reason"],
            "back_to": back_to,
            "at": event.at,
        },
    )


def _hand_over(event: Event, batch: Batch, kind: str, state: str) -> None:
    payload = event.payload
    batch.update(user_task, (payload["key"],), {"assignee_id": payload["assignee_id"]})
    batch.delete_where(user_task_candidate, "user_task_key", payload["key"])
    batch.insert(
        handover,
        {
            "task_key": payload["key"],
            "number": payload["number"],
            "root_key": event.root_key,
            "kind": kind,
            "from_id": payload["from_id"],
            "to_id": payload["assignee_id"],
            "reason": payload["reason"],
            "state": state,
            "variables": None,
            "opinion": None,
            "outcome": None,
            "at": event.at,
            "ended_at": event.at if state == "DONE" else None,
        },
    )


def _done(event: Event, batch: Batch, completed_by: str, on_behalf_of: str | None) -> None:
    payload = event.payload
    batch.update(
        user_task,
        (payload["key"],),
        {
            "state": "COMPLETED",
            "ended_at": event.at,
            "assignee_id": on_behalf_of or completed_by,
            "completed_by": completed_by,
            "on_behalf_of": on_behalf_of,
            "opinion": payload.get("opinion"),
            "outcome": payload.get("outcome"),
        },
    )
    batch.delete_where(user_task_candidate, "user_task_key", payload["key"])
    batch.delete_where(draft, "user_task_key", payload["key"])
