"""Regular expressions of XPath (F&O 7.6) run by Python's ``re``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from engine.feel.errors import FeelDomainError
from engine.feel.limits import MAX_PATTERN_LENGTH, exceeded

_FLAGS = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": re.VERBOSE, "q": re.NOFLAG}


@lru_cache(maxsize=256)
def compile_pattern(pattern: str, flags: str) -> re.Pattern[str]:
    """Return the compiled pattern; raises FeelDomainError when it or a flag is invalid."""
    if len(pattern) > MAX_PATTERN_LENGTH:
        raise exceeded("正则表达式长度", MAX_PATTERN_LENGTH)
    options = re.NOFLAG
    for flag in flags:
        if flag not in _FLAGS:
            raise FeelDomainError(f"不认识的正则标志「{flag}」")
        options |= _FLAGS[flag]
    try:
        return re.compile(re.escape(pattern) if "q" in flags else pattern, options)
    except (re.error, OverflowError):
        raise FeelDomainError("正则表达式有误") from None


def replacement_for(text: str, pattern: re.Pattern[str], *, literal: bool) -> Callable[[re.Match[str]], str]:
    """Return what makes the replacement of a match: ``$N`` is a group, ``\\$`` and ``\\\\`` the characters."""
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
    return lambda match: "".join(part if isinstance(part, str) else (match.group(part) or "") for part in parts)


def _group(text: str, place: int, groups: int, parts: list[str | int]) -> int:
    """Read the digits after ``$``: as many as name a group, at least one. Return the place after them."""
    if not (place < len(text) and text[place] in "0123456789"):
        raise FeelDomainError("替换文本里的 $ 之后应是数字")
    number = int(text[place])
    place += 1
    while place < len(text) and text[place] in "0123456789" and number * 10 + int(text[place]) <= groups:
        number = number * 10 + int(text[place])
        place += 1
    parts.append(number if number <= groups else "")
    return place
