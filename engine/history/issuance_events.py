"""Command events of papers that cases issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.history.command_event import CommandEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperIssued(CommandEvent):
    """A paper was made from a template and stored.

    ``template_digest``, ``data_digest`` and ``digest`` are SM3 of the template, of the data it was filled in with (as
    canonical JSON) and of the file. ``pdf`` has ``document_id``, ``name``, ``digest``, ``size`` of the PDF made of it;
    ``note`` says why there is none.
    """

    job_key: int
    process_instance_key: int
    element_id: str
    variable: str
    paper_id: str
    version: int
    template_digest: str
    data_digest: str
    title: str
    document_id: str
    name: str
    digest: str
    size: int
    content_type: str
    pdf: Mapping[str, Any] | None
    note: str | None


ISSUANCE_EVENTS: tuple[type[CommandEvent], ...] = (PaperIssued,)
"""All of them."""
