"""Appliers: one for each type of event, each changing read models by that event alone.

They read nothing, so read models can be rebuilt from history by applying all events to empty tables, and compared.
"""

from engine.history.appliers import (
    actions,
    cases,
    clocks,
    controls,
    correspondence,
    decisions,
    elements,
    issuance,
    issuing,
    jobs,
    migration,
    people,
    records,
    tasks,
)
from engine.history.appliers.registry import APPLIERS, apply

__all__ = [
    "APPLIERS",
    "actions",
    "apply",
    "cases",
    "clocks",
    "controls",
    "correspondence",
    "decisions",
    "elements",
    "issuance",
    "issuing",
    "jobs",
    "migration",
    "people",
    "records",
    "tasks",
]
