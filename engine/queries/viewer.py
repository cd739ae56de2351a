"""Who asks. Queries are given an actor as the commands know it; this is all they need of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class AbsentPerson(Protocol):
    """Somebody who is away, as queries see them."""

    @property
    def id(self) -> str:
        """The user's id."""
        ...

    @property
    def process_ids(self) -> frozenset[str] | None:
        """The procedures in which somebody stands in for them; None means in every one."""
        ...

    @property
    def principals(self) -> list[str]:
        """The names under which user tasks may be offered to them."""
        ...


class Viewer(Protocol):
    """A person as queries see them."""

    @property
    def id(self) -> str:
        """The user's id."""
        ...

    @property
    def name(self) -> str:
        """The person's name."""
        ...

    @property
    def administrator(self) -> bool:
        """Whether they keep the system running: they see that there are cases, not what is in them."""
        ...

    @property
    def auditor(self) -> bool:
        """Whether they see everything."""
        ...

    @property
    def principals(self) -> list[str]:
        """The names under which user tasks may be offered to them."""
        ...

    @property
    def groups(self) -> frozenset[str]:
        """The roles they hold."""
        ...

    @property
    def stands_for(self) -> Sequence[AbsentPerson]:
        """For whom they stand in at this moment (离岗委托)."""
        ...
