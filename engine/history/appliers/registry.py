"""Which applier an event type has."""

from __future__ import annotations

from collections.abc import Callable

from engine.errors import BanjieError
from engine.history.event import Event
from engine.store.batch import Batch

Applier = Callable[[Event, Batch], None]

APPLIERS: dict[str, Applier] = {}


class ApplierMissing(BanjieError):
    """History holds an event type that this program does not know: it was written by a newer one."""

    code = "history.applier-missing"


def applies(*types: str) -> Callable[[Applier], Applier]:
    """Register an applier for event types."""

    def register(applier: Applier) -> Applier:
        for type_ in types:
            if type_ in APPLIERS:
                raise ValueError(f"two appliers for {type_}")
            APPLIERS[type_] = applier
        return applier

    return register


def apply(event: Event, batch: Batch) -> None:
    """Apply one event to the read models; raise ApplierMissing for an unknown type."""
    applier = APPLIERS.get(event.type)
    if applier is None:
        raise ApplierMissing(f"历史中有本程序不认识的事件类型 {event.type}，请使用写入它的版本或更新的版本。")
    applier(event, batch)
