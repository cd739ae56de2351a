"""Which handler a command has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from engine.commands.errors import CommandUnknown

if TYPE_CHECKING:
    from engine.commands.unit import UnitOfWork

Answer = dict[str, Any]
"""What a command answers: JSON values, so that a repeated request can be given the same."""

Command = TypeVar("Command")
Handler = Callable[[Command, "UnitOfWork"], Answer]

_HANDLERS: dict[type[Any], Handler[Any]] = {}


def handles(cls: type[Command]) -> Callable[[Handler[Command]], Handler[Command]]:
    """Register the handler of a command class."""

    def register(handler: Handler[Command]) -> Handler[Command]:
        if cls in _HANDLERS:
            raise ValueError(f"two handlers for {cls.__name__}")
        _HANDLERS[cls] = handler
        return handler

    return register


def handler_of(command: object) -> Handler[Any]:
    """Return the handler of a command; raise CommandUnknown."""
    try:
        return _HANDLERS[type(command)]
    except KeyError:
        raise CommandUnknown(f"没有处理 {type(command).__name__} 的程序") from None
