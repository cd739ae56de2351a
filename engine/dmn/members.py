"""Names that may follow a dot because some expression of a file makes contexts with them (DMN 1.5, 10.3.1.5).

Only those that FEEL could not read as one name by itself matter: ``net-price`` without being told is a subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from engine.feel import FeelError
from engine.feel.lexer import NAME, STRING, SYMBOL, Token, tokenize
from engine.feel.names import may_continue

from . import tree


def composed(names: Iterable[str | None]) -> frozenset[str]:
    """Those names that are more than one plain word."""
    return frozenset(name for name in names if name and not name.isidentifier())


def names_made(definitions: tree.Definitions) -> frozenset[str]:
    """The entries of contexts, columns of relations, outputs of tables and services in a file."""
    names: list[str | None] = []
    for element in definitions.elements:
        if isinstance(element, tree.DecisionService) and len(element.outputs) > 1:
            # Its value is a context of the output decisions; which they are is known only after linking.
            names += [other.name for other in definitions.elements if isinstance(other, tree.Decision)]
        names += _made(element)
    return composed(names)


def _made(element: tree.DrgElement) -> Iterator[str | None]:
    waiting: list[Any] = [element]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting += part
        elif is_dataclass(part):
            yield from _own(part)
            waiting += [getattr(part, field.name) for field in fields(part)]


def _own(part: Any) -> Iterable[str | None]:
    if isinstance(part, tree.ContextEntry):
        return () if part.variable is None else (part.variable.name,)
    if isinstance(part, tree.Relation):
        return [column.name for column in part.columns]
    if isinstance(part, tree.OutputClause):
        return (part.name,)
    return _keys(part.text) if isinstance(part, tree.Literal) and "{" in part.text else ()


def _keys(text: str) -> Iterator[str]:
    """What stands before a colon after ``{`` or a comma; text that is not FEEL has no keys."""
    try:
        tokens = tokenize(text)
    except FeelError:
        return
    for place, token in enumerate(tokens):
        if token.kind == SYMBOL and token.text in ("{", ","):
            key = _key(text, tokens, place + 1)
            if key is not None:
                yield key


def _key(text: str, tokens: list[Token], start: int) -> str | None:
    first = tokens[start]
    if first.kind == STRING:
        return first.text if tokens[start + 1].text == ":" else None
    end = start
    while may_continue(tokens[end]):
        end += 1
    if first.kind != NAME or tokens[end].text != ":":
        return None
    return " ".join(text[first.start : tokens[end - 1].end].split())
