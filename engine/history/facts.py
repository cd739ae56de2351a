"""Facts: whatever a command reads from outside its case. Recorded with the command; re-execution reads nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from engine.errors import BanjieError
from engine.store.types import canonical_json


def as_recorded(value: Any) -> Any:
    """Return a value as history gives it back: JSON, keys in canonical order.

    Whatever execution is given must be in this form at the first time too, or the order of keys would differ later.
    """
    return json.loads(canonical_json(value))


Fact = list[Any]
"""``[kind, arguments, answer]``, JSON values only."""


class FactsDiffer(BanjieError):
    """Re-execution asked the outside for something else than the recorded command did."""

    code = "history.facts-differ"


class Facts(Protocol):
    """Answers questions about the outside, either for the first time or from the record."""

    def ask(self, kind: str, arguments: Any, answer: Callable[[], Any]) -> Any:
        """Return the answer to a question; ``answer`` finds it when it is asked for the first time."""
        ...


class FactLog:
    """Asks the outside and keeps each answer."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def ask(self, kind: str, arguments: Any, answer: Callable[[], Any]) -> Any:
        """Find the answer, record it, and give it as it will be read back."""
        value = as_recorded(answer())
        self.facts.append([kind, arguments, value])
        return value


class FactTape:
    """Plays recorded answers back, in order."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = facts
        self._next = 0

    def ask(self, kind: str, arguments: Any, answer: Callable[[], Any]) -> Any:
        """Return the recorded answer; raise FactsDiffer if the record holds another question here."""
        if self._next >= len(self._facts):
            raise FactsDiffer(f"记录中没有这一项外部事实：{kind} {arguments}")
        recorded_kind, recorded_arguments, value = self._facts[self._next]
        if recorded_kind != kind or canonical_json(recorded_arguments) != canonical_json(arguments):
            raise FactsDiffer(f"外部事实与记录不同：应为 {recorded_kind} {recorded_arguments}，实为 {kind} {arguments}")
        self._next += 1
        return value

    @property
    def used_up(self) -> bool:
        """Whether every recorded fact was asked for."""
        return self._next == len(self._facts)
