"""Who acts. A field of every command, never ambient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody who is away and for whom an actor stands in (离岗委托)."""

    id: str
    name: str
    groups: frozenset[str] = frozenset()
    process_ids: frozenset[str] | None = None
    """The procedures in which; None means in every one."""

    @property
    def principals(self) -> list[str]:
        """Return the names under which user tasks may be offered to the one who is away."""
        return [f"user:{self.id}", *(f"group:{name}" for name in sorted(self.groups))]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a part of the system, with what it may do as it stands at the time of the command."""

    id: str
    name: str
    department: str | None = None
    groups: frozenset[str] = frozenset()
    administrator: bool = False
    auditor: bool = False
    stands_for: tuple[Absent, ...] = ()
    outside: bool = False
    """Whether it is a party or another body, not of the bureau."""

    @property
    def principals(self) -> list[str]:
        """Return the names under which user tasks may be offered to this actor."""
        return [f"user:{self.id}", *(f"group:{name}" for name in sorted(self.groups))]

    def as_initiator(self) -> Mapping[str, Any]:
        """Return what a case keeps of the one who started it."""
        return {"id": self.id, "name": self.name, "department": self.department}


SCHEDULER = Actor("system:scheduler", "系统（到期触发）")
"""Fires what falls due."""

INSTALLER = Actor("system:installer", "系统（安装部署）", administrator=True)
"""Deploys what lies in the content folders and loads the sample organisation at first start."""
