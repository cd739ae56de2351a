"""What stands beside a template: ``<paper>.yaml`` with its title, format, legal basis and the variables it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.definitions.problems import Kind, Problem
from engine.documents.yaml_files import LINE, OrganisationFileInvalid, read_top
from engine.errors import Place

FORMATS = {"letter": "信函", "notice": "公文", "minutes": "纪要", "form": "表格", "decision": "文书"}
"""Formats of GB/T 9704-2012 (notice: 4 to 9; letter: 10.1; minutes: 10.3), printed forms, and legal papers."""
TEXTS = ("title", "department", "format", "source", "law", "notes", "copies", "series", "history")
REQUIRED = ("title", "department", "format")
_KNOWN = frozenset({*TEXTS, "fields"})
_FIELD = frozenset({"label", "sample"})


@dataclass(frozen=True, slots=True)
class PaperField:
    """A variable that a template asks for: what people call it, and an example."""

    label: str
    sample: Any = None


@dataclass(frozen=True, slots=True)
class PaperDescription:
    """What is known of a paper. ``source`` names lines of the duty list, ``law`` articles in force, ``notes`` the duty
    list's own wording beside today's, ``copies`` how many are made, ``series`` the series of its numbers.
    """

    title: str
    department: str
    format: str
    source: str | None = None
    law: str | None = None
    notes: str | None = None
    copies: str | None = None
    series: str | None = None
    history: str | None = None
    """Why it is kept although it is issued no more."""
    fields: Mapping[str, PaperField] | None = None

    @property
    def samples(self) -> dict[str, Any]:
        """Example data by variable, where there is any."""
        return {name: field.sample for name, field in (self.fields or {}).items() if field.sample is not None}


def read_description(name: str, data: bytes) -> tuple[PaperDescription | None, list[Problem]]:
    """Read a description; return None with what is wrong where it can't be used."""
    try:
        top = read_top(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return None, [_problem(name, "paper.description-invalid", "文件不是 UTF-8 编码，请另存为 UTF-8。", None)]
    except OrganisationFileInvalid as error:
        line = None if error.place is None else error.place.line
        return None, [_problem(name, "paper.description-invalid", error.message, line)]
    problems = list(_wrong(name, top))
    if problems:
        return None, problems
    fields = {
        word: PaperField(entry["label"], _plain(entry.get("sample")))
        for word, entry in (top.get("fields") or {}).items()
        if word != LINE
    }
    return PaperDescription(**{word: _text(top.get(word)) for word in TEXTS}, fields=fields), []  # type: ignore[arg-type]


def _wrong(name: str, top: Mapping[str, Any]) -> list[Problem]:
    problems: list[Problem] = []

    def add(message: str, line: int | None = 1) -> None:
        problems.append(_problem(name, "paper.description-invalid", message, line))

    strange = sorted(str(word) for word in top if word not in _KNOWN and word != LINE)
    if strange:
        add(f"不认识 {'、'.join(strange)}，可用的是 {'、'.join(sorted(_KNOWN))}。")
    for word in TEXTS:
        if word in top and not isinstance(top[word], str | int | None):
            add(f"{word} 应为文字。")
    for word in REQUIRED:
        if not _text(top.get(word)):
            add(f"缺少 {word}，请填写。")
    if isinstance(top.get("format"), str) and top["format"] not in FORMATS:
        add(f"format 应为 {'、'.join(FORMATS)} 之一。")
    fields = top.get("fields")
    if fields is not None and not isinstance(fields, dict):
        add("fields 应为变量名到说明的键值。")
    for word, entry in fields.items() if isinstance(fields, dict) else ():
        if word == LINE:
            continue
        if not isinstance(entry, dict) or not isinstance(entry.get("label"), str) or not entry["label"].strip():
            add(f"变量 {word} 缺少 label，请写明中文名称。", _line(entry, fields))
        elif set(entry) - _FIELD - {LINE}:
            add(f"变量 {word} 只应有 label 和 sample。", entry[LINE])
    return problems


def _line(entry: Any, around: Any) -> int | None:
    found = entry.get(LINE) if isinstance(entry, dict) else around.get(LINE)
    return found if isinstance(found, int) else None


def _text(value: Any) -> str | None:
    text = "" if value is None else str(value).strip()
    return text or None


def _plain(value: Any) -> Any:
    """A sample without the lines kept for messages; dates as text, as variables have them."""
    if isinstance(value, dict):
        return {str(word): _plain(item) for word, item in value.items() if word != LINE}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _problem(name: str, code: str, message: str, line: int | None) -> Problem:
    return Problem(Kind.INVALID, code, message, Place(name, line))
