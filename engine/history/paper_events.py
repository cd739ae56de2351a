"""Command events of numbers, texts, service of papers, seals, and of the organisation's data behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.history.command_event import CommandEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFilePublished(CommandEvent):
    """A version of a file of the organisation's data was put in force; ``version`` is the SM3 of its text."""

    name: str
    version: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersReserved(CommandEvent):
    """The next numbers of a series were set aside. Each of ``numbers`` has ``number`` and ``text``."""

    series: str
    period: int
    numbers: Sequence[Mapping[str, Any]]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberVoided(CommandEvent):
    """A number that a case was given counts no more; it stays in the register with the reason."""

    series: str
    period: int
    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRestored(CommandEvent):
    """A number was voided by mistake and counts again."""

    series: str
    period: int
    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservedNumberVoided(CommandEvent):
    """A number that was set aside will not be used."""

    series: str
    period: int
    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservedNumberRestored(CommandEvent):
    """A number that was set aside and voided may be used again."""

    series: str
    period: int
    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersionSaved(CommandEvent):
    """A version of a text (正文) was written. ``content`` is its paragraphs; ``document`` the .docx it came as.

    ``variable`` names the variable that holds the newest version as one text, if any. ``digest`` is the SM3 of content
    and document. Also derived, when somebody completes a user task whose form holds another text than the newest.
    """

    process_instance_key: int
    name: str
    version: int
    content: Sequence[str]
    document: Mapping[str, Any] | None
    digest: str
    note: str | None
    restored_from: int | None
    user_task_key: int | None
    variable: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCorrected(CommandEvent):
    """What was recorded of a service of papers (送达) was wrong (更正).

    ``changes`` and ``before`` hold only what was changed; the clocks ``limits`` start on the corrected day.
    """

    key: int
    changes: Mapping[str, Any]
    before: Mapping[str, Any]
    evidence: str
    reason: str
    limits: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOverdueNoted(CommandEvent):
    """A seal that was taken out was not brought back in time; keepers and office were told."""

    key: int
    seal: str
    groups: Sequence[str]
    users: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealHandoverProposed(CommandEvent):
    """Who keeps a seal hands it over (移交); the other must confirm it. ``handed_at`` is when it happened."""

    key: int
    seal: str
    from_id: str
    to_id: str
    handed_at: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealHandoverAnswered(CommandEvent):
    """The new keeper has the seal (``confirmed``), or the hand-over was refused or withdrawn."""

    key: int
    seal: str
    confirmed: bool
    note: str | None


PAPER_EVENTS: tuple[type[CommandEvent], ...] = (
    OrganisationFilePublished,
    NumbersReserved,
    NumberVoided,
    NumberRestored,
    ReservedNumberVoided,
    ReservedNumberRestored,
    TextVersionSaved,
    ServiceCorrected,
    SealOverdueNoted,
    SealHandoverProposed,
    SealHandoverAnswered,
)
"""All of them."""
