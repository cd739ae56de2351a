"""Conversion functions and not() (DMN 1.5, Tables 72 and 73), and range()."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from engine.feel.builtins.registry import builtin
from engine.feel.chronology import MAX_OFFSET, NANOS
from engine.feel.equality import compare
from engine.feel.errors import FeelDomainError, FeelSyntaxError
from engine.feel.lexical import parse_at_literal, parse_date, parse_date_time, parse_duration, parse_time
from engine.feel.numbers import is_integer, number
from engine.feel.text import to_feel_string
from engine.feel.tree import AtLiteral, Interval, Invocation, Literal, Name, Node
from engine.feel.values import FarDate, FeelDateTime, FeelTime, Range, Value, make_date

_NUMERIC = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def _needed(value: Value, what: str, text: str) -> Value:
    if value is None:
        raise FeelDomainError(f"「{text[:40]}」不是有效的{what}")
    return value


def _integer(value: Decimal, what: str) -> int:
    if value.adjusted() > 12 or not is_integer(value):
        raise FeelDomainError(f"{what}应是整数")
    return int(value)


@builtin("date(from: string) -> date")
def date_from_text(text: str) -> Value:
    """Return the date that a text spells."""
    return _needed(parse_date(text), "日期，应形如 2024-01-31", text)


@builtin("date(from: date) -> date")
def date_from_date(value: Value) -> Value:
    """Return the date itself."""
    return value


@builtin("date(from: date and time) -> date")
def date_from_moment(value: FeelDateTime) -> Value:
    """Return the date of a date and time."""
    return value.date


@builtin("date(year: number, month: number, day: number) -> date")
def date_from_parts(year: Decimal, month: Decimal, day: Decimal) -> Value:
    """Return the date of three numbers."""
    found = make_date(_integer(year, "年"), _integer(month, "月"), _integer(day, "日"))
    return _needed(found, "日期", f"{year}-{month}-{day}")


@builtin("date and time(from: string) -> date and time")
def moment_from_text(text: str) -> Value:
    """Return the date and time that a text spells."""
    return _needed(parse_date_time(text), "日期时间，应形如 2024-01-31T09:30:00", text)


@builtin("date and time(date: day, time: time) -> date and time")
def moment_from_parts(day: Value, time: FeelTime) -> FeelDateTime:
    """Return the date (of a date or date and time) at that time."""
    return FeelDateTime(day.date if isinstance(day, FeelDateTime) else day, time)


@builtin("time(from: string) -> time")
def time_from_text(text: str) -> Value:
    """Return the time that a text spells."""
    return _needed(parse_time(text), "时间，应形如 09:30:00", text)


@builtin("time(from: time) -> time")
def time_from_time(value: FeelTime) -> FeelTime:
    """Return the time itself."""
    return value


@builtin("time(from: date and time) -> time")
def time_from_moment(value: FeelDateTime) -> FeelTime:
    """Return the time of a date and time."""
    return value.time


@builtin("time(from: date) -> time")
def time_from_date(value: date | FarDate) -> FeelTime:
    """Return midnight UTC, which is the time of a date (10.3.2.3.5)."""
    return FeelTime(0, 0, 0, 0, 0)


@builtin("time(hour: number, minute: number, second: number, offset?: days duration?) -> time")
def time_from_parts(hour: Decimal, minute: Decimal, second: Decimal, offset: Value = None) -> FeelTime:
    """Return the time of its parts; seconds may have a fraction."""
    hours, minutes = _integer(hour, "时"), _integer(minute, "分")
    if not (0 <= hours <= 23 and 0 <= minutes <= 59 and 0 <= second < 60):
        raise FeelDomainError("时、分、秒超出范围")
    shift = None if offset is None else offset.nanoseconds // NANOS
    if shift is not None and abs(shift) > MAX_OFFSET:
        raise FeelDomainError("时差应在 ±14 小时之内")
    nanos = int((second - int(second)) * NANOS)
    return FeelTime(hours, minutes, int(second), nanos, shift)


@builtin("duration(from: string) -> Any")
def duration(text: str) -> Value:
    """Return the duration that a text spells."""
    return _needed(parse_duration(text), "时长，应形如 P1Y2M 或 P3DT4H", text)


@builtin("number(from: string, grouping separator?: string?, decimal separator?: string?) -> number")
def to_number(text: str, grouping: str | None = None, point: str | None = None) -> Value:
    """Return the number that a text spells with these separators."""
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", "."):
        raise FeelDomainError("分隔符只能是空格、逗号或句点")
    if grouping is not None and grouping == point:
        raise FeelDomainError("千分位分隔符和小数点不能相同")
    plain = text.replace(grouping, "") if grouping else text
    if point == ",":
        if "." in plain:
            raise FeelDomainError("小数点应是逗号")
        plain = plain.replace(",", ".")
    found = number(plain) if len(plain) < 10_000 and _NUMERIC.fullmatch(plain) else None
    return _needed(found, "数字", text)


@builtin("string(from: not null) -> string")
def to_string(value: Value) -> str | None:
    """Return a value as text."""
    return to_feel_string(value)


@builtin("not(negand: boolean?) -> boolean")
def negation(negand: bool | None) -> bool | None:
    """Return the logical negation; null of null."""
    return None if negand is None else not negand


@builtin("range(from: string) -> Any")
def to_range(text: str) -> Range:
    """Return the interval that a text spells; its endpoints must be literals of one type, both given."""
    from engine.feel.parsing import parse_expression_text  # the parser is built on the names of the built-ins

    try:
        tree = parse_expression_text(text).tree
    except FeelSyntaxError as problem:
        raise FeelDomainError(f"不是有效的区间：{problem.message}") from None
    if not isinstance(tree, Interval) or tree.start is None or tree.end is None:
        raise FeelDomainError("应是写明两端的区间，如 [1..10]")
    start, end = _literal(tree.start), _literal(tree.end)
    order = compare(start, end)
    if order is None or order > 0:
        raise FeelDomainError("区间两端须是同类的字面值，且起点不大于终点")
    return Range(start, tree.start_included, end, tree.end_included)


_PARSERS = {"date": parse_date, "time": parse_time, "date and time": parse_date_time, "duration": parse_duration}


def _literal(node: Node) -> Value:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, AtLiteral):
        return parse_at_literal(node.text)
    if isinstance(node, Invocation) and isinstance(node.function, Name) and len(node.arguments) == 1:
        parser, argument = _PARSERS.get(node.function.name), node.arguments[0]
        if parser is not None and isinstance(argument, Literal) and isinstance(argument.value, str):
            return parser(argument.value)
    return None
