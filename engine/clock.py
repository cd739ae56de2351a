"""Time comes from here and from nowhere else, so that tests, rehearsals and re-execution can give their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")
"""The zone in which every legal date is reckoned (design decision 4)."""


class Clock(Protocol):
    """Gives the present moment, always with a zone, always UTC."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC, to the microsecond."""
        return datetime.now(UTC)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs a moment with a zone")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment the clock was last set to."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Move forward by ``by``; moving back is refused."""
        if by < timedelta(0):
            raise ValueError("a clock does not run backwards")
        self._now += by

    def set(self, moment: datetime) -> None:
        """Stand at ``moment`` from now on."""
        self._now = moment.astimezone(UTC)


def legal_date(moment: datetime) -> str:
    """Return the ISO date of ``moment`` in Asia/Shanghai."""
    return moment.astimezone(LEGAL_ZONE).date().isoformat()


def in_legal_zone(moment: datetime) -> datetime:
    """Return ``moment``; one that was written without a zone is a time of the bureau's."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=LEGAL_ZONE)
