"""Python values from outside as FEEL values: numbers become 34-digit decimals, datetimes FEEL date and times."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from engine.feel.limits import MAX_COMPARED_PARTS, MAX_NESTING_DEPTH, exceeded
from engine.feel.numbers import number
from engine.feel.values import (
    DaysTimeDuration,
    FarDate,
    FeelDateTime,
    FeelTime,
    Function,
    Range,
    Value,
    YearsMonthsDuration,
    from_datetime,
)

_NATIVE = frozenset(
    [str, bool, type(None), date, FarDate, FeelTime, FeelDateTime, DaysTimeDuration, YearsMonthsDuration, Range]
)


def from_python(value: object) -> Value:
    """Return ``value`` as a FEEL value; what FEEL has no value for (NaN, unknown classes) becomes null.

    Lists and dictionaries that hold FEEL values only are returned as they are. Raises FeelLimitExceeded for a value
    with too many parts or levels.
    """
    try:
        return _convert(value, [MAX_COMPARED_PARTS])
    except RecursionError:
        raise exceeded("数据的嵌套层数", MAX_NESTING_DEPTH) from None


def _convert(value: object, budget: list[int]) -> Value:
    kind = type(value)
    if kind in _NATIVE:
        return value
    if isinstance(value, Decimal | int | float):
        return bool(value) if isinstance(value, bool) else _number(value)
    if isinstance(value, list | tuple):
        return _list(value, budget)
    if isinstance(value, Mapping):
        return _context(value, budget)
    if isinstance(value, Function):
        return value
    return _other(value)


def _number(value: Decimal | int | float) -> Decimal | None:
    if type(value) is Decimal and value.is_finite() and len(value.as_tuple().digits) <= 34:
        return value
    return number(value)


def _spend(parts: int, budget: list[int]) -> None:
    budget[0] -= parts + 1
    if budget[0] < 0:
        raise exceeded("数据的项数", MAX_COMPARED_PARTS)


def _list(value: list[object] | tuple[object, ...], budget: list[int]) -> list[Value]:
    _spend(len(value), budget)
    converted = [_convert(item, budget) for item in value]
    if isinstance(value, list) and all(map(_same, converted, value)):
        return value
    return converted


def _context(value: Mapping[object, object], budget: list[int]) -> dict[str, Value]:
    _spend(len(value), budget)
    converted = {str(key): _convert(item, budget) for key, item in value.items()}
    plain = type(value) is dict and all(type(key) is str for key in value)
    if plain and all(map(_same, converted.values(), value.values())):
        return value  # type: ignore[return-value]  # a dict whose keys are strings
    return converted


def _same(left: object, right: object) -> bool:
    return left is right


def _other(value: object) -> Value:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, datetime):
        return from_datetime(value)
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, time):
        return _time(value)
    if isinstance(value, timedelta):
        whole = value.days * 86_400 + value.seconds
        return DaysTimeDuration(whole * 1_000_000_000 + value.microseconds * 1000)
    if callable(value) and not isinstance(value, type):
        return function_from(value) if value.__hash__ is not None else function_from.__wrapped__(value)
    return None


def _time(value: time) -> FeelTime:
    key = getattr(value.tzinfo, "key", None)
    shift = value.utcoffset()
    offset = None if shift is None or key else int(shift.total_seconds())
    return FeelTime(value.hour, value.minute, value.second, value.microsecond * 1000, offset, key or None)


@lru_cache(maxsize=512)
def function_from(function: Callable[..., object]) -> Function:
    """Return a Python callable as a FEEL function: parameter ``a_b`` is called ``a b``, defaults are optional.

    It gets FEEL values and may raise FeelDomainError (null and a warning); any other exception is its own fault and
    leaves the evaluation.
    """
    try:
        found = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        found = [inspect.Parameter("items", inspect.Parameter.VAR_POSITIONAL)]
    by_keyword = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
    usable = [item for item in found if item.kind not in by_keyword]
    variadic = bool(usable) and usable[-1].kind is inspect.Parameter.VAR_POSITIONAL
    required = sum(item.default is inspect.Parameter.empty for item in usable) - variadic
    return Function(
        parameters=tuple(item.name.replace("_", " ") for item in usable),
        call=lambda arguments: from_python(function(*arguments)),
        name=getattr(function, "__name__", "function"),
        required=required,
        variadic=variadic,
    )
