"""Reads regular expressions of XPath 2.0 (F&O 7.6.1) into a tree. What is not allowed there is an error."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.errors import FeelDomainError
from engine.feel.limits import MAX_NESTING_DEPTH, exceeded
from engine.feel.regex.charsets import (
    EVERYTHING,
    NOT_NEWLINE,
    CharSet,
    class_escape,
    complement,
    difference,
    ignoring_case,
    property_set,
    union,
)

MAX_COUNT = 1000
"""The greatest count of a quantifier."""


class Piece:
    """Root of the tree's nodes."""


@dataclass(frozen=True, slots=True)
class Characters(Piece):
    """One character of a set."""

    spans: CharSet


@dataclass(frozen=True, slots=True)
class Anchor(Piece):
    """``^`` or ``$``."""

    at_start: bool


@dataclass(frozen=True, slots=True)
class BackReference(Piece):
    """``\\1``: what a group matched."""

    group: int


@dataclass(frozen=True, slots=True)
class Group(Piece):
    """``( … )``; ``index`` is None for ``(?: … )``."""

    index: int | None
    body: Piece


@dataclass(frozen=True, slots=True)
class Sequence(Piece):
    """Pieces one after another."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Choice(Piece):
    """Alternatives, the first that works wins."""

    branches: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Repeat(Piece):
    """A piece ``least`` to ``most`` times (None: without end)."""

    body: Piece
    least: int
    most: int | None
    greedy: bool


_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"} | {character: character for character in "\\|.?*+(){}-[]^$"}
_SPECIAL = frozenset(".\\?*+{}()|^$[]")


def _point(character: str) -> CharSet:
    return ((ord(character), ord(character)),)


def without_space(pattern: str) -> str:
    """Return the pattern without its white space, that inside character classes apart: flag x (F&O 7.6.1.1)."""
    kept: list[str] = []
    depth = 0
    escaped = False
    for character in pattern:
        if depth == 0 and character in "\t\n\r ":
            continue
        kept.append(character)
        if escaped or character == "\\":
            escaped = not escaped
        elif character == "[":
            depth += 1
        elif character == "]":
            depth = max(depth - 1, 0)
    return "".join(kept)


class RegexParser:
    """Reads one pattern; ``dot_all`` is flag s.

    ``ignore_case`` (flag i) widens characters and ranges, but not ``\\p{Lu}`` and its like (F&O 7.6.1.1).
    """

    def __init__(self, pattern: str, *, dot_all: bool, ignore_case: bool) -> None:
        self._pattern = pattern
        self._ignore_case = ignore_case
        self._place = 0
        self._dot = EVERYTHING if dot_all else NOT_NEWLINE
        self._depth = 0
        self._closed: set[int] = set()
        self.groups = 0

    def parse(self) -> Piece:
        """Read the whole pattern; raises FeelDomainError when it is invalid."""
        tree = self._choice()
        if self._place < len(self._pattern):
            raise self._error("多余的「)」")
        return tree

    def _error(self, problem: str) -> FeelDomainError:
        return FeelDomainError(f"正则表达式第{self._place + 1}个字符处有误：{problem}")

    def _peek(self) -> str:
        return self._pattern[self._place : self._place + 1]

    def _take(self) -> str:
        character = self._peek()
        self._place += 1
        return character

    def _choice(self) -> Piece:
        self._depth += 1
        if self._depth > MAX_NESTING_DEPTH:
            raise exceeded("正则表达式嵌套层数", MAX_NESTING_DEPTH)
        branches = [self._sequence()]
        while self._peek() == "|":
            self._place += 1
            branches.append(self._sequence())
        self._depth -= 1
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Piece:
        pieces: list[Piece] = []
        while self._peek() not in ("", "|", ")"):
            pieces.append(self._quantified(self._atom()))
        return pieces[0] if len(pieces) == 1 else Sequence(tuple(pieces))

    def _quantified(self, atom: Piece) -> Piece:
        quantity = self._quantity()
        if quantity is None:
            return atom
        least, most = quantity
        greedy = self._peek() != "?"
        if not greedy:
            self._place += 1
        if self._peek() in ("*", "+", "?", "{") and self._peek():
            raise self._error("量词不能连用")
        return atom if (least, most) == (1, 1) else Repeat(atom, least, most, greedy)

    def _quantity(self) -> tuple[int, int | None] | None:
        sign = self._peek()
        simple: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        if sign in simple:
            self._place += 1
            return simple[sign]
        if sign != "{":
            return None
        self._place += 1
        body, closing, _ = self._pattern[self._place :].partition("}")
        low, comma, high = body.partition(",")
        if not closing or not low.isdecimal() or not (high.isdecimal() or not high) or len(body) > 12:
            raise self._error("次数应形如 {2}、{2,} 或 {2,5}")
        self._place += len(body) + 1
        least = int(low)
        most = (int(high) if high else None) if comma else least
        if (most is not None and most < least) or max(least, most or 0) > MAX_COUNT:
            raise self._error(f"次数应从小到大，且不超过{MAX_COUNT}")
        return least, most

    def _atom(self) -> Piece:
        character = self._take()
        if character == "(":
            return self._group()
        if character == "[":
            return Characters(self._class())
        if character == ".":
            return Characters(self._dot)
        if character in ("^", "$"):
            return Anchor(character == "^")
        if character == "\\":
            return self._escape()
        if character in _SPECIAL:
            self._place -= 1
            raise self._error(f"「{character}」前应有反斜杠")
        return Characters(self._cased(_point(character)))

    def _cased(self, spans: CharSet) -> CharSet:
        return ignoring_case(spans) if self._ignore_case else spans

    def _group(self) -> Piece:
        index: int | None = None
        if self._pattern.startswith("?:", self._place):
            self._place += 2
        elif self._peek() == "?":
            raise self._error("不支持「(?」")
        else:
            self.groups += 1
            index = self.groups
        body = self._choice()
        if self._take() != ")":
            raise self._error("缺少「)」")
        if index is not None:
            self._closed.add(index)
        return Group(index, body)

    def _escape(self) -> Piece:
        letter = self._pattern[self._place : self._place + 1]
        if letter in "123456789" and letter:
            return self._back_reference()
        return Characters(self._escaped_set())

    def _back_reference(self) -> Piece:
        group = int(self._pattern[self._place])
        self._place += 1
        while self._pattern[self._place : self._place + 1].isdecimal():
            longer = group * 10 + int(self._pattern[self._place])
            if longer > self.groups:
                break
            group = longer
            self._place += 1
        if group not in self._closed:
            raise self._error("反向引用的分组不存在或还没有结束")
        return BackReference(group)

    def _escaped_set(self) -> CharSet:
        """Read what follows a backslash, as a set."""
        letter = self._pattern[self._place : self._place + 1]
        self._place += 1
        if letter in _ESCAPED:
            return _point(_ESCAPED[letter])  # none of these has cases
        if letter in ("p", "P"):
            return self._property(letter == "P")
        found = class_escape(letter) if letter and letter in "sSiIcCdDwW" else None
        if found is None:
            raise self._error(f"不认识的转义「\\{letter}」")
        return found

    def _property(self, negated: bool) -> CharSet:
        if self._pattern[self._place : self._place + 1] != "{":
            raise self._error("\\p 之后应是 {名称}")
        name, closing, _ = self._pattern[self._place + 1 :].partition("}")
        found = property_set(name) if closing else None
        if found is None:
            raise self._error(f"没有名为「{name[:40]}」的字符类")
        self._place += len(name) + 2
        return complement(found) if negated else found

    # -- character classes ------------------------------------------------------------------------------------------

    def _class(self) -> CharSet:
        """Read a class after its ``[``, with subtraction: ``[a-z-[aeiou]]``."""
        self._depth += 1
        if self._depth > MAX_NESTING_DEPTH:
            raise exceeded("正则表达式嵌套层数", MAX_NESTING_DEPTH)
        negated = self._pattern.startswith("^", self._place)
        self._place += negated
        parts: list[CharSet] = []
        removed: CharSet = ()
        while not self._pattern.startswith("]", self._place):
            if self._place >= len(self._pattern):
                raise self._error("缺少「]」")
            if parts and self._pattern.startswith("-[", self._place):
                self._place += 2
                removed = self._class()
                if not self._pattern.startswith("]", self._place):
                    raise self._error("减去的字符类之后应是「]」")
                break
            parts.append(self._class_part())
        if not parts:
            raise self._error("字符类不能为空")
        self._place += 1
        self._depth -= 1
        spans = union(*parts)
        return difference(complement(spans) if negated else spans, removed)

    def _class_part(self) -> CharSet:
        first = self._class_atom()
        single = len(first) == 1 and first[0][0] == first[0][1]
        follows = self._pattern[self._place + 1 : self._place + 2]
        if not single or not self._pattern.startswith("-", self._place) or follows in ("]", "[", ""):
            return self._cased(first) if single else first
        self._place += 1
        last = self._class_atom()
        if len(last) != 1 or last[0][0] != last[0][1] or last[0][0] < first[0][0]:
            raise self._error("字符范围应从小到大")
        return self._cased(((first[0][0], last[0][0]),))

    def _class_atom(self) -> CharSet:
        character = self._pattern[self._place]
        self._place += 1
        if character == "\\":
            return self._escaped_set()
        if character == "[":
            raise self._error("字符类里的「[」前应有反斜杠")
        return _point(character)
