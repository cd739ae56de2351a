"""Reading a register from YAML: every mistake at once, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from engine.documents.yaml_files import LINE, OrganisationFileInvalid, read_top
from engine.errors import Place
from engine.feel import FeelError, compile_expression
from engine.history.chain import sm3
from engine.registers.model import Column, ColumnType, Register, Sort

MOST_COLUMNS = 40
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_KNOWN = {"id", "title", "note", "procedures", "roles", "when", "rows", "columns", "sort", LINE}
_OF_A_COLUMN = {"id", "label", "value", "type", "width", LINE}


class RegisterInvalid(OrganisationFileInvalid):
    """The register has mistakes; ``details['problems']`` has them all, each with its line."""

    code = "registers.invalid"


def read_register(text: str, name: str) -> Register:
    """Return the register written in ``text``; ``name`` is shown with mistakes. Raises OrganisationFileInvalid."""
    data = read_top(text, name)
    problems = list(_problems(data))
    stem = PurePosixPath(name).stem
    if not problems and data["id"] != stem:
        problems.append((1, f"id 应与文件名相同（{stem}）"))
    if problems:
        told = "；".join(f"第 {line} 行 {message}" for line, message in problems)
        details: dict[str, object] = {"problems": [{"line": line, "message": message} for line, message in problems]}
        raise RegisterInvalid(f"台账定义有误：{told}", place=Place(name, problems[0][0]), details=details)
    return Register(
        id=data["id"],
        title=str(data["title"]),
        note=str(data.get("note") or ""),
        procedures=tuple(data["procedures"]),
        roles=tuple(data.get("roles") or ()),
        when=_feel(data.get("when")),
        rows=_feel(data.get("rows")),
        columns=tuple(_column(each) for each in data["columns"]),
        sort=Sort.of(str(data.get("sort") or data["columns"][0]["id"])),
        version=sm3(text.encode()),
    )


def _problems(data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for key in sorted(map(str, data.keys() - _KNOWN)):
        yield 1, f"不认识的键 {key}"
    if not isinstance(data.get("id"), str) or not _ID.match(data["id"]):
        yield 1, "id 应以小写字母开头，只含小写字母、数字和下划线"
    if not data.get("title"):
        yield 1, "缺少 title"
    for key in ("procedures", "roles"):
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            yield 1, f"{key} 应为文字的列表"
    if not data.get("procedures"):
        yield 1, "缺少 procedures：台账包括哪些流程"
    for key in ("when", "rows"):
        yield from _feel_problems(data.get(key), key, 1)
    yield from _column_problems(data)


def _column_problems(data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    columns = data.get("columns")
    if not isinstance(columns, list) or not 0 < len(columns) <= MOST_COLUMNS:
        yield 1, f"columns 应为 1 到 {MOST_COLUMNS} 列"
        return
    seen: set[str] = set()
    for each in columns:
        if not isinstance(each, dict):
            yield 1, "每列应为一组键值"
            continue
        line, id_ = each[LINE], each.get("id")
        for key in sorted(map(str, each.keys() - _OF_A_COLUMN)):
            yield line, f"不认识的键 {key}"
        if not isinstance(id_, str) or not _ID.match(id_):
            yield line, "列的 id 应以小写字母开头，只含小写字母、数字和下划线"
        elif id_ in seen:
            yield line, f"列 {id_} 出现两次"
        seen.add(str(id_))
        if not each.get("label"):
            yield line, f"列 {id_} 缺少 label"
        if each.get("type", "text") not in {type_.value for type_ in ColumnType}:
            yield line, f"列 {id_} 的 type 应为 {'、'.join(ColumnType)} 之一"
        width = each.get("width", 12)
        if not isinstance(width, int) or not 2 <= width <= 120:
            yield line, f"列 {id_} 的 width 应在 2 到 120 之间"
        if "value" not in each:
            yield line, f"列 {id_} 缺少 value"
        yield from _feel_problems(each.get("value"), f"列 {id_}", line)
    sort = data.get("sort")
    if sort is not None and Sort.of(str(sort)).column not in seen:
        yield 1, f"sort 中没有这一列：{sort}"


def _feel_problems(source: Any, place: str, line: int) -> Iterator[tuple[int, str]]:
    if source is None:
        return
    try:
        compile_expression(_feel(source) or "")
    except FeelError as error:
        yield line, f"{place}：{error}"


def _column(each: Mapping[str, Any]) -> Column:
    return Column(
        id=each["id"],
        label=str(each["label"]),
        value=_feel(each["value"]) or "",
        type=ColumnType(each.get("type", "text")),
        width=each.get("width", 12),
        line=each[LINE],
    )


def _feel(source: Any) -> str | None:
    return None if source is None else str(source).removeprefix("=").strip()
