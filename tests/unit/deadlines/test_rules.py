"""Which value is in force: the duty list's, the law's, or the bureau's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.deadlines import (
    Calendar,
    Counting,
    Direction,
    Length,
    Mode,
    Roll,
    Source,
    TermInvalid,
    TermRule,
    TermRuleAmbiguous,
    TermRuleNotInForce,
    TermValueMissing,
    Unit,
    choose,
    forward,
    policy_from_row,
    rule_from_row,
)

DAY = date(2026, 11, 23)
WD3, WD5, WD7 = (Length(amount, Unit.WORKING_DAY) for amount in (3, 5, 7))


def rule(seed: Length | None, law: Length | None, direction: Direction, mode: Mode = Mode.STRICTER) -> TermRule:
    return TermRule("p.x", "p", "某期限", seed, law, direction=direction, mode=mode)


@pytest.mark.parametrize(
    ("seed", "law", "direction", "mode", "expected", "source"),
    [
        (WD3, WD5, Direction.DUTY, Mode.STRICTER, WD3, Source.SEED),
        (WD7, WD5, Direction.DUTY, Mode.STRICTER, WD5, Source.LAW),
        (WD3, WD5, Direction.RIGHT, Mode.STRICTER, WD5, Source.LAW),
        (WD7, WD5, Direction.RIGHT, Mode.STRICTER, WD7, Source.SEED),
        (WD3, WD5, Direction.MINIMUM, Mode.STRICTER, WD5, Source.LAW),
        (WD7, WD5, Direction.MINIMUM, Mode.STRICTER, WD7, Source.SEED),
        (WD5, WD5, Direction.DUTY, Mode.STRICTER, WD5, Source.LAW),
        (WD3, WD5, Direction.DUTY, Mode.LAW, WD5, Source.LAW),
        (WD7, WD5, Direction.RIGHT, Mode.LAW, WD5, Source.LAW),
        (WD3, WD5, Direction.DUTY, Mode.SEED, WD3, Source.SEED),
        (WD7, WD5, Direction.DUTY, Mode.SEED, WD5, Source.LAW),
        (WD3, WD5, Direction.RIGHT, Mode.SEED, WD5, Source.LAW),
        (WD7, None, Direction.DUTY, Mode.LAW, WD7, Source.SEED),
        (None, WD7, Direction.DUTY, Mode.SEED, WD7, Source.LAW),
    ],
)
def test_a_duty_takes_the_shorter_a_right_the_longer_and_none_falls_below_the_law(
    calendar: Calendar,
    seed: Length | None,
    law: Length | None,
    direction: Direction,
    mode: Mode,
    expected: Length,
    source: Source,
) -> None:
    chosen = choose([rule(seed, law, direction, mode)], DAY, calendar)

    assert chosen.term.length == expected
    assert chosen.source is source


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 23), WD5),  # five working days end on Monday 30, six days on Sunday 29 and so on Monday: equal
        (date(2026, 9, 30), Length(6, Unit.DAY)),  # over 国庆节 the six days end on the first working day
    ],
)
def test_different_units_are_compared_by_the_days_they_lead_to(calendar: Calendar, day: date, expected: Length) -> None:
    assert choose([rule(Length(6, Unit.DAY), WD5, Direction.DUTY)], day, calendar).term.length == expected


def test_the_longer_lead_time_before_an_event_is_the_stricter(calendar: Calendar) -> None:
    before = replace(rule(Length(7, Unit.DAY), WD7, Direction.MINIMUM), counting=Counting.BACKWARD, roll=Roll.EARLIER)

    chosen = choose([before], date(2026, 10, 16), calendar)

    assert chosen.term.length == WD7
    assert chosen.term.counting is Counting.BACKWARD


def test_a_lead_time_cannot_be_a_duty_that_takes_the_shorter() -> None:
    with pytest.raises(TermInvalid, match="倒推"):
        TermRule("p.x", "p", "某期限", WD3, counting=Counting.BACKWARD, roll=Roll.EARLIER)


def test_the_version_of_the_starting_date_is_chosen(calendar: Calendar) -> None:
    old = replace(rule(WD3, None, Direction.DUTY), effective_to=date(2023, 12, 31))
    new = replace(rule(WD5, None, Direction.DUTY), effective_from=date(2024, 1, 1))

    assert choose([old, new], date(2023, 12, 31), calendar).term.length == WD3
    assert choose([old, new], date(2024, 1, 1), calendar).term.length == WD5
    assert choose([old, new], date(2024, 1, 1), calendar).rule.version == "2024-01-01/…"


def test_no_version_and_two_versions_are_refused(calendar: Calendar) -> None:
    new = replace(rule(WD5, None, Direction.DUTY), effective_from=date(2024, 1, 1))

    with pytest.raises(TermRuleNotInForce, match="某期限"):
        choose([new], date(2023, 12, 31), calendar)
    with pytest.raises(TermRuleNotInForce):
        choose([], DAY, calendar)
    with pytest.raises(TermRuleAmbiguous, match="2 条"):
        choose([new, new], DAY, calendar)


def test_a_limit_set_case_by_case_has_to_be_entered(calendar: Calendar) -> None:
    with pytest.raises(TermValueMissing, match="逐件"):
        choose([rule(None, None, Direction.DUTY)], DAY, calendar)


def test_the_bureaus_own_value_stands_where_nobody_else_gives_one(calendar: Calendar) -> None:
    chosen = choose([replace(rule(None, None, Direction.MINIMUM), internal_value=WD5)], DAY, calendar)

    assert (chosen.term.length, chosen.source, chosen.internal) == (WD5, Source.INTERNAL, None)


def test_an_internal_target_is_kept_apart_and_never_later_than_the_limit(calendar: Calendar) -> None:
    binding = rule(None, WD5, Direction.DUTY)

    earlier = choose([replace(binding, internal_value=WD3)], DAY, calendar)
    later = choose([replace(binding, internal_value=WD7)], DAY, calendar)
    of_a_right = choose([replace(binding, internal_value=WD3, direction=Direction.RIGHT)], DAY, calendar)

    assert earlier.term.length == WD5
    assert earlier.internal is not None
    assert earlier.internal.length == WD3
    assert later.internal is None
    assert of_a_right.internal is None


def test_a_rule_in_hours_does_not_roll(calendar: Calendar) -> None:
    chosen = choose([rule(None, Length(24, Unit.HOUR), Direction.DUTY)], DAY, calendar)

    assert chosen.term.roll is Roll.NONE


def test_a_rule_whose_dates_are_reversed_is_refused() -> None:
    with pytest.raises(TermInvalid, match="颠倒"):
        replace(rule(WD3, None, Direction.DUTY), effective_from=DAY, effective_to=date(2020, 1, 1))


def row(**changes: Any) -> dict[str, Any]:
    values = {"name": "某期限", "direction": "duty", "seed_value": Decimal(20), "seed_unit": "working_day"}
    return {**values, **changes}


def test_a_row_of_the_table_becomes_a_rule() -> None:
    made = rule_from_row("bgs-ysqgk.answer", row(law_value=Decimal(20), law_unit="working_day", basis="条例"))

    assert made.procedure == "bgs-ysqgk"
    assert made.seed_value == made.law_value == Length(20, Unit.WORKING_DAY)
    assert (made.counting, made.roll, made.mode) == (Counting.FORWARD, Roll.NEXT, Mode.STRICTER)


def test_a_row_that_went_through_json_becomes_the_same_rule() -> None:
    plain = row(seed_value=20, effective_from="2024-01-01")

    assert rule_from_row("p.x", plain) == rule_from_row("p.x", row(effective_from=date(2024, 1, 1)))
    marked = {**plain, "effective_from": {"$feel": "date", "value": "2024-01-01"}}
    assert rule_from_row("p.x", marked) == rule_from_row("p.x", row(effective_from=date(2024, 1, 1)))
    assert rule_from_row("p.x", {**plain, "seed_value": 20.0}) == rule_from_row("p.x", plain)


def test_a_row_gives_the_extension_it_allows() -> None:
    policy = policy_from_row(
        forward(20), row(max_extensions=Decimal(1), extension_value=Decimal(20), extension_unit="working_day")
    )

    assert (policy.max_extensions, policy.max_extension) == (1, Length(20, Unit.WORKING_DAY))
    assert policy_from_row(forward(20), row()).max_extensions == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"direction": "wish"},
        {"seed_unit": None},
        {"seed_unit": "fortnight"},
        {"seed_value": Decimal("2.5")},
        {"seed_value": "20"},
        {"seed_value": True},
        {"effective_from": "2024-13-01"},
        {"effective_from": 2024},
        {"seed_value": float("nan")},
        {"seed_value": float("inf")},
        {"mode": "maybe"},
    ],
)
def test_a_row_that_does_not_fit_is_refused_by_its_name(changes: dict[str, Any]) -> None:
    with pytest.raises(TermInvalid, match=r"p\.x"):
        rule_from_row("p.x", row(**changes))


def test_a_row_without_a_name_is_refused() -> None:
    with pytest.raises(TermInvalid, match="name"):
        rule_from_row("p.x", {})


def test_an_extension_that_does_not_fit_is_refused() -> None:
    with pytest.raises(TermInvalid, match="延长"):
        policy_from_row(forward(20), row(max_extensions=Decimal("0.5")))


def test_a_backward_row_that_says_nothing_of_rolling_moves_earlier() -> None:
    assert rule_from_row("p.x", row(direction="minimum", counting="backward")).roll is Roll.EARLIER
