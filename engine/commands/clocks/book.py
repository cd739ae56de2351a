"""All clocks of one case, and who shows or follows them: a part of the case's saved state."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.deadlines import ClockState, ClockStatus, clock_from_dict, clock_to_dict
from engine.store.types import canonical_json

PART = "clocks"
"""The id of the state part."""

FIRST_KEY = 1 << 23
"""Clocks count in the upper half of their case's key range; execution counts in the lower."""


@dataclass(slots=True)
class Clock:
    """One clock: its key, its state, and how the bureau calls it."""

    key: int
    state: ClockState

    @property
    def due_at(self) -> datetime | None:
        """The moment it runs out; none while it stands still or is over."""
        if self.state.status is not ClockStatus.RUNNING or self.state.deadline is None:
            return None
        return self.state.deadline.due_at


@dataclass(slots=True)
class ClockBook:
    """Clocks by the id of their time limit; one of each limit runs at a time in a case."""

    clocks: dict[str, Clock] = field(default_factory=dict)
    followers: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Key of a timer or user task to its kind (``timer`` or ``user_task``) and the limit it goes by."""
    drawn: int = 0

    @classmethod
    def load(cls, text: str | None) -> ClockBook:
        """Read a saved part; an absent one is an empty book."""
        if text is None:
            return cls()
        data = json.loads(text)
        return cls(
            {id_: Clock(item["key"], clock_from_dict(item["state"])) for id_, item in data["clocks"].items()},
            {int(key): (kind, limit_id) for key, (kind, limit_id) in data["followers"].items()},
            data["drawn"],
        )

    def save(self) -> str | None:
        """Return the part to save, or None when there is nothing in the book."""
        if not self.clocks and not self.followers:
            return None
        data: dict[str, Any] = {
            "clocks": {
                id_: {"key": clock.key, "state": clock_to_dict(clock.state)} for id_, clock in self.clocks.items()
            },
            "followers": {str(key): list(value) for key, value in self.followers.items()},
            "drawn": self.drawn,
        }
        return canonical_json(data)

    def open(self, root_key: int, limit_id: str, state: ClockState) -> Clock:
        """Add a clock for a limit, in place of a stopped one."""
        self.drawn += 1
        clock = Clock(root_key + FIRST_KEY + self.drawn, state)
        self.clocks[limit_id] = clock
        return clock

    def due_at(self, limit_id: str) -> datetime | None:
        """Return when the clock of a limit runs out; none where it does not run."""
        clock = self.clocks.get(limit_id)
        return None if clock is None else clock.due_at
