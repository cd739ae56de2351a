"""The term in force for a time limit: from the deployed table of time limits, as a fact of the command."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from engine.deadlines import Calendar, ChosenTerm, ClockPolicy, TermRule, choose, policy_from_row, rule_from_row
from engine.errors import NotFound

DECISION = "time_limits"
"""The id of the decision that holds every time limit of the bureau."""


class TimeLimitUnknown(NotFound):
    """The table of time limits has no row for this limit and day."""

    code = "commands.time-limit-unknown"


class LimitSource(Protocol):
    """Gives the table's row for a limit on a day."""

    def row(self, limit_id: str, day: date) -> Mapping[str, Any] | None:
        """Return the row, JSON values only, or None."""
        ...


def term_in_force(
    source: LimitSource, limit_id: str, day: date, calendar: Calendar
) -> tuple[ChosenTerm, TermRule, ClockPolicy]:
    """Return the term that a clock started by an event on ``day`` has; raise TimeLimitUnknown."""
    row = source.row(limit_id, day)
    if row is None:
        raise TimeLimitUnknown(f"时限表中没有 {limit_id} 在 {day} 适用的一行，请在 dmn/time-limits.dmn 中补充。")
    rule = rule_from_row(limit_id, row)
    chosen = choose([rule], day, calendar)
    return chosen, rule, policy_from_row(chosen.term, row)
