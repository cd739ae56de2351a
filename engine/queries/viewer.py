"""Who asks. Queries are given an actor as the commands know it; this is all they need of one."""

from __future__ import annotations

from typing import Protocol


class Viewer(Protocol):
    """A person as queries see them."""

    @property
    def id(self) -> str:
        """The user's id."""
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
