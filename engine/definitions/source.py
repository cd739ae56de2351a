"""The content folders: what lies there, read only once it has stopped changing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.definitions.content import BPMN, DMN, FORM
from engine.definitions.papers import DESCRIPTION, TEMPLATE

FOLDERS: Mapping[str, tuple[str, ...]] = {
    "bpmn": (BPMN,),
    "dmn": (DMN,),
    "forms": (FORM,),
    "documents": (TEMPLATE, DESCRIPTION),
}
"""Folder to the endings of the files it holds."""
_OPEN = "~$"
"""How the files begin that Word and WPS keep beside a document somebody has open."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    modified: int
    size: int


class ContentFolders:
    """Watches ``bpmn/``, ``dmn/``, ``forms/`` and ``documents/`` below a root."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: dict[str, _Stamp] | None = None
        self._told: dict[str, _Stamp] | None = None

    def read_all(self) -> dict[str, bytes]:
        """Return all files there are now, name (relative, with ``/``) to content."""
        return {name: (self._root / name).read_bytes() for name in self._stamps()}

    def read_if_changed(self) -> dict[str, bytes] | None:
        """Return all files if any changed since the last time and none has changed since the last look, else None.

        So a set of files that is still being copied is left alone until it lies still from one look to the next.
        """
        stamps = self._stamps()
        still = stamps == self._seen
        self._seen = stamps
        if not still or stamps == self._told:
            return None
        self._told = stamps
        return self.read_all()

    def _stamps(self) -> dict[str, _Stamp]:
        stamps: dict[str, _Stamp] = {}
        for folder, endings in FOLDERS.items():
            for path in sorted((self._root / folder).rglob("*")):
                if path.suffix in endings and path.is_file() and not path.name.startswith(_OPEN):
                    status = path.stat()
                    name = path.relative_to(self._root).as_posix()
                    stamps[name] = _Stamp(status.st_mtime_ns, status.st_size)
        return stamps
