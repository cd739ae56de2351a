"""The collections of a multi-instance body: with the body while small, else in pages of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.execution.parts import INSTANCES_IN_MAIN, PAGE_LENGTH

if TYPE_CHECKING:
    from engine.execution.task import ElementTask


def is_large(body: ElementTask) -> bool:
    """Whether a body's instances and collections lie in parts of their own."""
    return int(body.internal_data.get("n", 0)) > INSTANCES_IN_MAIN


def store(body: ElementTask, kind: str, values: list[Any]) -> None:
    """Keep a whole collection; ``kind`` is ``in`` or ``out``."""
    if not is_large(body):
        body.internal_data[kind] = values
        return
    for first in range(0, len(values), PAGE_LENGTH):
        _page(body, kind, first)[:] = values[first : first + PAGE_LENGTH]


def get(body: ElementTask, kind: str, index: int) -> Any:
    """Return one value."""
    if not is_large(body):
        return body.internal_data[kind][index]
    return _page(body, kind, index)[index % PAGE_LENGTH]


def put(body: ElementTask, kind: str, index: int, value: Any) -> None:
    """Set one value."""
    if is_large(body):
        _page(body, kind, index)[index % PAGE_LENGTH] = value
    else:
        body.internal_data[kind][index] = value


def whole(body: ElementTask, kind: str) -> list[Any]:
    """Return the whole collection."""
    if not is_large(body):
        return list(body.internal_data[kind])
    pages = range(0, body.internal_data["n"], PAGE_LENGTH)
    return [value for first in pages for value in _page(body, kind, first)]


def drop(body: ElementTask, kind: str) -> None:
    """Delete the pages of a collection."""
    if is_large(body):
        for first in range(0, body.internal_data["n"], PAGE_LENGTH):
            body.runtime.keeper.parts.drop(_part(body, kind, first))


def _page(body: ElementTask, kind: str, index: int) -> list[Any]:
    page: list[Any] = body.runtime.keeper.parts.page(_part(body, kind, index), list)
    return page


def _part(body: ElementTask, kind: str, index: int) -> str:
    return f"{kind}-{body.id}-{index // PAGE_LENGTH}"
