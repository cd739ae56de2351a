"""What a control is evaluated on: a case at one moment, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Signed:
    """A user task of the case that was done before."""

    element_id: str
    duty: str | None
    actor_id: str
    at: datetime
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw of experts in the case."""

    field: str
    size: int
    drawn: int
    committed_by: str


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment in another case."""

    case_key: int
    amount: Decimal


PaymentFinder = Callable[[Mapping[str, Any]], Sequence[Payment]]


def _none(settings: Mapping[str, Any]) -> Sequence[Payment]:
    return ()


@dataclass(frozen=True, slots=True)
class Situation:
    """Somebody is about to do an element (or to start a case): what is known at that moment."""

    procedure: str
    element_id: str
    duty: str | None
    now: datetime
    actor_id: str
    actor_name: str
    groups: frozenset[str]
    initiator_id: str
    variables: Mapping[str, Any]
    done: Sequence[Signed] = ()
    draws: Sequence[Draw] = ()
    on_behalf_of: str | None = None
    payments: PaymentFinder = _none
    functions: Mapping[str, Callable[..., object]] = field(default_factory=dict)

    @property
    def actors(self) -> set[str]:
        """Who acts now: the person, and the one the person stands in for."""
        return {self.actor_id} | ({self.on_behalf_of} if self.on_behalf_of else set())

    def context(self) -> dict[str, Any]:
        """Return what FEEL sees: the case's variables, and who does what at which element after what."""
        return {
            **self.variables,
            "actor": {"id": self.actor_id, "name": self.actor_name, "groups": sorted(self.groups)},
            "procedure": self.procedure,
            "element": self.element_id,
            "done": [
                {"element": each.element_id, "duty": each.duty, "actor": each.actor_id, "outcome": each.outcome}
                for each in self.done
            ],
        }
