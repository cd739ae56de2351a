"""What templates may do with a value: dates and numbers as Chinese papers write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from jinja2 import Undefined

from engine.clock import LEGAL_ZONE
from engine.errors import InvalidInput

_DIGITS = "零一二三四五六七八九"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_LARGEST = Decimal(10) ** 16
_LONGEST_HEADING = 40
_HEADINGS = (re.compile("[一二三四五六七八九十]+、"), re.compile("（[一二三四五六七八九十]+）"))


class ValueUnfit(InvalidInput):
    """A value is not what a filter of a template needs."""

    code = "documents.paper-value-unfit"


def absent(value: Any) -> bool:
    """Return whether there is nothing to print."""
    return value is None or isinstance(value, Undefined) or value == ""


def date_cn(value: Any) -> Any:
    """2026-09-18 as 2026年9月18日 (GB/T 9704-2012, 7.3.5.4: Arabic digits, no leading zero)."""
    if absent(value):
        return value
    day = _day(value)
    return f"{day.year}年{day.month}月{day.day}日"


def date_paper(value: Any) -> Any:
    """2026-09-18 as 二〇二六年九月十八日, as court papers and seals write it."""
    if absent(value):
        return value
    day = _day(value)
    year = "".join("〇" if digit == "0" else _DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{number_cn(day.month)}月{number_cn(day.day)}日"


def moment_cn(value: Any) -> Any:
    """2026-03-02T14:30:00+08:00 as 2026年3月2日14时30分; minutes have two digits, so that none can be put in front."""
    if absent(value):
        return value
    moment = _moment(value)
    return f"{date_cn(moment.date())}{moment.hour}时{moment.minute:02}分"


def money(value: Any) -> Any:
    """1234.5 as 1,234.50."""
    return value if absent(value) else f"{_number(value).quantize(Decimal('0.01')):,}"


def number_cn(value: Any) -> Any:
    """12 as 十二, 105 as 一百零五."""
    if absent(value):
        return value
    number = _number(value)
    if number != number.to_integral_value():
        raise ValueUnfit(f"“{value}”不是整数，不能写成汉字数目。")
    words = _integer(abs(int(number)), _DIGITS, ("", "十", "百", "千"))
    if words.startswith("一十"):
        words = words[1:]
    return ("负" if number < 0 else "") + words


def capital(value: Any) -> Any:
    """1234.5 as 壹仟贰佰叁拾肆元伍角整 (支付结算办法, annex 1: 正确填写票据和结算凭证的基本规定)."""
    if absent(value):
        return value
    amount = _number(value).quantize(Decimal("0.01"))
    cents = int(abs(amount) * 100)
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    words = _integer(whole, _CAPITALS, ("", "拾", "佰", "仟")) + "元" if whole or not cents else ""
    if jiao:
        words += f"{_CAPITALS[jiao]}角"
    elif fen and whole:
        words += "零"
    words += f"{_CAPITALS[fen]}分" if fen else "整"
    return ("负" if amount < 0 else "") + words


def default(value: Any, instead: Any = "") -> Any:
    """Return the value, or something else where there is none."""
    return instead if absent(value) else value


def join(value: Any, separator: str = "、") -> Any:
    """A list as one text."""
    if absent(value):
        return value
    items = value if isinstance(value, list | tuple) else [value]
    return separator.join(text_of(item) for item in items if not absent(item))


def paragraphs(value: Any) -> list[dict[str, Any]]:
    """A text as its paragraphs, each with ``text`` and ``level``: 1 for a heading 一、, 2 for （一）, 0 for others.

    GB/T 9704-2012, 7.3.3: headings of the first level are set in 黑体, of the second in 楷体.
    """
    lines = [] if absent(value) else [line.strip() for line in text_of(value).splitlines()]
    return [{"text": line, "level": _level(line)} for line in lines if line]


def length(value: Any) -> int:
    """How many entries a list has, or characters a text."""
    return 0 if absent(value) else len(value)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "capital": capital,
    "date_cn": date_cn,
    "date_paper": date_paper,
    "moment_cn": moment_cn,
    "money": money,
    "number_cn": number_cn,
    "default": default,
    "join": join,
    "length": length,
    "paragraphs": paragraphs,
}


def text_of(value: Any) -> str:
    """Return a value as papers print it: 是 and 否, numbers without exponent, what has a name by its name."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, list | tuple):
        return "、".join(text_of(item) for item in value if not absent(item))
    if isinstance(value, Mapping):
        named = value.get("name") or value.get("label") or value.get("text")
        return "" if named is None else str(named)
    return "" if value is None else str(value)


def _level(line: str) -> int:
    if len(line) > _LONGEST_HEADING:
        return 0
    return next((level for level, pattern in enumerate(_HEADINGS, start=1) if pattern.match(line)), 0)


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return _moment_of(str(value)).date() if "T" in str(value) else date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueUnfit(f"“{value}”不是日期（应为 2026-09-18 的形式）。") from error


def _moment(value: Any) -> datetime:
    text = str(value)
    try:
        if "T" not in text:
            raise ValueError("no time of day")
        return _moment_of(text)
    except ValueError as error:
        raise ValueUnfit(f"“{value}”不是时刻（应为 2026-09-18T14:30:00+08:00 的形式）。") from error


def _moment_of(text: str) -> datetime:
    """Read an ISO moment, with or without the name of its zone; one without a zone is meant in the legal one."""
    moment = datetime.fromisoformat(text.split("[")[0])
    return moment if moment.tzinfo is None else moment.astimezone(LEGAL_ZONE)


def _number(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise ValueUnfit("“是/否”不是数字。")
    try:
        number = Decimal(str(value).replace(",", ""))
    except InvalidOperation as error:
        raise ValueUnfit(f"“{value}”不是数字。") from error
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise ValueUnfit(f"“{value}”过大，不能写出。")
    return number


def _integer(number: int, digits: str, units: tuple[str, ...]) -> str:
    """Write a whole number: what stands before 亿 and 万 is a number of its own."""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = digits[0] if 0 < rest < size // 10 else ""
            tail = _integer(rest, digits, units) if rest else ""
            return _integer(head, digits, units) + unit + gap + tail
    return _four(number, digits, units) if number else digits[0]


def _four(number: int, digits: str, units: tuple[str, ...]) -> str:
    text, gap = "", False
    for position in range(3, -1, -1):
        digit = number // 10**position % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + units[position]
            gap = False
        else:
            gap = True
    return text
