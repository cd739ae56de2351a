"""From a row of the decision table ``time_limits`` to a rule, and what else the row says about the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any

from engine.deadlines.errors import TermInvalid
from engine.deadlines.policy import ClockPolicy
from engine.deadlines.rules import Mode, TermRule
from engine.deadlines.term import Counting, Direction, Length, Roll, Term, Unit


def rule_from_row(limit_id: str, row: Mapping[str, Any]) -> TermRule:
    """Return the rule that ``row``, a result of the decision ``time_limits`` for ``limit_id``, stands for.

    ``row`` holds FEEL values, or what JSON makes of them.
    Raises TermInvalid, naming the limit, when the row does not fit (wrong word, a value without unit).
    """
    try:
        counting = Counting(row.get("counting") or "forward")
        usual_roll = "earlier" if counting is Counting.BACKWARD else "next"
        return TermRule(
            id=limit_id,
            procedure=limit_id.partition(".")[0],
            name=str(row["name"]),
            seed_value=_length(row, "seed"),
            law_value=_length(row, "law"),
            internal_value=_length(row, "internal"),
            direction=Direction(row.get("direction") or "duty"),
            basis=str(row.get("basis") or ""),
            effective_from=_date(row.get("effective_from")),
            effective_to=_date(row.get("effective_to")),
            mode=Mode(row.get("mode") or "stricter"),
            counting=counting,
            roll=Roll(row.get("roll") or usual_roll),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TermInvalid(f"时限表中“{limit_id}”一行有误（{error}），请在决策表中更正") from error


def policy_from_row(term: Term, row: Mapping[str, Any]) -> ClockPolicy:
    """Return the usual warnings for ``term`` with the extension that ``row`` allows. Raises TermInvalid."""
    try:
        times = _whole(row.get("max_extensions") or 0)
        return ClockPolicy.usual(term, max_extensions=times, max_extension=_length(row, "extension"))
    except (TypeError, ValueError) as error:
        raise TermInvalid(f"时限表中的延长规定有误（{error}），请在决策表中更正") from error


def _length(row: Mapping[str, Any], prefix: str) -> Length | None:
    amount, unit = row.get(f"{prefix}_value"), row.get(f"{prefix}_unit")
    if amount is None:
        return None
    return Length(_whole(amount), Unit(str(unit)))


def _whole(value: Any) -> int:
    """FEEL numbers are decimals, JSON's may be floats; a period has a whole number of units."""
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if not number or not isfinite(value) or value != int(value):
        raise TypeError(f"{value} 不是整数")
    return int(value)


def _date(value: object) -> date | None:
    """A FEEL date, or its text where the row has been through JSON: plain, or marked as FEEL values are there."""
    if isinstance(value, Mapping) and value.get("$feel") == "date":
        value = value.get("value")
    if isinstance(value, str):
        return date.fromisoformat(value)
    if value is not None and type(value) is not date:
        raise TypeError(f"{value} 不是日期")
    return value
