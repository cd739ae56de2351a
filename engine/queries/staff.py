"""Registers of the whole bureau: for its own people, with no more of a case than they may know."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from sqlalchemy import Connection, select

from engine.errors import Forbidden
from engine.queries.sight import concerning
from engine.queries.viewer import Viewer
from engine.queries.visibility import restricted_cases


class StaffOnly(Forbidden):
    """The register is for the bureau's own people."""

    code = "queries.staff-only"


class Staff(Viewer, Protocol):
    """A viewer of whom it is known whether they are of the bureau."""

    @property
    def outside(self) -> bool:
        """Whether it is a party or another body."""
        ...


def require_staff(viewer: Staff) -> None:
    """Raise StaffOnly for parties and other bodies."""
    if viewer.outside:
        raise StaffOnly("登记簿只供本局工作人员查看。")


def seen_cases(connection: Connection, viewer: Staff, root_keys: Collection[int], *, keeper: bool) -> set[int]:
    """Return which of these cases the viewer may be told of: those that concern them; as a keeper of the register
    all but restricted ones; auditors all."""
    wanted = set(root_keys)
    if not wanted or viewer.auditor:
        return wanted
    mine = concerning(viewer).subquery()
    found = set(connection.execute(select(mine.c.root_key).where(mine.c.root_key.in_(wanted))).scalars())
    if keeper:
        restricted = restricted_cases().subquery()
        closed = set(
            connection.execute(select(restricted.c.root_key).where(restricted.c.root_key.in_(wanted))).scalars()
        )
        found |= wanted - closed
    return found
