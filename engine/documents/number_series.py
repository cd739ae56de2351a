"""Series of numbers, data of the organisation: 文号 (机关代字〔年〕号), registrations, running totals of cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from engine.documents.yaml_files import LINE, known_only, read_entries, read_top, text_of, texts_of
from engine.history.chain import sm3

FILE = "organisation/number-series.yaml"
NAME = "number-series"
"""What the file is called among the organisation's data."""

YEARLY, NEVER = "yearly", "never"
NO_PERIOD = 0
"""The period of a series that never begins anew."""

_KNOWN = frozenset({"id", "title", "pattern", "reset", "first", "first_of", "department", "keepers", "source", "note"})
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}\Z")
_WIDTH = re.compile(r"(0?[1-9][0-9]?)?\Z")


@dataclass(frozen=True, slots=True)
class NumberSeries:
    """One series. ``pattern`` has ``{year}`` and ``{number}`` (``{number:04}``: with leading zeros to four digits)."""

    id: str
    title: str
    pattern: str
    reset: str
    first: int
    first_of: Mapping[int, int]
    """The first number of a year that did not begin here, because the numbers before were given on paper."""
    department: str
    keepers: tuple[str, ...]
    """Roles that may reserve and void numbers and read the whole register."""
    source: str
    note: str

    def period(self, year: int) -> int:
        """Return the period to which a number given in ``year`` belongs."""
        return year if self.reset == YEARLY else NO_PERIOD

    def first_number(self, period: int) -> int:
        """Return the first number of a period."""
        return self.first_of.get(period, self.first)

    def text(self, year: int, number: int) -> str:
        """Return the number as it is written on the paper."""
        return self.pattern.format(year=year, number=number)


@dataclass(frozen=True, slots=True)
class SeriesRegistry:
    """A version of all series; ``version`` is the digest of the text."""

    version: str
    series: Mapping[str, NumberSeries]


def read_number_series(text: str, name: str = FILE) -> SeriesRegistry:
    """Return the series written in ``text`` (YAML). Raises OrganisationFileInvalid with every mistake and its line."""
    data = read_top(text, name)
    keepers = texts_of(data, "keepers")
    series = read_entries(data, "series", name, lambda entry: _series(entry, keepers))
    return SeriesRegistry(sm3(text.encode()), series)


def _series(entry: Mapping[str, Any], keepers: tuple[str, ...]) -> NumberSeries:
    known_only(entry, _KNOWN)
    id_ = text_of(entry, "id")
    if _ID.match(id_) is None:
        raise ValueError("id 只能用小写字母、数字和连字符")
    reset = text_of(entry, "reset", YEARLY)
    if reset not in (YEARLY, NEVER):
        raise ValueError("reset 应为 yearly（每年重新编号）或 never（连续编号）")
    pattern = text_of(entry, "pattern")
    _check_pattern(pattern, reset)
    return NumberSeries(
        id=id_,
        title=text_of(entry, "title"),
        pattern=pattern,
        reset=reset,
        first=_whole(entry.get("first", 1)),
        first_of=_by_year(entry.get("first_of", {})),
        department=text_of(entry, "department"),
        keepers=texts_of(entry, "keepers", keepers),
        source=text_of(entry, "source"),
        note=text_of(entry, "note", ""),
    )


def _check_pattern(pattern: str, reset: str) -> None:
    fields: dict[str, str] = {}
    for _, field, spec, conversion in Formatter().parse(pattern):
        if field is None:
            continue
        width = (spec or "") if field == "number" else "" if not spec else "x"
        if field not in ("year", "number") or conversion is not None or _WIDTH.match(width) is None:
            raise ValueError(f"pattern 中只能有 {{year}}、{{number}} 和 {{number:04}} 这样的写法，现为 {pattern}")
        fields[field] = spec or ""
    if "number" not in fields:
        raise ValueError("pattern 中缺少 {number}")
    if reset == YEARLY and "year" not in fields:
        raise ValueError("每年重新编号的系列，pattern 中须有 {year}，否则不同年份的号会相同")


def _by_year(value: Any) -> dict[int, int]:
    if not isinstance(value, dict):
        raise TypeError("first_of 应为 年份: 起始号")
    return {_whole(year): _whole(number) for year, number in value.items() if year != LINE}


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("起始号和年份应为正整数")
    return value
