"""The term in force for a time limit: from the deployed table of time limits, as a fact of the command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from engine.deadlines import (
    Calendar,
    ChosenTerm,
    ClockOperationRefused,
    ClockPolicy,
    Length,
    Roll,
    TermRule,
    Threshold,
    Unit,
    choose,
    compute_due,
    policy_from_row,
    rule_from_row,
)
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


@dataclass(frozen=True, slots=True)
class GivenLength:
    """The length of a limit that neither the duty list nor the law fixes: by 批示, by the letter, by contract.

    ``unit`` None: the unit of the table's row, else days. ``exact``: the last day was named, so it does not roll.
    """

    amount: int
    unit: str | None = None
    exact: bool = False

    @classmethod
    def until(cls, due: date, day: date) -> GivenLength:
        """Return the length from the starting day to a last day. Raises ClockOperationRefused if it is before."""
        if due < day:
            raise ClockOperationRefused(f"期限的最后一天 {due} 早于起算日 {day}，请核对日期。")
        return cls((due - day).days, Unit.DAY.value, True)

    def applied_to(self, rule: TermRule, row: Mapping[str, Any]) -> TermRule:
        """Return the rule with this length. Raises ClockOperationRefused where the rule has its own, or a bad unit."""
        if rule.seed_value is not None or rule.law_value is not None:
            raise ClockOperationRefused(f"“{rule.name}”有固定期限，不能逐件指定，请检查流程图的时限属性。")
        unit = self.unit or row.get("unit") or row.get("internal_unit") or Unit.DAY.value
        if unit not in {known.value for known in Unit}:
            raise ClockOperationRefused(f"期限单位 {unit} 不认识，应为 {'、'.join(known.value for known in Unit)}。")
        roll = Roll.NONE if self.exact else rule.roll
        return replace(rule, internal_value=Length(self.amount, Unit(unit)), roll=roll)


def term_in_force(
    source: LimitSource, limit_id: str, day: date, calendar: Calendar, given: GivenLength | None = None
) -> tuple[ChosenTerm, TermRule, ClockPolicy]:
    """Return the term that a clock started by an event on ``day`` has; raise TimeLimitUnknown."""
    row = source.row(limit_id, day)
    if row is None:
        raise TimeLimitUnknown(f"时限表中没有 {limit_id} 在 {day} 适用的一行，请在 dmn/time-limits.dmn 中补充。")
    rule = rule_from_row(limit_id, row)
    if given is not None:
        rule = given.applied_to(rule, row)
    chosen = choose([rule], day, calendar)
    return chosen, rule, _warning_at_target(policy_from_row(chosen.term, row), chosen, day, calendar)


def _warning_at_target(policy: ClockPolicy, chosen: ChosenTerm, day: date, calendar: Calendar) -> ClockPolicy:
    """The bureau's own earlier target moves the warning, never the date: amber once the target has passed."""
    target, unit = chosen.internal, chosen.term.length.unit
    if target is None or unit.by_moment or target.length.unit.by_moment:
        return policy
    wanted, due = (compute_due(term, day, calendar).due for term in (target, chosen.term))
    if wanted is None or due is None:
        return policy
    working = unit is Unit.WORKING_DAY
    left = calendar.working_days_between(wanted, due).days if working else (due - wanted).days
    return replace(policy, amber=Threshold(days_before=left))
