"""The tables, named by life: ``re_`` what is deployed, ``ru_`` what runs or ran (read models), ``hi_`` history,
``id_`` people, ``ge_`` general. One module a life; importing this package registers them all."""

from engine.store.tables import (
    actions,
    batches,
    controls,
    correlation,
    deadlines,
    general,
    history,
    identity,
    issuing,
    notices,
    papers,
    people,
    records,
    repository,
    runtime,
)
from engine.store.tables.base import metadata

__all__ = [
    "actions",
    "batches",
    "controls",
    "correlation",
    "deadlines",
    "general",
    "history",
    "identity",
    "issuing",
    "metadata",
    "notices",
    "papers",
    "people",
    "records",
    "repository",
    "runtime",
]
