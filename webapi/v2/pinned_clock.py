"""A clock that can be set, for trying out: only where the server was started with it.

Where it stands is kept in a file, so that all processes of the server agree.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from engine.clock import SystemClock

SWITCH = "BANJIE_PINNABLE_CLOCK"
"""Environment variable: ``1`` lets administrators set the clock through the protocol."""


class PinnedClock(SystemClock):
    """The machine's clock, unless it is pinned to a moment."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        """Return the moment the clock is pinned to, else the present one."""
        try:
            return datetime.fromisoformat(self._file.read_text(encoding="ascii"))
        except FileNotFoundError:
            return super().now()

    def pin(self, moment: datetime) -> None:
        """Stand at ``moment`` until further notice."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(f".{os.getpid()}")
        fresh.write_text(moment.astimezone(UTC).isoformat(), encoding="ascii")
        fresh.replace(self._file)

    def reset(self) -> None:
        """Run with the machine's clock again."""
        self._file.unlink(missing_ok=True)


def pinnable_clock(data_dir: Path) -> PinnedClock | None:
    """Return a clock that can be set where the environment asks for one, else None."""
    return PinnedClock(data_dir / "pinned-clock") if os.environ.get(SWITCH) == "1" else None
