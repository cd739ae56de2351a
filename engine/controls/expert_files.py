"""Reading the pool of experts from a file: a spreadsheet (xlsx), CSV as spreadsheets save it, or YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from engine.errors import InvalidInput
from engine.spreadsheets import Rows, is_csv, read_csv, read_xlsx, require_size

_HEADINGS = {"编号": "id", "姓名": "name", "单位": "employer", "领域": "fields", "停用": "inactive"}


class ExpertsInvalid(InvalidInput):
    """The file has mistakes; ``details['problems']`` has them all, each with its row."""

    code = "controls.experts-invalid"


def read_expert_file(content: bytes, file_name: str) -> list[dict[str, Any]]:
    """Return the experts of a file, read by the ending of its name: .yaml, .csv, else a spreadsheet's first sheet.

    A table has the headings 编号, 姓名, 单位, 领域 (and 停用); several fields are parted by ；、or commas. Raises
    ExpertsInvalid with every mistake, SpreadsheetUnreadable.
    """
    require_size(content)
    if file_name.lower().endswith((".yaml", ".yml")):
        return _checked(_yaml_rows(_text(content)))
    rows = read_csv(content) if is_csv(file_name) else next(iter(read_xlsx(content).values()), [])
    return _checked(_table_rows(rows))


def read_experts(content: str, *, csv_file: bool) -> list[dict[str, Any]]:
    """Return the experts of a text: ``experts`` in YAML, or CSV. Raises ExpertsInvalid, SpreadsheetUnreadable."""
    return read_expert_file(content.encode(), "experts.csv" if csv_file else "experts.yaml")


def _checked(rows: Iterable[tuple[int, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    problems: list[str] = []
    experts: dict[str, dict[str, Any]] = {}
    for number, row in rows:
        expert = _expert(row)
        missing = [
            label for label, name in _HEADINGS.items() if name in expert and not expert[name] and name != "active"
        ]
        if missing:
            problems.append(f"第 {number} 行缺少{'、'.join(missing)}")
        elif expert["id"] in experts:
            problems.append(f"第 {number} 行的编号 {expert['id']} 重复")
        else:
            experts[expert["id"]] = expert
    if not experts and not problems:
        problems.append("没有任何专家")
    if problems:
        raise ExpertsInvalid("专家名单有误：" + "；".join(problems), details={"problems": problems})
    return list(experts.values())


def _table_rows(rows: Rows) -> Iterator[tuple[int, Mapping[str, Any]]]:
    heading = [cell.strip() for cell in rows[0]] if rows else []
    lacking = [label for label in ("编号", "姓名", "单位", "领域") if label not in heading]
    if lacking:
        raise ExpertsInvalid(f"表头缺少 {'、'.join(lacking)}，应有 编号、姓名、单位、领域。")
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(heading, row, strict=False))
        if any(value.strip() for value in row):
            yield number, {name: cells.get(label, "") for label, name in _HEADINGS.items()}


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExpertsInvalid("YAML 文件应为 UTF-8 编码。") from error


def _yaml_rows(content: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        data = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise ExpertsInvalid(f"专家名单不是合法的 YAML：{error}") from error
    entries = data.get("experts") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ExpertsInvalid("专家名单的顶层应为 experts 列表。")
    yield from enumerate(entries, start=1)


def _expert(row: Mapping[str, Any]) -> dict[str, Any]:
    fields = row.get("fields") or []
    if isinstance(fields, str):
        fields = [part.strip() for part in re.split("[；;、,，]", fields) if part.strip()]
    return {
        "id": str(row.get("id") or "").strip(),
        "name": str(row.get("name") or "").strip(),
        "employer": str(row.get("employer") or "").strip(),
        "fields": [str(field) for field in fields],
        "active": not row.get("inactive") and row.get("active", True) is not False,
    }
