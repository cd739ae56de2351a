"""Values as text: FEEL's string() (DMN 1.5, Table 72), and the Chinese names of kinds for messages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from engine.feel.chronology import DAY_NANOS, NANOS
from engine.feel.limits import MAX_NESTING_DEPTH, MAX_STRING_LENGTH, exceeded
from engine.feel.numbers import format_number
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


def to_feel_string(value: Value) -> str | None:
    """Return ``string(value)``: a string as it is, null for null, everything else in its literal form.

    Inside lists, contexts and ranges strings are quoted. Raises FeelLimitExceeded if the text becomes too long or the
    value is too deep.
    """
    if value is None or isinstance(value, str):
        return value
    pieces: list[str] = []
    try:
        _write(value, pieces, [MAX_STRING_LENGTH])
    except RecursionError:
        raise exceeded("数据的嵌套层数", MAX_NESTING_DEPTH) from None
    return "".join(pieces)


def _emit(text: str, pieces: list[str], budget: list[int]) -> None:
    budget[0] -= len(text)
    if budget[0] < 0:
        raise exceeded("字符串长度", MAX_STRING_LENGTH)
    pieces.append(text)


def _write(value: Value, pieces: list[str], budget: list[int]) -> None:
    if isinstance(value, list):
        _emit("[", pieces, budget)
        for index, item in enumerate(value):
            _emit(", " if index else "", pieces, budget)
            _write(item, pieces, budget)
        _emit("]", pieces, budget)
    elif isinstance(value, dict):
        _emit("{", pieces, budget)
        for index, (key, item) in enumerate(value.items()):
            _emit((", " if index else "") + _key(key) + ": ", pieces, budget)
            _write(item, pieces, budget)
        _emit("}", pieces, budget)
    elif isinstance(value, Range):
        _write_range(value, pieces, budget)
    else:
        _emit(_scalar(value), pieces, budget)


def _key(key: str) -> str:
    plain = key.replace(" ", "").replace("_", "")
    return key if plain.isalnum() and not plain[0].isdigit() else quote(key)


def _write_range(value: Range, pieces: list[str], budget: list[int]) -> None:
    if value.operator is not None:
        _emit(value.operator + " ", pieces, budget)
        _write(value.start if value.operator[0] in ">=!" else value.end, pieces, budget)
        return
    _emit("[" if value.start_included else "(", pieces, budget)
    _write(value.start, pieces, budget)
    _emit("..", pieces, budget)
    _write(value.end, pieces, budget)
    _emit("]" if value.end_included else ")", pieces, budget)


def _scalar(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format_number(value)
    return _temporal(value)


def _temporal(value: Value) -> str:
    if isinstance(value, date | FarDate):
        return format_date(value)
    if isinstance(value, FeelDateTime):
        return f"{format_date(value.date)}T{format_time(value.time)}"
    if isinstance(value, FeelTime):
        return format_time(value)
    if isinstance(value, DaysTimeDuration):
        return format_days_duration(value)
    if isinstance(value, YearsMonthsDuration):
        return format_months_duration(value)
    return value.signature() if isinstance(value, Function) else str(value)


def quote(text: str) -> str:
    """Return a string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def format_date(value: date | FarDate) -> str:
    """Return the XML Schema form, ``-2017-01-02`` for a negative year."""
    sign = "-" if value.year < 0 else ""
    return f"{sign}{abs(value.year):04d}-{value.month:02d}-{value.day:02d}"


def format_time(value: FeelTime) -> str:
    """Return ``10:30:00``, with a fraction, an offset (``Z`` for none) or ``@zone`` where there is one."""
    text = f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}" + _fraction(value.nanosecond)
    if value.zone is not None:
        return f"{text}@{value.zone}"
    if value.offset is None:
        return text
    return text + format_offset(value.offset)


def format_offset(offset: int) -> str:
    """Return ``Z`` or ``+08:00``, with seconds only where there are some."""
    if offset == 0:
        return "Z"
    minutes, seconds = divmod(abs(offset), 60)
    text = f"{'-' if offset < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
    return text + (f":{seconds:02d}" if seconds else "")


def _fraction(nanos: int) -> str:
    return f".{nanos:09d}".rstrip("0") if nanos else ""


def format_days_duration(value: DaysTimeDuration) -> str:
    """Return the normalised ``P1DT2H``; ``PT0S`` for none."""
    if not value.nanoseconds:
        return "PT0S"
    nanos = abs(value.nanoseconds)
    days, rest = divmod(nanos, DAY_NANOS)
    seconds, fraction = divmod(rest, NANOS)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    text = ("-P" if value.nanoseconds < 0 else "P") + (f"{days}D" if days else "")
    if rest:
        text += "T" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        text += f"{seconds}{_fraction(fraction)}S" if seconds or fraction else ""
    return text


def format_months_duration(value: YearsMonthsDuration) -> str:
    """Return the normalised ``P1Y2M``; ``P0M`` for none."""
    years, months = divmod(abs(value.months), 12)
    text = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
    return ("-P" if value.months < 0 else "P") + text


_KINDS = (
    (bool, "布尔值"), (Decimal, "数字"), (str, "字符串"), (date, "日期"), (FarDate, "日期"), (FeelTime, "时间"),
    (FeelDateTime, "日期时间"), (DaysTimeDuration, "天时时长"), (YearsMonthsDuration, "年月时长"), (list, "列表"),
    (dict, "上下文"), (Range, "区间"), (Function, "函数"),
)  # fmt: skip


def type_name(value: Value) -> str:
    """Return the Chinese name of a value's kind, for messages."""
    for kind, name in _KINDS:
        if isinstance(value, kind):
            return name
    return "空值"
