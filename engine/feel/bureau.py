"""The functions that a Chinese bureau needs beside FEEL's own. They are pure; the calendar comes from outside.

    evaluate('add working days(受理日期, 20)', {...}, functions=bureau_functions(calendar))

| function | meaning |
|---|---|
| ``add working days(date, n)`` | the n-th working day after a date (before it if n is negative), itself not counted |
| ``working days between(from, to)`` | working days after ``from`` up to and including ``to``; negative backwards |
| ``is working day(date)`` | whether the date is a working day |
| ``大写金额(number)`` | the amount in capital characters, as cheques and vouchers need it |
| ``大写金额相符(text, number)`` | whether a capital amount says the number |
| ``身份证号有效(text)`` | whether an 18-character identity number is well formed |
| ``统一社会信用代码有效(text)`` | whether a unified social credit code is well formed |
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from engine.feel.errors import FeelDomainError
from engine.feel.types import BOOLEAN, DATE, NUMBER, STRING, FeelType
from engine.feel.values import FarDate, FeelDateTime, Function, Value

MAX_WORKING_DAYS = 10_000
"""The longest span of working days that is counted, about forty years."""


class WorkingCalendar(Protocol):
    """Knows which days are worked."""

    def is_working_day(self, day: date) -> bool:
        """Return whether ``day`` is a working day."""
        ...


def bureau_functions(calendar: WorkingCalendar | None = None) -> dict[str, Callable[..., Value]]:
    """Return the functions ready for ``functions=``; without a calendar those that need one are left out."""
    functions = [
        _function("大写金额", ("number",), (NUMBER,), STRING, capital_amount),
        _function("大写金额相符", ("text", "number"), (STRING, NUMBER), BOOLEAN, capital_amount_agrees),
        _function("身份证号有效", ("text",), (STRING,), BOOLEAN, is_identity_number),
        _function("统一社会信用代码有效", ("text",), (STRING,), BOOLEAN, is_credit_code),
    ]
    if calendar is not None:
        functions += _calendar_functions(calendar)
    return {function.name: function for function in functions}


def _function(
    name: str,
    parameters: tuple[str, ...],
    types: tuple[FeelType | None, ...],
    result: FeelType,
    run: Callable[..., Value],
) -> Function:
    def call(arguments: list[Value]) -> Value:
        return None if any(argument is None for argument in arguments) else run(*arguments)

    return Function(parameters, call, types, result, name)


def _calendar_functions(calendar: WorkingCalendar) -> list[Function]:
    def add(day: Value, count: Decimal) -> date:
        return add_working_days(calendar, _day(day), _whole(count))

    def between(start: Value, end: Value) -> Decimal:
        return Decimal(working_days_between(calendar, _day(start), _day(end)))

    def check(day: Value) -> bool:
        return calendar.is_working_day(_day(day))

    return [
        _function("add working days", ("date", "n"), (None, NUMBER), DATE, add),
        _function("working days between", ("from", "to"), (None, None), NUMBER, between),
        _function("is working day", ("date",), (None,), BOOLEAN, check),
    ]


def _day(value: Value) -> date:
    """Return a date, or the date of a date and time."""
    day = value.date if isinstance(value, FeelDateTime) else value
    if isinstance(day, FarDate) or not isinstance(day, date):
        raise FeelDomainError("应是公元 1 至 9999 年的日期")
    return day


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value() or abs(value) > MAX_WORKING_DAYS:
        raise FeelDomainError(f"工作日数应是整数，且不超过{MAX_WORKING_DAYS}")
    return int(value)


def add_working_days(calendar: WorkingCalendar, day: date, count: int) -> date:
    """Return the ``count``-th working day after ``day`` (before it, if negative); ``day`` itself is not counted.

    Zero gives ``day``. The day of the event is not counted: 民法典 §201, 行政许可法 §82 counts working days.
    Raises FeelDomainError if a calendar has hardly any working days.
    """
    step = timedelta(days=1 if count > 0 else -1)
    left, tried = abs(count), 0
    while left:
        day = _next(day, step)
        left -= calendar.is_working_day(day)
        tried += 1
        if tried > 20 * MAX_WORKING_DAYS:
            raise FeelDomainError("日历里几乎没有工作日")
    return day


def _next(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError:
        raise FeelDomainError("日期超出范围") from None


def working_days_between(calendar: WorkingCalendar, start: date, end: date) -> int:
    """Return the working days after ``start`` up to and including ``end``, so that it undoes add_working_days.

    Negative when ``end`` is earlier. Raises FeelDomainError for a span of more than a hundred years.
    """
    if abs((end - start).days) > 36_600:
        raise FeelDomainError("两个日期相差超过一百年")
    if end < start:
        days = (end + timedelta(days=offset) for offset in range((start - end).days))
        return -sum(map(calendar.is_working_day, days))
    days = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return sum(map(calendar.is_working_day, days))


# -- amounts in capital characters --------------------------------------------------------------------------------

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_LIMIT = Decimal(10) ** 16


def capital_amount(amount: Decimal) -> str:
    """Return an amount of yuan in capital characters, rounded half up to fen: ``壹万零伍元叁角整``.

    By 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定): 整 after 元 and 角, not after 分; 零 for zeros inside.
    Raises FeelDomainError from ten quadrillion on.
    """
    fen = int((abs(amount) * 100).to_integral_value(rounding=ROUND_HALF_UP)) if abs(amount) < _LIMIT else None
    if fen is None:
        raise FeelDomainError("金额超出大写的范围")
    yuan, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    text = "负" if amount < 0 and fen else ""
    text += _capital_integer(yuan) + "元" if yuan or not rest else ""
    if not rest:
        return text + "整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif yuan:
        text += "零"
    return text + (_DIGITS[cent] + "分" if cent else "整")


def _capital_integer(number: int) -> str:
    """Return a whole number below 10**16, by groups of four digits."""
    if not number:
        return "零"
    text, gap = "", False
    for index in range(3, -1, -1):
        group = number // 10 ** (4 * index) % 10**4
        if not group:
            gap = gap or bool(text)
            continue
        if text and (gap or group < 1000):
            text += "零"
        gap = False
        text += _capital_group(group) + _group_unit(index, number)
    return text


def _group_unit(index: int, number: int) -> str:
    """Return 万, 亿 or 万亿; of 万亿 the 亿 is said once, after the group of 亿 if there is one."""
    if index == 3 and number // 10**8 % 10**4:
        return "万"
    return _GROUPS[index]


def _capital_group(group: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if not digit:
            gap = gap or bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + _UNITS[place]
        gap = False
    return text


def capital_amount_agrees(text: str, amount: Decimal) -> bool:
    """Return whether a capital amount says ``amount``; 人民币, 圆 for 元, 正 for 整 and spaces are allowed."""
    return _plain_capital(text) == _plain_capital(capital_amount(amount))


def _plain_capital(text: str) -> str:
    plain = re.sub(r"[\s:：]", "", text).removeprefix("人民币").replace("圆", "元").replace("正", "整")
    # 支付结算办法附一: 「整」 may follow 角 or not, and 「零」 need not be written before 仟 and 角.
    return re.sub(r"零(?=.[仟角])", "", plain.removesuffix("整"))


# -- check digits -------------------------------------------------------------------------------------------------

_IDENTITY = re.compile(r"[1-9][0-9]{16}[0-9Xx]")
_IDENTITY_WEIGHTS: tuple[int, ...] = tuple(2**place % 11 for place in range(17, 0, -1))
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(rf"[{_CREDIT_CHARACTERS}]{{18}}")
_CREDIT_WEIGHTS: tuple[int, ...] = tuple(3**place % 31 for place in range(17))


def is_identity_number(text: str) -> bool:
    """Return whether an 18-character citizen identity number is well formed (GB 11643-1999).

    Its birth date must exist and its last character be the check digit of ISO 7064, MOD 11-2.
    """
    if not _IDENTITY.fullmatch(text):
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _IDENTITY_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == text[17].upper()


def is_credit_code(text: str) -> bool:
    """Return whether an 18-character unified social credit code has its check character (GB 32100-2015)."""
    if not _CREDIT.fullmatch(text):
        return False
    values = [_CREDIT_CHARACTERS.index(character) for character in text]
    total = sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=False))
    return bool(values[17] == (31 - total % 31) % 31)
