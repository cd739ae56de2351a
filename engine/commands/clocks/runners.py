"""How a command event acts on a case's clocks: the same for the first time and for re-execution."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.commands.clocks.reactor import ClockReactor
from engine.commands.runners import runs, untouched
from engine.history.events import CommandEvent

Event = TypeVar("Event", bound=CommandEvent)
ClockRunner = Callable[[Event, ClockReactor], None]

CLOCK_RUNNERS: dict[type[CommandEvent], ClockRunner[CommandEvent]] = {}


def runs_clocks(cls: type[Event]) -> Callable[[ClockRunner[Event]], ClockRunner[Event]]:
    """Register how an event class acts on clocks; the execution state stays as it is."""

    def register(runner: ClockRunner[Event]) -> ClockRunner[Event]:
        if cls in CLOCK_RUNNERS:
            raise ValueError(f"two clock runners for {cls.__name__}")
        runs(cls)(untouched)
        CLOCK_RUNNERS[cls] = runner  # type: ignore[assignment]
        return runner

    return register
