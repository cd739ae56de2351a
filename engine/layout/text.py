"""How much room a text takes at 12 px, and where it wraps (Chinese anywhere, Latin between words)."""

from __future__ import annotations

import math
import re
import unicodedata

FONT_SIZE = 12
LINE_HEIGHT = 15

_PIECES = re.compile(r"[A-Za-z0-9_.%/:-]+|\s+|.", re.DOTALL)
# Punctuation that Chinese typesetting keeps off the beginning of a line (GB/T 15834).
_NEVER_FIRST = set("，。；：、？！）》〉〕】”’%,.;:?!)")


def text_width(text: str) -> float:
    """Width of one line in pixels: 12 for a full-width character, 7 for any other."""
    return sum(FONT_SIZE if unicodedata.east_asian_width(char) in "WFA" else 7 for char in text)


def wrap(text: str, width: float) -> list[str]:
    """Lines no wider than ``width`` (a single longer Latin word excepted), none left nearly empty."""
    text = " ".join(text.split())
    if not text:
        return []
    count = max(1, math.ceil(text_width(text) / width))
    for target in _targets(text_width(text) / count, width):
        lines = _fill(text, target)
        if len(lines) <= count:
            return lines
    return _fill(text, width)


def _targets(balanced: float, width: float) -> list[float]:
    steps = [balanced + step * FONT_SIZE / 2 for step in range(40)]
    return [step for step in steps if step < width]


def _fill(text: str, width: float) -> list[str]:
    lines = [""]
    for piece in _PIECES.findall(text):
        fits = text_width(lines[-1] + piece) <= width
        if fits or not lines[-1] or piece in _NEVER_FIRST:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.strip() for line in lines if line.strip()]


def block_size(lines: list[str]) -> tuple[float, float]:
    """Width and height of a block of lines, with two pixels on each side so that a viewer does not wrap it again."""
    if not lines:
        return 0.0, 0.0
    return max(text_width(line) for line in lines) + 4, float(LINE_HEIGHT * len(lines))
