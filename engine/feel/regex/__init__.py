"""Regular expressions of XPath (F&O 7.6), as matches(), replace() and split() use them (DMN 1.5, Table 74).

Patterns are read by XPath's own grammar and run by Python's ``re``. Where a pattern could keep ``re`` busy for too long
on a text (nested or many open repetitions), a matcher with bounded work runs it instead; it gives the same match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from engine.feel.errors import FeelDomainError
from engine.feel.limits import MAX_MATCHED_LENGTH, MAX_PATTERN_LENGTH, exceeded
from engine.feel.regex.automaton import MAX_STEPS, Program
from engine.feel.regex.charsets import CharSet, ignoring_case
from engine.feel.regex.syntax import Characters, Piece, RegexParser, Sequence, without_space
from engine.feel.regex.translation import has_choice_in_repeat, open_ends, refers_back, to_python

_FLAGS = frozenset("smixq")
_MAX_WORK = 100_000_000
"""Elementary steps of ``re`` that are taken to be fast enough."""


class Match:
    """Where a pattern matched: start and end of the whole and of each group, -1 for a group that took no part."""

    __slots__ = ("_spans", "_text")

    def __init__(self, text: str, spans: tuple[int, ...]) -> None:
        self._text = text
        self._spans = spans

    @property
    def start(self) -> int:
        """Where the match begins."""
        return self._spans[0]

    @property
    def end(self) -> int:
        """Where the match ends."""
        return self._spans[1]

    def group(self, number: int) -> str:
        """Return what a group matched, nothing if it took no part."""
        first, last = self._spans[number * 2], self._spans[number * 2 + 1]
        return "" if first < 0 or last < 0 else self._text[first:last]


class Pattern:
    """A compiled pattern."""

    def __init__(self, tree: Piece, groups: int, flags: str) -> None:
        self.groups = groups
        self._tree = tree
        self._ignore_case, self._multi_line = "i" in flags, "m" in flags
        # Character sets have their case variants already; only back-references need the flag.
        options = re.IGNORECASE if self._ignore_case and refers_back(tree) else re.NOFLAG
        if self._multi_line:
            options |= re.MULTILINE
        try:
            self._python = re.compile(to_python(tree, multi_line=self._multi_line), options)
        except (re.error, OverflowError):
            raise FeelDomainError("正则表达式有误或过大") from None
        self._open = open_ends(tree)
        self._branching = has_choice_in_repeat(tree)
        self._program: Program | None = None

    def search(self, text: str, start: int = 0, budget: list[int] | None = None) -> Match | None:
        """Return the first match from ``start`` on; ``budget`` is what is left of the steps of several searches.

        Raises FeelLimitExceeded for too long a text or too much work.
        """
        if len(text) > MAX_MATCHED_LENGTH:
            raise exceeded("正则匹配的文本长度", MAX_MATCHED_LENGTH)
        if self._is_quick(len(text), repeated=budget is not None):
            found = self._python.search(text, start)
            return None if found is None else Match(text, _spans(found))
        if self._program is None:
            self._program = Program(self._tree, self.groups, ignore_case=self._ignore_case, multi_line=self._multi_line)
        spans = self._program.search(text, start, [MAX_STEPS] if budget is None else budget)
        return None if spans is None else Match(text, spans)

    def _is_quick(self, length: int, *, repeated: bool) -> bool:
        """Return whether ``re`` cannot take long: no nesting, and few open repetitions for this length."""
        if self._open == 0 and not self._branching:
            return True
        if self._branching or self._open >= 99:
            return length == 0
        work: int = (length + 1) ** (self._open + 1 + repeated)
        return work <= _MAX_WORK

    def finditer(self, text: str) -> Iterator[Match]:
        """Yield the matches that do not overlap; the pattern must not match the empty string."""
        start, budget = 0, [MAX_STEPS]
        while (found := self.search(text, start, budget)) is not None:
            yield found
            start = found.end if found.end > found.start else found.end + 1
            if start > len(text):
                return


def _spans(found: re.Match[str]) -> tuple[int, ...]:
    return tuple(place for group in range(found.re.groups + 1) for place in found.span(group))


def _plain(sign: str, flags: str) -> CharSet:
    spans = ((ord(sign), ord(sign)),)
    return ignoring_case(spans) if "i" in flags else spans


@lru_cache(maxsize=256)
def compile_pattern(pattern: str, flags: str) -> Pattern:
    """Return the compiled pattern; raises FeelDomainError when it or a flag is invalid, FeelLimitExceeded if too long.

    Flags: ``s`` the dot matches newlines, ``m`` anchors match at lines, ``i`` case is ignored, ``x`` white space in the
    pattern is ignored, ``q`` the pattern is plain text (XPath 3.1).
    """
    if len(pattern) > MAX_PATTERN_LENGTH:
        raise exceeded("正则表达式长度", MAX_PATTERN_LENGTH)
    unknown = set(flags) - _FLAGS
    if unknown:
        raise FeelDomainError(f"不认识的正则标志「{min(unknown)}」，可用的有 s、m、i、x、q")
    if "q" in flags:
        return Pattern(Sequence(tuple(Characters(_plain(sign, flags)) for sign in pattern)), 0, flags)
    if "x" in flags:
        pattern = without_space(pattern)
    parser = RegexParser(pattern, dot_all="s" in flags, ignore_case="i" in flags)
    tree = parser.parse()
    return Pattern(tree, parser.groups, flags)
