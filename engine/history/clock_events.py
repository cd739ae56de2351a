"""Command events on the clocks of cases and on the working calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.history.command_event import CommandEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSuspended(CommandEvent):
    """Somebody entitled suspended a time limit from ``first_day`` on (中止)."""

    limit_id: str
    first_day: str
    ground: str
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockResumed(CommandEvent):
    """Somebody entitled resumed a time limit; ``last_day`` is the last that does not count."""

    limit_id: str
    last_day: str
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExtended(CommandEvent):
    """Somebody entitled extended a time limit (延长)."""

    limit_id: str
    amount: int
    unit: str
    decided_on: str
    approver: str
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRestarted(CommandEvent):
    """Somebody entitled began a time limit anew (重新起算)."""

    limit_id: str
    day: str
    ground: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped(CommandEvent):
    """Somebody entitled stopped a time limit."""

    limit_id: str
    day: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStartCorrected(CommandEvent):
    """Somebody entitled corrected the day a time limit started on (更正)."""

    limit_id: str
    day: str
    evidence: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClocksRecomputed(CommandEvent):
    """Another calendar was put in force, so the running time limits were reckoned anew."""

    calendar_version: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLightReached(CommandEvent):
    """A time limit turned amber or red, or ran out; ``recipients`` (user ids) were told.

    ``next_at`` is when it turns to the next light, none after the last.
    """

    key: int
    limit_id: str
    name: str
    light: str
    due_at: str
    recipients: Sequence[str]
    groups: Sequence[str]
    next_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarProposed(CommandEvent):
    """Somebody proposed a year of the working calendar; another must confirm it."""

    key: int
    year: int
    digest: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarProposalConfirmed(CommandEvent):
    """A second person confirmed a proposed year of the working calendar."""

    key: int
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarProposalRejected(CommandEvent):
    """A proposed year of the working calendar was rejected or withdrawn."""

    key: int
    reason: str


CLOCK_EVENTS: tuple[type[CommandEvent], ...] = (
    ClockSuspended,
    ClockResumed,
    ClockExtended,
    ClockRestarted,
    ClockStopped,
    ClockStartCorrected,
    ClocksRecomputed,
    ClockLightReached,
    CalendarProposed,
    CalendarProposalConfirmed,
    CalendarProposalRejected,
)
"""All of them."""
