"""What becomes of controls and expert draws."""

from __future__ import annotations

from engine.history.appliers.registry import applies
from engine.history.event import Event
from engine.store.batch import Batch
from engine.store.tables.controls import control_override, control_result, expert_draw


@applies("control_evaluated")
def control_evaluated(event: Event, batch: Batch) -> None:
    """Controls were evaluated before an element was done."""
    payload = event.payload
    for number, result in enumerate(payload["results"], start=1):
        batch.insert(
            control_result,
            {
                "key": event.root_key + event.seq,
                "number": number,
                "root_key": event.root_key,
                "control_id": result["control"],
                "strength": result["strength"],
                "outcome": result["outcome"],
                "words": result["words"],
                "element_id": payload["element_id"],
                "element_instance_key": payload["element_instance_key"],
                "actor_id": event.actor_id,
                "reason": result["reason"],
                "at": event.at,
                "registry_version": payload["registry_version"],
            },
        )


@applies("control_overridden")
def control_overridden(event: Event, batch: Batch) -> None:
    """Somebody entitled let a user task pass in spite of a control."""
    payload = event.payload
    batch.upsert(
        control_override,
        {
            "user_task_key": payload["user_task_key"],
            "control_id": payload["control_id"],
            "root_key": event.root_key,
            "actor_id": event.actor_id,
            "reason": payload["reason"],
            "at": event.at,
        },
    )


@applies("expert_draw_committed")
def expert_draw_committed(event: Event, batch: Batch) -> None:
    """A draw was announced with the digest of its seed."""
    payload = event.payload
    batch.insert(
        expert_draw,
        {
            "key": payload["key"],
            "root_key": event.root_key,
            "field": payload["field"],
            "size": payload["size"],
            "alternates_wanted": payload["alternates"],
            "state": "COMMITTED",
            "pool": payload["pool"],
            "excluded": payload["excluded"],
            "seed_digest": payload["seed_digest"],
            "seed": None,
            "witness": None,
            "drawn": None,
            "alternates": None,
            "reason": payload["reason"],
            "committed_at": event.at,
            "committed_by": event.actor_id,
            "drawn_at": None,
        },
    )


@applies("experts_drawn")
def experts_drawn(event: Event, batch: Batch) -> None:
    """The experts follow from the seed, now open, and the witness's text."""
    payload = event.payload
    batch.update(
        expert_draw,
        (payload["key"],),
        {
            "state": "DRAWN",
            "seed": payload["seed"],
            "witness": payload["witness"],
            "drawn": payload["drawn"],
            "alternates": payload["alternates"],
            "drawn_at": event.at,
        },
    )


@applies("controls_published", "experts_imported", "erasure_proposed", "erasure_rejected")
def of_no_case(event: Event, batch: Batch) -> None:
    """These stand in the bureau's log and concern no read model of a case."""
