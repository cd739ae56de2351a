"""Where the duty list of 2020 and today's law differ: limits from their table, other topics from their list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from engine.definitions.safexml import parse
from engine.errors import InvalidInput, Place
from engine.feel import compile_expression

_TABLE = "dmn/time-limits.dmn"
_TOPICS = "organisation/law-differences.yaml"
_UNITS = {
    "working_day": "个工作日",
    "day": "日",
    "hour": "小时",
    "minute": "分钟",
    "month": "个月",
    "year": "年",
}
_ACCORDING = {"stricter": "取较严者", "law": "以法律为准", "seed": "以清单为准，不低于法律"}


class DifferencesInvalid(InvalidInput):
    """The list of differences has an entry that says too little."""

    code = "queries.law-differences-invalid"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; ``open`` while somebody has still to do or decide something about it."""

    kind: str
    topic: str
    procedures: tuple[str, ...]
    seed: str
    lines: str
    law: str
    handled: str
    open: bool

    def values(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**asdict(self), "procedures": list(self.procedures)}


def law_differences(root: Path, day: date) -> list[Difference]:
    """Return every difference that matters on ``day``: first the topics, then the limits; none where nothing is listed.

    Raises DifferencesInvalid.
    """
    return [*_topics(root / _TOPICS), *_limits(root / _TABLE, day)]


def _topics(path: Path) -> Iterator[Difference]:
    if not path.is_file():
        return
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["differences"]
    for number, entry in enumerate(entries, start=1):
        missing = [name for name in ("topic", "seed", "law", "handled", "open") if name not in entry]
        if missing:
            raise DifferencesInvalid(f"第 {number} 项缺少 {'、'.join(missing)}", place=Place(str(path)))
        yield Difference(
            "topic",
            entry["topic"],
            tuple(entry.get("procedures") or ()),
            entry["seed"],
            entry.get("lines") or "",
            entry["law"],
            entry["handled"],
            entry["open"] is True,
        )


def _limits(path: Path, day: date) -> Iterator[Difference]:
    """A limit differs where both give a value and not the same, or where the law gives one and the list none."""
    if not path.is_file():
        return
    for limit_id, row in _rows(path.read_bytes(), str(path)):
        if not _in_force(row, day) or row["law_value"] is None:
            continue
        seed, law = _length(row, "seed"), _length(row, "law")
        if seed == law:
            continue
        mode = str(row["mode"] or "stricter")
        yield Difference(
            "limit",
            f"{row['name']}（{limit_id}）",
            (limit_id.partition(".")[0],),
            seed or row["seed_text"] or "没有规定",
            f"L{row['seed_line']}" if row["seed_line"] else "",
            f"{law}：{row['law_text'] or row['basis']}",
            f"{_ACCORDING.get(mode, mode)}，现行 {_length(row, '') or '逐件录入'}",
            seed is not None,
        )


def _rows(content: bytes, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    tree = parse(content, name)
    table = tree.find(".//{*}decision[@id='time_limits']/{*}decisionTable")
    if table is None:
        raise DifferencesInvalid("时限表中没有决策 time_limits。", place=Place(name))
    names = [output.get("name") or "" for output in table.findall("{*}output")]
    for rule in table.findall("{*}rule"):
        limit_id = _literal(rule.find("{*}inputEntry/{*}text"))
        cells = (_literal(entry.find("{*}text")) for entry in rule.findall("{*}outputEntry"))
        yield str(limit_id), dict(zip(names, cells, strict=True))


def _literal(element: Any) -> Any:
    return compile_expression(element.text or "null").evaluate({})


def _in_force(row: Mapping[str, Any], day: date) -> bool:
    return (row["effective_from"] or date.min) <= day <= (row["effective_to"] or date.max)


def _length(row: Mapping[str, Any], prefix: str) -> str | None:
    value = row[f"{prefix}_value"] if prefix else row["amount"]
    unit = row[f"{prefix}_unit"] if prefix else row["unit"]
    return None if value is None else f"{value}{_UNITS.get(unit, unit)}"
