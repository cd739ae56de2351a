"""Names in scope, matched token by token, the longest first (DMN 1.5, 10.3.1.4 and 10.3.1.5)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from engine.feel.errors import FeelError
from engine.feel.lexer import END, MARK, NAME, NUMBER, Token, tokenize

Spelling = tuple[str, ...]

NAME_SYMBOLS = frozenset(".-/+*'\u2019")
"""Additional name symbols (rule 30); the straight apostrophe is accepted beside the typographic one."""


@lru_cache(maxsize=4096)
def spelling(name: str) -> Spelling:
    """Return the tokens of a name; a name that does not split into tokens matches nothing and gives ()."""
    try:
        return tuple(token.text for token in tokenize(name) if token.kind != END)
    except FeelError:
        return ()


def canonical(name: str) -> str:
    """Return a name with its runs of white space made one space, which is how names are looked up."""
    return " ".join(name.split())


def may_continue(token: Token) -> bool:
    """Return whether a token could be part of a longer name."""
    return token.kind in (NAME, NUMBER, MARK) or token.text in NAME_SYMBOLS or token.text == "**"


class NameTable:
    """A set of names that finds the longest one at a place in a list of tokens."""

    __slots__ = ("_by_first",)

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[Spelling, str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Put a name in the table."""
        tokens = spelling(name)
        if not tokens:
            return
        entries = self._by_first.setdefault(tokens[0], [])
        if all(known != tokens for known, _ in entries):
            entries.append((tokens, name))
            entries.sort(key=lambda entry: -len(entry[0]))

    def longest(self, tokens: list[Token], index: int) -> tuple[int, str] | None:
        """Return (number of tokens, name) of the longest name that starts at ``index``, or None."""
        for known, name in self._by_first.get(tokens[index].text, ()):
            if len(known) == 1 or _same(known, tokens, index):
                return len(known), name
        return None


def _same(known: Spelling, tokens: list[Token], index: int) -> bool:
    if index + len(known) >= len(tokens):
        return False
    following = tokens[index : index + len(known)]
    return all(token.text == text and token.kind != "string" for token, text in zip(following, known, strict=True))
