"""Functions over a list of numbers or booleans, or over the same values as arguments (DMN 1.5, Table 75)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, DecimalException

from engine.feel.builtins.registry import builtin
from engine.feel.equality import compare
from engine.feel.errors import FeelDomainError
from engine.feel.numbers import CONTEXT, WIDE
from engine.feel.values import Value


def _numbers(items: list[Value]) -> list[Decimal]:
    if all(type(item) is Decimal for item in items):
        return items
    raise FeelDomainError("列表里应全是数字")


def _narrow(value: Decimal) -> Decimal:
    try:
        return CONTEXT.plus(value)
    except DecimalException:
        raise FeelDomainError("结果超出数字的范围") from None


def _unpack(items: tuple[Value, ...]) -> list[Value]:
    """Return the arguments as one list: a list given alone is that list."""
    if len(items) == 1 and type(items[0]) is list:
        return items[0]
    return list(items)


def _extreme(items: list[Value], sign: int) -> Value:
    if not items:
        return None
    best = items[0]
    if compare(best, best) is None:
        raise FeelDomainError("列表里应是可比较的值")
    for item in items[1:]:
        order = compare(item, best)
        if order is None:
            raise FeelDomainError("列表里的值不能互相比较")
        if order * sign > 0:
            best = item
    return best


@builtin("min(list: list) -> Any", "min(c...: any) -> Any")
def minimum(*items: Value) -> Value:
    """Return the least item; null for an empty list."""
    return _extreme(_unpack(items), -1)


@builtin("max(list: list) -> Any", "max(c...: any) -> Any")
def maximum(*items: Value) -> Value:
    """Return the greatest item; null for an empty list."""
    return _extreme(_unpack(items), 1)


@builtin("sum(list: list) -> number", "sum(n...: any) -> number")
def total(*items: Value) -> Decimal | None:
    """Return the sum; null for an empty list."""
    numbers = _numbers(_unpack(items))
    if not numbers:
        return None
    result = numbers[0]
    try:
        for item in numbers[1:]:
            result = CONTEXT.add(result, item)
    except DecimalException:
        raise FeelDomainError("结果超出数字的范围") from None
    return result


@builtin("mean(list: list) -> number", "mean(n...: any) -> number")
def mean(*items: Value) -> Decimal | None:
    """Return the arithmetic mean; null for an empty list."""
    numbers = _numbers(_unpack(items))
    summed = total(numbers)
    return None if summed is None else _quotient(summed, len(numbers))


def _quotient(value: Decimal, count: int) -> Decimal:
    return _narrow(WIDE.divide(value, Decimal(count)))


@builtin("product(list: list) -> number", "product(n...: any) -> number")
def product(*items: Value) -> Decimal | None:
    """Return the product; null for an empty list."""
    numbers = _numbers(_unpack(items))
    if not numbers:
        return None
    result = numbers[0]
    try:
        for item in numbers[1:]:
            result = CONTEXT.multiply(result, item)
    except DecimalException:
        raise FeelDomainError("结果超出数字的范围") from None
    return result


@builtin("median(list: list) -> number", "median(n...: any) -> number")
def median(*items: Value) -> Decimal | None:
    """Return the middle number, or the mean of the two middle ones; null for an empty list."""
    numbers = sorted(_numbers(_unpack(items)))
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return _quotient(WIDE.add(numbers[middle - 1], numbers[middle]), 2)


@builtin("stddev(list: list) -> number", "stddev(n...: any) -> number")
def stddev(*items: Value) -> Decimal | None:
    """Return the sample standard deviation; null for fewer than two numbers."""
    numbers = _numbers(_unpack(items))
    if len(numbers) < 2:
        return None
    count = Decimal(len(numbers))
    try:
        average = WIDE.divide(_wide_sum(numbers), count)
        squares = [WIDE.power(WIDE.subtract(item, average), 2) for item in numbers]
        return _narrow(WIDE.sqrt(WIDE.divide(_wide_sum(squares), count - 1)))
    except DecimalException:
        raise FeelDomainError("结果超出数字的范围") from None


def _wide_sum(numbers: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for item in numbers:
        result = WIDE.add(result, item)
    return result


@builtin("mode(list: list) -> list<number>", "mode(n...: any) -> list<number>")
def mode(*items: Value) -> list[Decimal]:
    """Return the most frequent numbers in ascending order; an empty list for an empty list."""
    numbers = _numbers(_unpack(items))
    if not numbers:
        return []
    counts = Counter(numbers)
    most = max(counts.values())
    return sorted(item for item, count in counts.items() if count == most)


@builtin("all(list: list) -> boolean", "all(b...: any) -> boolean")
def every(*items: Value) -> bool | None:
    """Return false if an item is false, true if all are true or there is none, else null."""
    values = _unpack(items)
    if any(item is False for item in values):
        return False
    return True if all(item is True for item in values) else None


@builtin("any(list: list) -> boolean", "any(b...: any) -> boolean")
def some(*items: Value) -> bool | None:
    """Return true if an item is true, false if all are false or there is none, else null."""
    values = _unpack(items)
    if any(item is True for item in values):
        return True
    return False if all(item is False for item in values) else None
