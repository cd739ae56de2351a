"""One event of history as it is recorded: who, when, for whom, what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

BUREAU_LOG = 0
"""The root key of the chain that holds what concerns no single case: deployments, people, calendars."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event with its place in the chain of its case.

    ``command_seq`` is the ``seq`` of the command event that brought it about (its own, for a command event itself).
    ``payload`` holds JSON values only.
    """

    root_key: int
    seq: int
    command_seq: int
    at: datetime
    type: str
    version: int
    actor_id: str
    on_behalf_of: str | None
    payload: Mapping[str, Any]


def type_name(cls: type) -> str:
    """Return the recorded name of an event class: ``UserTaskCreated`` is ``user_task_created``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


@lru_cache(maxsize=16)
def moment_text(moment: datetime) -> str:
    """Return the canonical text of a moment: UTC, microseconds, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment_from_text(text: str) -> datetime:
    """Read what ``moment_text`` wrote, and any other ISO 8601 moment with a zone."""
    return datetime.fromisoformat(text).astimezone(UTC)


def moment_if_any(text: str | None) -> datetime | None:
    """Read a moment that an event may leave open; None stays None."""
    return None if text is None else moment_from_text(text)
