"""Pages by cursor: where the last item stood, never an offset, so that any page costs what the first does."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.errors import InvalidInput
from engine.history.event import moment_from_text, moment_text

DEFAULT_LIMIT = 30
LARGEST_LIMIT = 200


class CursorInvalid(InvalidInput):
    """The cursor was not given by an earlier page."""

    code = "queries.cursor-invalid"


@dataclass(frozen=True, slots=True)
class Page:
    """Some items, where the next ones begin (None at the end), and how many there are in all."""

    items: Sequence[dict[str, Any]]
    next_cursor: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Request:
    """Which page is wanted, of what."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    search: str | None = None
    procedure: str | None = None
    department: str | None = None
    state: str | None = None


Position = tuple[datetime | None, int]
"""Where an item stands: its moment and its key."""


def encode(position: Position) -> str:
    """Return a cursor for what comes after ``position``."""
    moment, key = position
    text = json.dumps([None if moment is None else moment_text(moment), key])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str | None) -> Position | None:
    """Return the position that a cursor means. Raises CursorInvalid."""
    if cursor is None:
        return None
    try:
        moment, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return (None if moment is None else moment_from_text(moment)), int(key)
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise CursorInvalid("翻页位置无效，请从第一页重新查看。", details={"fields": {"cursor": ["无效"]}}) from error


def like(text: str) -> str:
    """Return a LIKE pattern (escape character ``\\``) for texts that contain ``text``."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
