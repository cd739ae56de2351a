"""A register as its file describes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FOLDER = "registers/"
"""What the names of registers' files begin with, below ``organisation/``."""
ITEM = "item"
"""What an entry of ``rows`` is called in the columns' expressions."""


class ColumnType(StrEnum):
    """What a column holds: how it is shown, ordered and written into a spreadsheet."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``value`` is FEEL over a case; ``width`` is in characters."""

    id: str
    label: str
    value: str
    type: ColumnType
    width: int
    line: int


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column a list is ordered, and which way."""

    column: str
    descending: bool

    @staticmethod
    def of(text: str) -> Sort:
        """Read ``column`` or ``-column``."""
        return Sort(text.removeprefix("-"), text.startswith("-"))


@dataclass(frozen=True, slots=True)
class Register:
    """A version of a register; ``version`` is the SM3 digest of its text.

    ``when`` says which cases are in it, ``rows`` gives several rows for a case (FEEL, a list); None: one each.
    """

    id: str
    title: str
    note: str
    procedures: Sequence[str]
    roles: Sequence[str]
    when: str | None
    rows: str | None
    columns: Sequence[Column]
    sort: Sort
    version: str

    def column(self, id_: str) -> Column | None:
        """Return a column by its id."""
        return next((each for each in self.columns if each.id == id_), None)

    def open_to(self, groups: frozenset[str]) -> bool:
        """Return whether somebody with these roles is shown the register; which cases in it, sight decides."""
        return not self.roles or not groups.isdisjoint(self.roles)
