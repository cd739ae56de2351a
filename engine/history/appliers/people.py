"""What becomes of substitution, of restricted cases that were read, and of tasks whose role nobody holds."""

from __future__ import annotations

from collections.abc import Sequence

from engine.history.appliers.registry import applies
from engine.history.event import Event, moment_from_text
from engine.store.batch import Batch
from engine.store.tables.people import case_read, substitution
from engine.store.tables.runtime import incident, process_instance, user_task, user_task_candidate


@applies("substitution_granted")
def substitution_granted(event: Event, batch: Batch) -> None:
    """Somebody stands in for somebody."""
    payload = event.payload
    batch.insert(
        substitution,
        {
            "key": payload["key"],
            "principal_id": payload["principal_id"],
            "substitute_id": payload["substitute_id"],
            "starts_at": moment_from_text(payload["starts_at"]),
            "ends_at": moment_from_text(payload["ends_at"]),
            "process_ids": payload["process_ids"],
            "reason": payload["reason"],
            "created_by": event.actor_id,
            "created_at": event.at,
            "withdrawn_at": None,
        },
    )


@applies("substitution_withdrawn")
def substitution_withdrawn(event: Event, batch: Batch) -> None:
    """Nobody stands in any more."""
    batch.update(substitution, (event.payload["key"],), {"withdrawn_at": event.at})


@applies("restricted_case_read")
def restricted_case_read(event: Event, batch: Batch) -> None:
    """Somebody read a restricted case: auditors see it in the list of reads."""
    batch.insert(
        case_read,
        {
            "seq": event.seq,
            "root_key": event.payload["root_key"],
            "user_id": event.actor_id,
            "on_behalf_of": event.on_behalf_of,
            "resource": event.payload["resource"],
            "read_at": event.at,
        },
    )


@applies("role_unheld")
def role_unheld(event: Event, batch: Batch) -> None:
    """Nobody could take a user task; it went to somebody else, and an incident tells the administrators."""
    payload = event.payload
    batch.insert(
        incident,
        {
            "key": payload["key"],
            "root_key": event.root_key,
            "process_instance_key": payload["process_instance_key"],
            "element_instance_key": payload["key"],
            "element_id": payload["element_id"],
            "error_type": "ROLE_UNHELD",
            "message": payload["message"],
            "job_key": None,
            "state": "ACTIVE",
            "created_at": event.at,
            "resolved_at": None,
        },
    )


@applies("role_held_again")
def role_held_again(event: Event, batch: Batch) -> None:
    """The incident is over: the user task has ended, or went where it belongs."""
    batch.update(incident, (event.payload["key"],), {"state": "RESOLVED", "resolved_at": event.at})


@applies("user_task_reoffered")
def user_task_reoffered(event: Event, batch: Batch) -> None:
    """The user task is offered to those the diagram names."""
    _offer(event, batch, event.payload["candidate_groups"], event.payload["candidate_users"])


@applies("user_task_redirected")
def user_task_redirected(event: Event, batch: Batch) -> None:
    """The user task is offered to those who take it instead."""
    _offer(event, batch, [event.payload["went_to"]], [])


def _offer(event: Event, batch: Batch, groups: Sequence[str], users: Sequence[str]) -> None:
    key = event.payload["key"]
    batch.update(user_task, (key,), {"assignee_id": None, "candidate_groups": groups, "candidate_users": users})
    batch.delete_where(user_task_candidate, "user_task_key", key)
    principals = [f"group:{name}" for name in groups] + [f"user:{name}" for name in users]
    for principal in dict.fromkeys(principals):
        batch.insert(user_task_candidate, {"principal": principal, "user_task_key": key, "root_key": event.root_key})


@applies("case_entered")
def case_entered(event: Event, batch: Batch) -> None:
    """A case appears that began on paper, on the day it really began."""
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
            "started_at": moment_from_text(f"{payload['began_on']}T00:00:00+08:00"),
            "ended_at": None,
        },
    )


@applies(
    "user_changed",
    "roles_set",
    "user_unlocked",
    "sessions_ended",
    "setting_changed",
    "organisation_imported",
)
def kept_elsewhere(event: Event, batch: Batch) -> None:
    """Accounts and settings are no read models: their tables hold what no event may (digests, secrets)."""
