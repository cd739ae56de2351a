"""Reading and writing the year files under ``organisation/calendars/``: the only input and output of this package."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from engine.deadlines.calendar import Calendar
from engine.deadlines.calendar_year import CalendarYear
from engine.deadlines.errors import CalendarInvalid
from engine.errors import Place

_MAXIMUM_BYTES = 100_000
_FILE_NAME = re.compile(r"\d{4}\.yaml")
_BOOLEAN = "tag:yaml.org,2002:bool"


class _YearLoader(yaml.SafeLoader):
    """Reads booleans as YAML 1.2 does, true and false only: to YAML 1.1 the key ``off`` would be a boolean."""


_YearLoader.yaml_implicit_resolvers = {
    letter: [rule for rule in rules if letter in "tTfF" or rule[0] != _BOOLEAN]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_calendar(directory: Path) -> Calendar:
    """Return the calendar of all ``<year>.yaml`` in ``directory``.

    Raises CalendarInvalid, naming the file, when one is malformed or none is there.
    """
    paths = sorted(path for path in directory.iterdir() if _FILE_NAME.fullmatch(path.name))
    if not paths:
        raise CalendarInvalid(f"{directory} 中没有工作日历文件（如 2026.yaml）", place=Place(str(directory)))
    return Calendar(load_year(path) for path in paths)


def load_year(path: Path) -> CalendarYear:
    """Return the year in ``path``. Raises CalendarInvalid, naming file and (for bad YAML) line."""
    text = path.read_bytes()
    if len(text) > _MAXIMUM_BYTES:
        raise CalendarInvalid("工作日历文件过大，请检查是否选错文件", place=Place(str(path)))
    try:
        data = yaml.load(text, Loader=_YearLoader)  # noqa: S506 - a subclass of SafeLoader
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(str(path), mark.line + 1 if mark else None)
        raise CalendarInvalid(f"工作日历文件不是合法的 YAML，请更正：{error}", place=place) from error
    year = CalendarYear.from_dict(data, place=Place(str(path)))
    if path.stem != str(year.year):
        raise CalendarInvalid(f"文件名与内容年份 {year.year} 不一致，请改正其一", place=Place(str(path)))
    return year


def year_to_yaml(year: CalendarYear) -> str:
    """Return the text of the year's file: one line a day, so that a difference between versions reads line by line."""
    lines = [f"year: {year.year}", f"status: {year.status}", f"source: {_quoted(year.source)}"]
    if not year.days:
        return "\n".join([*lines, "days: []", ""])
    lines.append("days:")
    for day in year.days:
        off = "true" if day.off else "false"
        lines.append(f"  - {{date: {day.date}, off: {off}, name: {_quoted(day.name)}, kind: {day.kind}}}")
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """Plain where YAML reads it back unchanged, else quoted: names come from outside."""
    if re.fullmatch(r"[\u4e00-\u9fff（）〔〕、；，0-9]+", text) and not text.isdigit():
        return text
    return str(yaml.safe_dump(text, allow_unicode=True, default_style='"', width=10_000)).rstrip("\n")
