"""The one tree of errors. Each class has a stable code; ``webapi/errors.py`` alone gives them HTTP statuses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: a file, a line (from 1), an element id; any of them may be unknown."""

    file: str | None = None
    line: int | None = None
    element: str | None = None

    def __str__(self) -> str:
        position = self.file or ""
        if self.line is not None:
            position += f":{self.line}"
        if self.element:
            position += f" [{self.element}]"
        return position.strip()


class BanjieError(Exception):
    """Root of every error that Banjie declares.

    ``code`` is stable and machine-readable; the message is Chinese and tells the reader what to do next.
    ``details`` holds values a client may show beside it (never secrets).
    """

    code = "banjie.error"

    def __init__(self, message: str, *, place: Place | None = None, details: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.details = details or {}


class NotFound(BanjieError):
    """The thing asked for does not exist, or the actor may not know that it does."""

    code = "banjie.not-found"


class InvalidInput(BanjieError):
    """What was sent does not satisfy its schema; ``details['fields']`` maps a field path to its messages."""

    code = "banjie.invalid-input"


class Conflict(BanjieError):
    """Somebody else changed the thing first, or it is in a state that does not allow the command."""

    code = "banjie.conflict"


class NotAuthenticated(BanjieError):
    """Nobody is signed in, or the sign-in is wrong or over."""

    code = "banjie.not-authenticated"


class Forbidden(BanjieError):
    """The actor is known but may not do this."""

    code = "banjie.forbidden"
