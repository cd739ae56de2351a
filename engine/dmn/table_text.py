"""Splitting the text of unary tests at its commas, without reading it as FEEL."""

from __future__ import annotations

_OPEN = "([{"
_CLOSE = ")]}"


def split_tests(text: str) -> list[str]:
    """The tests of ``"a", [1..2], f(x, y)``, each without surrounding white space.

    An interval may be written with reversed brackets (``]1..2[``); they open no level.
    """
    parts: list[str] = []
    depth = 0
    start = 0
    position = 0
    while position < len(text):
        character = text[position]
        if character == '"':
            position = _end_of_string(text, position)
        elif character == "[" and depth == 0 and text[start:position].lstrip().startswith("]"):
            pass
        elif character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(depth - 1, 0)
        elif character == "," and depth == 0:
            parts.append(text[start:position].strip())
            start = position + 1
        position += 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def _end_of_string(text: str, start: int) -> int:
    position = start + 1
    while position < len(text) and text[position] != '"':
        position += 2 if text[position] == "\\" else 1
    return position
