"""Which recorded content holds what must go, and what a value looks like once it is gone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

GONE = "（内容已依法清除）"
SHORTEST = 4
"""Texts shorter than this are looked for under their variable's name alone: they stand everywhere by chance."""


def texts_of(values: Iterable[Any]) -> set[str]:
    """Return the texts inside values that are long enough to be looked for wherever they stand."""
    return {text for value in values for text in _texts(value) if len(text.strip()) >= SHORTEST}


def values_of(payloads: Iterable[Any], names: Collection[str]) -> Iterator[Any]:
    """Yield the values that variables with these names have in payloads."""
    for payload in payloads:
        yield from _values(payload, names)


def holds(payload: Any, names: Collection[str], texts: Collection[str]) -> bool:
    """Return whether a payload has a value under one of the names, or one of the texts anywhere."""
    if any(value is not None for value in _values(payload, names)):
        return True
    return bool(texts) and any(text in found for found in _texts(payload) for text in texts)


def scrubbed(value: Any, names: Collection[str], texts: Collection[str]) -> Any:
    """Return a value without what must go: named entries become null, texts that hold it say that it is gone."""
    if isinstance(value, Mapping):
        if value.get("name") in names and "value" in value:
            value = {**value, "value": None}
        if value.get("variable") in names and "content" in value:
            value = {**value, "content": [GONE]}
        return {key: None if key in names else scrubbed(each, names, texts) for key, each in value.items()}
    if isinstance(value, list):
        return [scrubbed(each, names, texts) for each in value]
    if isinstance(value, str) and any(text in value for text in texts):
        return GONE
    return value


def _values(value: Any, names: Collection[str]) -> Iterator[Any]:
    if isinstance(value, Mapping):
        if value.get("name") in names and "value" in value:
            yield value["value"]
        if value.get("variable") in names and isinstance(value.get("content"), list):
            yield from value["content"]  # the paragraphs of a version of the text that the variable holds
        for key, each in value.items():
            if key in names:
                yield each
            else:
                yield from _values(each, names)
    elif isinstance(value, list):
        for each in value:
            yield from _values(each, names)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


def parsed(payload: str | None) -> Any:
    """Return a stored payload as values."""
    return None if payload is None else json.loads(payload)
