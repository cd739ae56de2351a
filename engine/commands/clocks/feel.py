"""What expressions in diagrams may ask beside variables: due dates of the case's clocks, working days, who acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from engine.clock import LEGAL_ZONE
from engine.commands.clocks.book import ClockBook
from engine.deadlines import Calendar
from engine.feel.bureau import bureau_functions
from engine.feel.types import DATE, STRING
from engine.feel.values import Function

_MOMENT = timedelta(microseconds=1)
_PURE: Mapping[str, Callable[..., object]] = bureau_functions()


class LazyCalendar:
    """A calendar that is looked up when the first expression asks for a day, not before."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[], Calendar]) -> None:
        self._find = find

    def is_working_day(self, day: date) -> bool:
        """Return whether ``day`` is a working day."""
        return self._find().is_working_day(day)


def case_functions(book: Callable[[], ClockBook], calendar: Callable[[], Calendar]) -> dict[str, Callable[..., object]]:
    """Return the FEEL functions of one command: the bureau's, and ``clock due(limit id)``.

    ``clock due`` gives the last day (a date) of the running clock of a limit, null where it does not run. It reads the
    case's own book, so it is no fact: an expression sees the clocks as they stood when the command began.
    """

    def clock_due(arguments: list[Any]) -> Any:
        due = book().due_at(arguments[0]) if arguments[0] is not None else None
        return None if due is None else (due.astimezone(LEGAL_ZONE) - _MOMENT).date()

    due = Function(("limit id",), clock_due, (STRING,), DATE, "clock due")
    return {**_PURE, **bureau_functions(LazyCalendar(calendar)), due.name: due}


class ActorView(Mapping[str, object]):
    """The variable ``actor``, ``{id, name}``: who carries out the command. A case's own variable of that name wins."""

    __slots__ = ("_id", "_name")

    def __init__(self, id_: str, name: Callable[[], str]) -> None:
        self._id = id_
        self._name = name

    def __getitem__(self, key: str) -> object:
        if key != "actor":
            raise KeyError(key)
        return {"id": self._id, "name": self._name()}

    def __iter__(self) -> Any:
        return iter(("actor",))

    def __len__(self) -> int:
        return 1
