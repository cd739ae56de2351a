"""The replacement text of replace() (F&O 7.6.3): ``$N`` is a group, ``\\$`` and ``\\\\`` the characters themselves."""

from __future__ import annotations

from collections.abc import Callable

from engine.feel.errors import FeelDomainError
from engine.feel.regex import Match, Pattern

_DIGITS = "0123456789"


def replacement_for(text: str, pattern: Pattern, *, literal: bool) -> Callable[[Match], str]:
    """Return what makes the replacement of a match; ``literal`` takes the text as it is (flag q).

    Raises FeelDomainError for a stray backslash or dollar sign.
    """
    if literal:
        return lambda match: text
    parts: list[str | int] = []
    place = 0
    while place < len(text):
        character = text[place]
        if character == "\\":
            if text[place + 1 : place + 2] not in ("\\", "$"):
                raise FeelDomainError("替换文本里的反斜杠只能写作 \\\\ 或 \\$")
            parts.append(text[place + 1])
            place += 2
        elif character == "$":
            place = _group(text, place + 1, pattern.groups, parts)
        else:
            parts.append(character)
            place += 1
    return lambda match: "".join(part if isinstance(part, str) else match.group(part) for part in parts)


def _group(text: str, place: int, groups: int, parts: list[str | int]) -> int:
    """Read the digits after ``$``: as many as name a group, at least one. Return the place after them."""
    if place >= len(text) or text[place] not in _DIGITS:
        raise FeelDomainError("替换文本里的 $ 之后应是数字")
    number = int(text[place])
    place += 1
    while place < len(text) and text[place] in _DIGITS and number * 10 + int(text[place]) <= groups:
        number = number * 10 + int(text[place])
        place += 1
    parts.append(number if number <= groups else "")
    return place
