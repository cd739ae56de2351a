"""Sets of code points as sorted spans, and the character classes of XML Schema (Part 2, appendix F)."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache

from engine.feel.regex.blocks import BLOCKS

Span = tuple[int, int]
CharSet = tuple[Span, ...]
"""Sorted spans (first, last) that neither overlap nor touch."""

LAST = 0x10FFFF
SPACE: CharSet = ((9, 10), (13, 13), (32, 32))
NOT_NEWLINE: CharSet = ((0, 9), (11, LAST))
EVERYTHING: CharSet = ((0, LAST),)
NAME_START: CharSet = (
    (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D),
    (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
)  # fmt: skip
_NAME_REST: CharSet = ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))


def union(*sets: CharSet) -> CharSet:
    """Return the set of all code points of all sets."""
    merged: list[Span] = []
    for first, last in sorted(span for spans in sets for span in spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


@lru_cache(maxsize=1)
def _case_variants() -> dict[int, tuple[int, ...]]:
    """Return for each letter with cases those that have its upper or its lower case too (F&O 7.6.1.1, flag i)."""
    alike: dict[tuple[bool, str], list[int]] = {}
    for point in range(_LAST_CASED):
        character = chr(point)
        for is_upper, text in ((True, character.upper()), (False, character.lower())):
            alike.setdefault((is_upper, text), []).append(point)
    variants: dict[int, set[int]] = {}
    for points in alike.values():
        if len(points) > 1:
            for point in points:
                variants.setdefault(point, set()).update(points)
    return {point: tuple(others - {point}) for point, others in variants.items()}


_LAST_CASED = 0x1F000
"""No script beyond has cases."""


def ignoring_case(spans: CharSet) -> CharSet:
    """Return the set with all case variants of its characters."""
    if spans == EVERYTHING or (len(spans) == 1 and spans[0][0] == spans[0][1] and not chr(spans[0][0]).isalpha()):
        return spans
    variants = _case_variants()
    if sum(last - first for first, last in spans) < len(variants):
        points = [point for first, last in spans for point in range(first, last + 1) if point in variants]
    else:
        points = [point for point in variants if contains(spans, point)]
    return union(spans, tuple((other, other) for point in points for other in variants[point]))


def complement(spans: CharSet) -> CharSet:
    """Return all other code points."""
    result: list[Span] = []
    start = 0
    for first, last in spans:
        if start < first:
            result.append((start, first - 1))
        start = last + 1
    if start <= LAST:
        result.append((start, LAST))
    return tuple(result)


def difference(spans: CharSet, removed: CharSet) -> CharSet:
    """Return the code points of the first set that are not in the second."""
    return complement(union(complement(spans), removed))


def contains(spans: CharSet, point: int) -> bool:
    """Return whether a code point is in the set."""
    place = bisect_right(spans, (point, LAST + 1)) - 1
    return place >= 0 and spans[place][0] <= point <= spans[place][1]


@lru_cache(maxsize=1)
def _categories() -> dict[str, CharSet]:
    """Return the spans of every general category, read once from Python's Unicode database."""
    spans: dict[str, list[Span]] = {}
    start, current = 0, unicodedata.category("\0")
    for point in range(1, LAST + 2):
        category = unicodedata.category(chr(point)) if point <= LAST else ""
        if category != current:
            spans.setdefault(current, []).append((start, point - 1))
            start, current = point, category
    return {name: tuple(found) for name, found in spans.items()}


@lru_cache(maxsize=256)
def property_set(name: str) -> CharSet | None:
    """Return the set of ``\\p{name}``: a general category, or a block after ``Is``; None if there is none."""
    if name.startswith("Is"):
        block = BLOCKS.get(name[2:])
        return None if block is None else (block,)
    if not name or name == "Cs":
        return None
    found = [spans for category, spans in _categories().items() if category.startswith(name)]
    return union(*found) if found else None


@lru_cache(maxsize=16)
def class_escape(letter: str) -> CharSet | None:
    """Return the set of ``\\d``, ``\\w``, ``\\s``, ``\\i``, ``\\c`` or, in upper case, of their complements."""
    if letter.isupper():
        found = class_escape(letter.lower())
        return None if found is None else complement(found)
    if letter == "s":
        return SPACE
    if letter == "i":
        return NAME_START
    if letter == "c":
        return union(NAME_START, _NAME_REST)
    if letter == "d":
        return property_set("Nd")
    if letter == "w":
        return complement(union(*(property_set(name) or () for name in "PZC")))
    return None
