"""Values go to JSON and come back the same."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from engine.feel import FeelDomainError, FeelLimitExceeded
from engine.feel.equality import same
from engine.feel.json import from_json, to_json

from .support import feel


@pytest.mark.parametrize(
    "text",
    [
        "null", "true", "1", "0.1", "1/3", "-12345678901234567890.5", "1e6000",
        '"工程"', "[1, [2, null]]", "{a: {b: 1}}",
        '@"2024-02-29"', '@"-0044-03-15"', '@"10:30:00.123456789+08:00"', '@"10:30:00@Asia/Shanghai"',
        '@"2024-05-01T10:00:00"', '@"2024-05-01T10:00:00@Asia/Shanghai"', '@"P1Y2M"', '@"-PT36H0.5S"', "[1..5)",
        '(< @"2024-01-01")', '{"$feel": "date", "value": "2024-01-01"}', '{"$feel": 1}', "[= 5]",
    ],
)  # fmt: skip
def test_a_value_survives_json(text: str) -> None:
    value = feel(text)
    stored = json.loads(json.dumps(to_json(value)))
    back = from_json(stored)
    assert same(back, value) or back == value
    assert type(back) is type(value)


def test_plain_numbers_stay_plain() -> None:
    assert to_json([Decimal("1.50"), Decimal(3), Decimal("0.1")]) == [1.5, 3, 0.1]
    assert to_json(Decimal("0.3333333333333333333333")) == {"$feel": "number", "value": "0.3333333333333333333333"}
    assert from_json({"n": 1.5, "rows": [{"k": 1}]}) == {"n": Decimal("1.5"), "rows": [{"k": Decimal(1)}]}


def test_functions_cannot_be_stored() -> None:
    with pytest.raises(FeelDomainError):
        to_json(feel("function(x) x"))


def test_what_is_too_deep_hits_a_limit() -> None:
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(FeelLimitExceeded):
        to_json(deep)
    with pytest.raises(FeelLimitExceeded):
        from_json(deep)
