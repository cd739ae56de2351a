"""Command events of controls, expert draws and erasure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.history.command_event import CommandEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlsPublished(CommandEvent):
    """A version of the register of controls was put in force."""

    version: str
    controls: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlEvaluated(CommandEvent):
    """The controls that watch an element were evaluated before it was done.

    Each of ``results`` has ``control``, ``number``, ``strength``, ``words``, ``outcome`` (passed, hit, acknowledged,
    confirmed, overridden), ``reason`` and ``by``. ``element_instance_key`` is None at the start of a case.
    """

    element_instance_key: int | None
    element_id: str
    registry_version: str
    results: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlOverridden(CommandEvent):
    """Somebody entitled let a user task pass in spite of a control, for a reason."""

    user_task_key: int
    control_id: str
    words: str
    registry_version: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertsImported(CommandEvent):
    """The pool of experts was replaced from a file; ``digest`` is the SM3 of its rows."""

    experts: int
    digest: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertDrawCommitted(CommandEvent):
    """A draw was announced: who is in the pool, and the digest of the secret seed, before anything is drawn."""

    key: int
    field: str
    size: int
    alternates: int
    pool: Sequence[Mapping[str, Any]]
    excluded: Sequence[Mapping[str, Any]]
    seed_digest: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertsDrawn(CommandEvent):
    """The seed was opened, the witness's text added, and the experts follow from both."""

    key: int
    seed: str
    witness: str
    drawn: Sequence[Mapping[str, Any]]
    alternates: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureProposed(CommandEvent):
    """An administrator proposed to erase content; another must confirm it."""

    key: int
    events: Sequence[int]
    variables: Sequence[str]
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRejected(CommandEvent):
    """A proposed erasure was rejected or withdrawn."""

    key: int
    reason: str


CONTROL_EVENTS: tuple[type[CommandEvent], ...] = (
    ControlsPublished,
    ControlEvaluated,
    ControlOverridden,
    ExpertsImported,
    ExpertDrawCommitted,
    ExpertsDrawn,
    ErasureProposed,
    ErasureRejected,
)
"""All of them."""
