"""What becomes of papers that cases issue."""

from __future__ import annotations

from engine.history.appliers.registry import applies
from engine.history.event import Event
from engine.store.batch import Batch
from engine.store.tables.papers import issued_paper

_COLUMNS = (
    "document_id",
    "process_instance_key",
    "job_key",
    "element_id",
    "variable",
    "paper_id",
    "version",
    "template_digest",
    "data_digest",
    "title",
    "name",
    "digest",
    "size",
    "content_type",
    "pdf",
    "note",
)


@applies("paper_issued")
def paper_issued(event: Event, batch: Batch) -> None:
    """It stands among the papers of its case."""
    row = {column: event.payload[column] for column in _COLUMNS}
    batch.insert(issued_paper, {**row, "root_key": event.root_key, "at": event.at})
