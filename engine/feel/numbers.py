"""FEEL numbers: IEEE 754-2008 decimal128, 34 digits, ties to even (DMN 1.5, 10.3.2.3.1)."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    Underflow,
)

CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow, Underflow],
)
WIDE = Context(prec=400, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow])
"""For intermediate results that must not be rounded to 34 digits twice."""

MIN_SCALE, MAX_SCALE = -6111, 6176
ZERO = Decimal(0)
ONE = Decimal(1)


def number(value: int | float | Decimal | str) -> Decimal | None:
    """Return ``value`` as a FEEL number rounded to 34 digits; None for what has no such number (NaN, infinity)."""
    try:
        if isinstance(value, float):
            value = repr(value)
        elif isinstance(value, int) and value.bit_length() > 30_000:
            return None
        result = CONTEXT.create_decimal(value)
    except (DecimalException, ValueError):
        return None
    return result if result.is_finite() else None


def is_integer(value: Decimal) -> bool:
    """Return whether ``value`` has no fractional part."""
    return bool(value == value.to_integral_value())


def to_index(value: Decimal) -> int | None:
    """Return ``value`` as a Python int when it is an integer of sane size, else None."""
    if value.adjusted() > 18 or not is_integer(value):
        return None
    return int(value)


def rescale(value: Decimal, scale: int, rounding: str) -> Decimal | None:
    """Return ``value`` with at most ``scale`` digits after the point, rounded as told; None outside decimal128."""
    if not MIN_SCALE <= scale <= MAX_SCALE:
        return None
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        return None
    if -exponent <= scale:
        return value
    try:
        rounded = value.quantize(Decimal((0, (1,), -scale)), rounding=rounding, context=_QUANTIZER)
        return CONTEXT.plus(rounded)
    except DecimalException:
        return None


_QUANTIZER = Context(prec=60, Emin=-999999, Emax=999999, traps=[InvalidOperation])


def floor(value: Decimal) -> Decimal:
    """Return the greatest integer that is not above ``value``."""
    return value.to_integral_value(rounding=ROUND_FLOOR)


def ceiling(value: Decimal) -> Decimal:
    """Return the least integer that is not below ``value``."""
    return value.to_integral_value(rounding=ROUND_CEILING)


def format_number(value: Decimal) -> str:
    """Return ``value`` in plain notation, without exponent and without a trailing zero after the point."""
    if not value:
        return "0"
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text
