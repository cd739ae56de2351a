"""What becomes of user tasks."""

from __future__ import annotations

from collections.abc import Iterable

from engine.history.appliers.registry import applies
from engine.history.event import Event, moment_if_any
from engine.store.batch import Batch
from engine.store.tables.runtime import draft, user_task, user_task_candidate


@applies("user_task_created")
def user_task_created(event: Event, batch: Batch) -> None:
    """A user task is offered: to its assignee, or to every candidate."""
    payload = event.payload
    batch.insert(
        user_task,
        {
            "key": payload["key"],
            "root_key": event.root_key,
            "process_instance_key": payload["process_instance_key"],
            "definition_key": payload["definition_key"],
            "element_id": payload["element_id"],
            "name": payload["name"] or payload["element_id"],
            "state": "CREATED",
            "assignee_id": payload["assignee"],
            "candidate_groups": payload["candidate_groups"],
            "candidate_users": payload["candidate_users"],
            "form_key": payload["form_key"],
            "external_form": payload["external_form"],
            "headers": payload["headers"],
            "priority": payload["priority"],
            "due_at": moment_if_any(payload["due_date"]),
            "follow_up_at": moment_if_any(payload["follow_up_date"]),
            "clock": payload["clock"],
            "nature": payload.get("nature"),
            "created_at": event.at,
            "ended_at": None,
            "completed_by": None,
            "on_behalf_of": None,
            "opinion": None,
            "outcome": None,
            "bound_to": None,
            "binding": None,
        },
    )
    if payload["assignee"] is None:
        _offer(event, batch, payload["key"], payload["candidate_groups"], payload["candidate_users"])


@applies("user_task_claimed", "user_task_assigned")
def user_task_taken(event: Event, batch: Batch) -> None:
    """A user task has an assignee and is no longer offered."""
    batch.update(user_task, (event.payload["key"],), {"assignee_id": event.payload["assignee_id"]})
    batch.delete_where(user_task_candidate, "user_task_key", event.payload["key"])


@applies("user_task_released")
def user_task_released(event: Event, batch: Batch) -> None:
    """The assignee is gone; the user task is offered to its candidates again."""
    payload = event.payload
    batch.update(user_task, (payload["key"],), {"assignee_id": None})
    _offer(event, batch, payload["key"], payload["candidate_groups"], payload["candidate_users"])


@applies("user_task_completed")
def user_task_completed(event: Event, batch: Batch) -> None:
    """A user task is done."""
    payload = event.payload
    batch.update(
        user_task,
        (payload["key"],),
        {
            "state": "COMPLETED",
            "ended_at": event.at,
            "assignee_id": event.on_behalf_of or event.actor_id,
            "completed_by": event.actor_id,
            "on_behalf_of": event.on_behalf_of,
            "opinion": payload["opinion"],
            "outcome": payload["outcome"],
        },
    )
    batch.delete_where(user_task_candidate, "user_task_key", payload["key"])
    batch.delete_where(draft, "user_task_key", payload["key"])


_UPDATED = {"due_date": "due_at", "follow_up_date": "follow_up_at"}


@applies("user_task_updated")
def user_task_updated(event: Event, batch: Batch) -> None:
    """Dates, candidates or priority of a user task changed; one that nobody has is offered to those named now."""
    payload = event.payload
    values = {
        _UPDATED.get(name, name): moment_if_any(value) if name in _UPDATED else value
        for name, value in payload["changes"].items()
    }
    batch.update(user_task, (payload["key"],), values)
    if payload["offered"] is not None:
        batch.delete_where(user_task_candidate, "user_task_key", payload["key"])
        _offer(event, batch, payload["key"], payload["offered"]["groups"], payload["offered"]["users"])


@applies("user_task_due_changed")
def user_task_due_changed(event: Event, batch: Batch) -> None:
    """The clock that a user task shows has a new due date."""
    batch.update(user_task, (event.payload["key"],), {"due_at": moment_if_any(event.payload["due_date"])})


def _offer(event: Event, batch: Batch, key: int, groups: Iterable[str], users: Iterable[str]) -> None:
    principals = [f"group:{name}" for name in groups] + [f"user:{name}" for name in users]
    for principal in dict.fromkeys(principals):
        batch.insert(user_task_candidate, {"principal": principal, "user_task_key": key, "root_key": event.root_key})
