"""Writes a pattern's tree as a pattern for Python's ``re``, and judges how much work it may become."""

from __future__ import annotations

from engine.feel.regex.charsets import EVERYTHING, CharSet
from engine.feel.regex.syntax import Anchor, BackReference, Characters, Choice, Group, Piece, Repeat, Sequence


def to_python(piece: Piece, *, multi_line: bool) -> str:
    """Return the pattern for ``re``."""
    if isinstance(piece, Characters):
        return _set(piece.spans)
    if isinstance(piece, Anchor):
        return _anchor(piece.at_start, multi_line)
    if isinstance(piece, BackReference):
        return f"(?:(?({piece.group})(?:\\{piece.group})|))"
    if isinstance(piece, Group):
        return ("(?:" if piece.index is None else "(") + to_python(piece.body, multi_line=multi_line) + ")"
    if isinstance(piece, Sequence):
        return "".join(_enclosed(part, multi_line) for part in piece.pieces)
    if isinstance(piece, Choice):
        return "(?:" + "|".join(to_python(branch, multi_line=multi_line) for branch in piece.branches) + ")"
    if isinstance(piece, Repeat):
        body = f"(?:{to_python(piece.body, multi_line=multi_line)})"
        most = "" if piece.most is None else str(piece.most)
        return f"{body}{{{piece.least},{most}}}" + ("" if piece.greedy else "?")
    raise TypeError(type(piece).__name__)


def _anchor(at_start: bool, multi_line: bool) -> str:
    """Python's ``$`` also matches before a last newline, which XPath's does not unless lines count (flag m); no line
    begins after a last newline (F&O 7.6.1)."""
    if multi_line:
        return r"(?:\A|(?<=\n)(?!\Z))" if at_start else "$"
    return "^" if at_start else r"\Z"


def _enclosed(piece: Piece, multi_line: bool) -> str:
    return to_python(piece, multi_line=multi_line)


def _set(spans: CharSet) -> str:
    if spans == EVERYTHING:
        return r"[\s\S]"
    if not spans:
        return "(?!)"
    if len(spans) == 1 and spans[0][0] == spans[0][1]:
        return _literal(spans[0][0])
    inside = "".join(_literal(first) + (f"-{_literal(last)}" if last > first else "") for first, last in spans)
    return f"[{inside}]"


def _literal(point: int) -> str:
    character = chr(point)
    return character if character.isascii() and character.isalnum() else f"\\U{point:08x}"


def open_ends(piece: Piece) -> int:
    """Return how many repetitions without (or with a far) end there are; a nested one counts as very many."""
    if isinstance(piece, Repeat):
        inner = open_ends(piece.body)
        far = piece.most is None or piece.most > 20
        return (99 if inner and (piece.most is None or piece.most > 1) else inner) + far
    if isinstance(piece, Group):
        return open_ends(piece.body)
    if isinstance(piece, Sequence):
        return sum(map(open_ends, piece.pieces))
    if isinstance(piece, Choice):
        return sum(map(open_ends, piece.branches))
    return 0


def refers_back(piece: Piece) -> bool:
    """Return whether the pattern has a back-reference."""
    if isinstance(piece, Group | Repeat):
        return refers_back(piece.body)
    if isinstance(piece, Sequence):
        return any(map(refers_back, piece.pieces))
    if isinstance(piece, Choice):
        return any(map(refers_back, piece.branches))
    return isinstance(piece, BackReference)


def has_choice_in_repeat(piece: Piece, *, inside: bool = False) -> bool:
    """Return whether a repetition holds alternatives, options or references, which can multiply the work."""
    if isinstance(piece, Repeat):
        many = piece.most is None or piece.most > 1
        optional = inside and piece.least != piece.most
        return optional or has_choice_in_repeat(piece.body, inside=inside or many)
    if isinstance(piece, Choice):
        return inside or any(has_choice_in_repeat(branch, inside=inside) for branch in piece.branches)
    if isinstance(piece, Group):
        return has_choice_in_repeat(piece.body, inside=inside)
    if isinstance(piece, Sequence):
        return any(has_choice_in_repeat(part, inside=inside) for part in piece.pieces)
    return isinstance(piece, BackReference)
