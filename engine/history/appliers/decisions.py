"""What was decided: each decision of an evaluation with its inputs, its value and the rules that were hit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.history.appliers.registry import applies
from engine.history.event import Event
from engine.store.batch import Batch
from engine.store.tables.runtime import decision_instance


@applies("decision_evaluated")
def decision_evaluated(event: Event, batch: Batch) -> None:
    """An element of a case asked a decision. The event's place in the case makes the evaluation's key."""
    _insert(event, batch, event.root_key + event.seq, event.payload["element_instance_key"])


@applies("standalone_decision_evaluated")
def standalone_decision_evaluated(event: Event, batch: Batch) -> None:
    """Somebody asked a decision outside any case."""
    _insert(event, batch, event.payload["key"], None)


def _insert(event: Event, batch: Batch, key: int, element_instance_key: int | None) -> None:
    evaluation: Mapping[str, Any] = event.payload["evaluation"]
    for number, decision in enumerate(evaluation["decisions"], start=1):
        batch.insert(
            decision_instance,
            {
                "key": key,
                "number": number,
                "root_key": event.root_key,
                "element_instance_key": element_instance_key,
                "actor_id": event.actor_id,
                "evaluated_at": event.at,
                "root_decision_key": evaluation["decision_key"],
                "decision_id": decision["id"] or decision["name"],
                "name": decision["name"],
                "result": decision["value"],
                "inputs": decision["inputs"],
                "rules": decision["rules"],
            },
        )
