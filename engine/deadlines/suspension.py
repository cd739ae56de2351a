"""Times that do not count: suspensions of a period, first and last day included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days from ``first`` to ``last`` that do not count, both included; open while ``last`` is None.

    ``ground`` and ``paper`` name the reason and the document that proves it.
    """

    first: date
    last: date | None
    ground: str
    paper: str

    def covers(self, day: date) -> bool:
        """Return whether ``day`` does not count."""
        return self.first <= day and (self.last is None or day <= self.last)

    def to_dict(self) -> dict[str, object]:
        """Return the suspension as plain JSON values."""
        last = self.last.isoformat() if self.last else None
        return {"first": self.first.isoformat(), "last": last, "ground": self.ground, "paper": self.paper}

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Suspension:
        """Read what ``to_dict`` writes. Raises KeyError or ValueError."""
        last = data["last"]
        return cls(
            date.fromisoformat(str(data["first"])),
            None if last is None else date.fromisoformat(str(last)),
            str(data["ground"]),
            str(data["paper"]),
        )


def covering(suspensions: Sequence[Suspension], day: date) -> Suspension | None:
    """Return the suspension under which ``day`` does not count, if any."""
    return next((suspension for suspension in suspensions if suspension.covers(day)), None)
