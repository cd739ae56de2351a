"""The parts in which an instance is saved: read when needed, written back when changed.

``main`` holds the case. What would grow with a large multi-instance lies in parts of its own: ``mi-BODY-CHUNK`` some
instances each, ``out-BODY-PAGE`` and ``in-BODY-PAGE`` the collections, ``keys-PAGE`` which number is in which part.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from engine.execution.errors import StateUnreadable

INSTANCES_IN_MAIN = 16
"""A multi-instance with more instances than this has them in parts of their own, as many in each."""
PAGE_LENGTH = 128
NUMBERS_ON_PAGE = 256
MAIN = "main"

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Parts:
    """The saved parts of one case during a command."""

    def __init__(self, load_part: Callable[[str], str | None] | None) -> None:
        self._load = load_part
        self._saved: dict[str, str | None] = {}
        """What is known to be saved, by part id."""
        self._open: dict[str, Any] = {}
        """Pages (lists and dicts) in use; they may have been changed in place."""

    def text(self, part: str) -> str | None:
        """Return the saved text of a part."""
        if part not in self._saved:
            self._saved[part] = None if self._load is None else self._load(part)
        return self._saved[part]

    def read(self, part: str) -> Any:
        """Return the saved content of a part, None when there is none; StateUnreadable when it is damaged."""
        text = self.text(part)
        if text is None:
            return None
        try:
            return json.loads(text)
        except ValueError as error:
            raise StateUnreadable(f"流程实例的存档“{part}”已损坏，请从备份恢复。") from error

    def page(self, part: str, empty: Callable[[], Any]) -> Any:
        """Return a page that may be changed in place."""
        if part not in self._open:
            saved = self.read(part)
            self._open[part] = empty() if saved is None else saved
        return self._open[part]

    def drop(self, part: str) -> None:
        """Delete a page."""
        self.text(part)
        self._open[part] = None

    def place(self, number: int) -> str | None:
        """Return the part (other than main) that a number is in."""
        page: dict[str, str] = self.page(_keys_page(number), dict)
        return page.get(str(number))

    def changes(self, written: dict[str, tuple[Any, set[int]]], former: dict[str, set[int]]) -> dict[str, str | None]:
        """Return what has to be saved: ``written`` parts by id with the numbers in them; ``former`` as loaded."""
        for part in {*written, *former}:
            if part != MAIN:
                self._index(part, former.get(part, set()), written.get(part, (None, set()))[1])
        contents = {part: content for part, (content, _) in written.items()}
        contents |= {part: None for part in former if part not in written}
        contents |= {part: content or None for part, content in self._open.items()}
        changes: dict[str, str | None] = {}
        for part, content in contents.items():
            text = None if content is None else _encode(content)
            if text != self._saved.get(part):
                changes[part] = text
                self._saved[part] = text
        return changes

    def _index(self, part: str, former: set[int], now: set[int]) -> None:
        for number in former - now:
            self.page(_keys_page(number), dict).pop(str(number), None)
        for number in now - former:
            self.page(_keys_page(number), dict)[str(number)] = part


def _keys_page(number: int) -> str:
    return f"keys-{number // NUMBERS_ON_PAGE}"
