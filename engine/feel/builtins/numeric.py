"""Numeric functions (DMN 1.5, Table 76)."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    DecimalException,
)

from engine.feel.builtins.registry import builtin
from engine.feel.errors import FeelDomainError
from engine.feel.numbers import CONTEXT, WIDE, is_integer, rescale
from engine.feel.values import DaysTimeDuration, Value, YearsMonthsDuration


def _round(n: Decimal, scale: Decimal, rounding: str) -> Decimal:
    digits = int(scale) if abs(scale) < 100_000 else 100_000
    result = rescale(n, digits, rounding)
    if result is None:
        raise FeelDomainError("小数位数应在 -6111 到 6176 之间")
    return result


@builtin("decimal(n: number, scale: number) -> number")
def decimal(n: Decimal, scale: Decimal) -> Decimal:
    """Return ``n`` with the given scale, ties to even."""
    return _round(n, scale, ROUND_HALF_EVEN)


@builtin("floor(n: number) -> number", "floor(n: number, scale: number) -> number")
def floor(n: Decimal, scale: Decimal = Decimal(0)) -> Decimal:
    """Return ``n`` rounded towards minus infinity."""
    return _round(n, scale, ROUND_FLOOR)


@builtin("ceiling(n: number) -> number", "ceiling(n: number, scale: number) -> number")
def ceiling(n: Decimal, scale: Decimal = Decimal(0)) -> Decimal:
    """Return ``n`` rounded towards infinity."""
    return _round(n, scale, ROUND_CEILING)


@builtin("round up(n: number, scale: number) -> number")
def round_up(n: Decimal, scale: Decimal) -> Decimal:
    """Return ``n`` rounded away from zero."""
    return _round(n, scale, ROUND_UP)


@builtin("round down(n: number, scale: number) -> number")
def round_down(n: Decimal, scale: Decimal) -> Decimal:
    """Return ``n`` rounded towards zero."""
    return _round(n, scale, ROUND_DOWN)


@builtin("round half up(n: number, scale: number) -> number")
def round_half_up(n: Decimal, scale: Decimal) -> Decimal:
    """Return ``n`` rounded to the nearest, ties away from zero."""
    return _round(n, scale, ROUND_HALF_UP)


@builtin("round half down(n: number, scale: number) -> number")
def round_half_down(n: Decimal, scale: Decimal) -> Decimal:
    """Return ``n`` rounded to the nearest, ties towards zero."""
    return _round(n, scale, ROUND_HALF_DOWN)


@builtin("abs(n: number) -> number")
def absolute(n: Decimal) -> Decimal:
    """Return the absolute value of a number."""
    return abs(n)


@builtin("abs(n: duration) -> number")
def absolute_duration(n: Value) -> Value:
    """Return the absolute value of a duration."""
    if isinstance(n, YearsMonthsDuration):
        return YearsMonthsDuration(abs(n.months))
    return DaysTimeDuration(abs(n.nanoseconds))


@builtin("modulo(dividend: number, divisor: number) -> number")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Return ``dividend - divisor * floor(dividend / divisor)``: the sign is the divisor's."""
    if not divisor:
        raise FeelDomainError("除数为零")
    try:
        rest = WIDE.remainder(dividend, divisor)
        if rest and (rest < 0) != (divisor < 0):
            rest = WIDE.add(rest, divisor)
        return CONTEXT.plus(rest)
    except DecimalException:
        raise FeelDomainError("两数相差太大，无法取余") from None


@builtin("sqrt(number: number) -> number")
def sqrt(number: Decimal) -> Decimal:
    """Return the square root."""
    if number < 0:
        raise FeelDomainError("负数没有平方根")
    return CONTEXT.sqrt(number)


@builtin("log(number: number) -> number")
def log(number: Decimal) -> Decimal:
    """Return the natural logarithm."""
    if number <= 0:
        raise FeelDomainError("只有正数有对数")
    return CONTEXT.ln(number)


@builtin("exp(number: number) -> number")
def exp(number: Decimal) -> Decimal:
    """Return e to the power of ``number``."""
    try:
        return CONTEXT.exp(number)
    except DecimalException:
        raise FeelDomainError("结果超出数字的范围") from None


@builtin("odd(number: number) -> boolean")
def odd(number: Decimal) -> bool:
    """Return whether an integer is odd."""
    return _remainder_by_two(number) == 1


@builtin("even(number: number) -> boolean")
def even(number: Decimal) -> bool:
    """Return whether an integer is even."""
    return _remainder_by_two(number) == 0


def _remainder_by_two(number: Decimal) -> int:
    if not is_integer(number):
        raise FeelDomainError("只有整数才分奇偶")
    if isinstance(exponent := number.as_tuple().exponent, int) and exponent > 0:
        return 0
    return int(abs(number)) % 2
