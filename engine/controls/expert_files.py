"""Reading the pool of experts from a file: YAML, or CSV as spreadsheets save it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from engine.errors import InvalidInput

_HEADINGS = {"编号": "id", "姓名": "name", "单位": "employer", "领域": "fields", "停用": "inactive"}
_LARGEST = 2_000_000


class ExpertsInvalid(InvalidInput):
    """The file has mistakes; ``details['problems']`` has them all, each with its row."""

    code = "controls.experts-invalid"


def read_experts(content: str, *, csv_file: bool) -> list[dict[str, Any]]:
    """Return the experts of a file: ``experts`` in YAML, or CSV with the headings 编号, 姓名, 单位, 领域 (and 停用).

    Several fields are parted by ；、or commas. Raises ExpertsInvalid with every mistake.
    """
    if len(content) > _LARGEST:
        raise ExpertsInvalid("专家名单过大，请检查是否选错文件。")
    rows = list(_csv_rows(content) if csv_file else _yaml_rows(content))
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
    if not rows:
        problems.append("没有任何专家")
    if problems:
        raise ExpertsInvalid("专家名单有误：" + "；".join(problems), details={"problems": problems})
    return list(experts.values())


def _csv_rows(content: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(content.removeprefix("\ufeff")))
    headings = set(reader.fieldnames or ())
    lacking = [label for label in ("编号", "姓名", "单位", "领域") if label not in headings]
    if lacking:
        raise ExpertsInvalid(f"表头缺少 {'、'.join(lacking)}，应有 编号、姓名、单位、领域。")
    for number, row in enumerate(reader, start=2):
        yield number, {name: row.get(label) or "" for label, name in _HEADINGS.items()}


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
