"""Command events of attachments, registers and archives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.history.command_event import CommandEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentsTaken(CommandEvent):
    """A case took uploaded files: with a form (``task_key`` and ``element_id``; both None at the start), or by
    themselves with a ``note``.

    Each of ``items`` has ``document_id``, ``name``, ``digest``, ``size``, ``content_type`` and ``field``: the variable
    that holds it, None where none does.
    """

    task_key: int | None
    element_id: str | None
    items: Sequence[Mapping[str, Any]]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseArchived(CommandEvent):
    """The package of a case was made: its digests, and the head of the history that is in it."""

    root_key: int
    number: int
    document_id: str
    file_name: str
    sm3: str
    sha256: str
    head_seq: int
    head_hash: str
    period: str
    category: str


RECORD_EVENTS: tuple[type[CommandEvent], ...] = (AttachmentsTaken, CaseArchived)
"""All of them."""
