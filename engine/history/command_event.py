"""The base of all command events: the first event of every command, holding all that re-executing it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandEvent:
    """Base of all command events."""

    VERSION: ClassVar[int] = 1

    def to_payload(self) -> dict[str, Any]:
        """Return the fields as JSON values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> CommandEvent:
        """Build the event from what ``to_payload`` gave; fields of the envelope (facts, engine) are passed over."""
        return cls(**{field.name: payload[field.name] for field in fields(cls)})
