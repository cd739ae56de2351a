"""FEEL values in JSON and back, without loss where JSON has room for it.

Numbers are JSON numbers when they survive as such, strings, booleans, null, lists and contexts are themselves, and what
JSON has no form for is an object with the single key ``$feel``: ``{"$feel": "date", "value": "2024-01-31"}``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from engine.feel.convert import from_python
from engine.feel.errors import FeelDomainError
from engine.feel.lexical import parse_date, parse_date_time, parse_duration, parse_time
from engine.feel.limits import MAX_COMPARED_PARTS, MAX_NESTING_DEPTH, exceeded
from engine.feel.numbers import number
from engine.feel.text import to_feel_string
from engine.feel.values import (
    DaysTimeDuration,
    FarDate,
    FeelDateTime,
    FeelTime,
    Function,
    Range,
    Value,
    YearsMonthsDuration,
)

TAG = "$feel"
_KINDS: dict[type, str] = {
    date: "date",
    FarDate: "date",
    FeelTime: "time",
    FeelDateTime: "date and time",
    DaysTimeDuration: "duration",
    YearsMonthsDuration: "duration",
}
_READERS = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "duration": parse_duration,
    "number": number,
}


def to_json(value: object) -> object:
    """Return what ``json.dumps`` can write. Functions cannot be stored: FeelDomainError.

    Raises FeelLimitExceeded for a value that is too large or too deeply nested.
    """
    try:
        return _write(from_python(value), [MAX_COMPARED_PARTS])
    except RecursionError:
        raise exceeded("数据的嵌套层数", MAX_NESTING_DEPTH) from None


def _write(value: Value, budget: list[int]) -> object:
    budget[0] -= 1
    if budget[0] < 0:
        raise exceeded("数据的项数", MAX_COMPARED_PARTS)
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Decimal):
        return _write_number(value)
    if isinstance(value, list):
        return [_write(item, budget) for item in value]
    if isinstance(value, dict):
        written = {key: _write(item, budget) for key, item in value.items()}
        return {TAG: "context", "value": written} if TAG in value else written
    if isinstance(value, Range):
        return _write_range(value, budget)
    if isinstance(value, Function):
        raise FeelDomainError("函数不能存为 JSON")
    return {TAG: _KINDS[type(value)], "value": to_feel_string(value)}


def _write_number(value: Decimal) -> object:
    """Return an int or float that reads back as the same number, else the digits as text."""
    if value == value.to_integral_value() and abs(value) < 2**53:
        return int(value)
    approximate = float(value)
    if Decimal(repr(approximate)) == value:
        return approximate
    return {TAG: "number", "value": str(value)}


def _write_range(value: Range, budget: list[int]) -> object:
    return {
        TAG: "range",
        "start": _write(value.start, budget),
        "start included": value.start_included,
        "end": _write(value.end, budget),
        "end included": value.end_included,
        "operator": value.operator,
    }


def from_json(value: object) -> Value:
    """Return the FEEL value that :func:`to_json` wrote; plain JSON from elsewhere is taken as it is."""
    try:
        return _read(value)
    except RecursionError:
        raise exceeded("数据的嵌套层数", MAX_NESTING_DEPTH) from None


def _read(value: object) -> Value:
    if isinstance(value, list):
        return [_read(item) for item in value]
    if not isinstance(value, dict):
        return from_python(value)
    kind = value.get(TAG)
    if kind == "range":
        return Range(
            _read(value.get("start")),
            value.get("start included") is True,
            _read(value.get("end")),
            value.get("end included") is True,
            value.get("operator"),
        )
    if kind == "context" and isinstance(value.get("value"), dict):
        return {key: _read(item) for key, item in value["value"].items()}
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    text = value.get("value")
    if reader is not None and isinstance(text, str):
        return reader(text)
    return {str(key): _read(item) for key, item in value.items()}
