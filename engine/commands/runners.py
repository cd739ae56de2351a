"""How each command event acts on a machine: the same for the first time and for re-execution."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from engine.execution import Machine, Outside, Program
from engine.history.events import CommandEvent


class MachineSource(Protocol):
    """Gives the machine of the case on which an event acts."""

    @property
    def root_key(self) -> int:
        """The key of the case."""
        ...

    @property
    def outside(self) -> Outside:
        """What the machine may ask."""
        ...

    def load(self) -> Machine:
        """Bring the case's saved state to life."""
        ...

    def program_of(self, definition_key: int) -> Program:
        """Return the compiled program of a definition."""
        ...


Event = TypeVar("Event", bound=CommandEvent)
Runner = Callable[[Event, MachineSource], Machine | None]

RUNNERS: dict[type[CommandEvent], Runner[CommandEvent]] = {}


def runs(cls: type[Event]) -> Callable[[Runner[Event]], Runner[Event]]:
    """Register how an event class acts; a runner that returns None leaves the execution state as it is."""

    def register(runner: Runner[Event]) -> Runner[Event]:
        if cls in RUNNERS:
            raise ValueError(f"two runners for {cls.__name__}")
        RUNNERS[cls] = runner  # type: ignore[assignment]
        return runner

    return register


def untouched(event: CommandEvent, source: MachineSource) -> None:
    """Leave the execution state as it is: the event concerns read models only."""
