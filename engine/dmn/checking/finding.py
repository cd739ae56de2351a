"""One thing that check() has to say."""

from __future__ import annotations

from dataclasses import dataclass

from engine.dmn.run import Site


@dataclass(frozen=True, slots=True)
class Finding:
    """A stable code, a severity ("error", "warning" or "info"), a Chinese message, and its place."""

    code: str
    severity: str
    message: str
    line: int | None
    element: str | None
    file: str | None = None


def at(site: Site, code: str, severity: str, message: str) -> Finding:
    """A finding at a place in the model."""
    return Finding(code, severity, message, site.line, site.element or site.owner, site.file)
