"""Reading the organisation and its people from a spreadsheet (xlsx) or from CSV, without changing anything.

Sheets: 机构 (编号, 名称, 类型, 上级), 角色 (角色, 名称, 机构), 人员 (用户名, 姓名, 机构, 角色, 岗位, 邮箱, 类型, 在用).
A CSV file is one sheet; its columns say which. Cells may hold several roles, parted by 、 or commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.spreadsheets import LARGEST_FILE, Rows, SpreadsheetUnreadable, is_csv, read_csv, read_xlsx, require_size

__all__ = ["LARGEST_FILE", "SHEETS", "Line", "read_spreadsheet"]

SHEETS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "机构": (("编号", "名称", "类型"), ("上级",)),
    "角色": (("角色", "名称"), ("机构",)),
    "人员": (("用户名", "姓名", "机构"), ("角色", "岗位", "邮箱", "类型", "在用")),
}
"""Each sheet with the columns it must have and may have."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet, its cells as text by column; ``row`` counts as the spreadsheet does."""

    sheet: str
    row: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """Return a cell, empty where there is none."""
        return self.cells.get(column, "")

    def listed(self, column: str) -> list[str]:
        """Return the words of a cell that holds several."""
        return [word for word in re.split(r"[、，,;；\s]+", self.get(column)) if word]


def read_spreadsheet(content: bytes, file_name: str) -> list[Line]:
    """Return the rows of the known sheets. Raises SpreadsheetUnreadable."""
    require_size(content)
    tables = _csv(content) if is_csv(file_name) else read_xlsx(content, tuple(SHEETS))
    lines: list[Line] = []
    for sheet, rows in tables.items():
        lines += _lines(sheet, rows)
    if not lines:
        raise SpreadsheetUnreadable(f"文件中没有“{'”“'.join(SHEETS)}”表，或者表是空的。")
    return lines


def _lines(sheet: str, rows: Sequence[Sequence[str]]) -> Iterator[Line]:
    heading = [cell.strip() for cell in rows[0]] if rows else []
    required, optional = SHEETS[sheet]
    missing = [name for name in required if name not in heading]
    if missing:
        raise SpreadsheetUnreadable(f"“{sheet}”表缺少列：{'、'.join(missing)}。第一行应为列名。")
    known = {*required, *optional}
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: value.strip() for name, value in zip(heading, row, strict=False) if name in known}
        if any(cells.values()):
            yield Line(sheet, number, cells)


def _csv(content: bytes) -> dict[str, Rows]:
    rows = read_csv(content)
    heading = {cell.strip() for cell in rows[0]} if rows else set()
    for sheet, (required, _) in SHEETS.items():
        if heading.issuperset(required):
            return {sheet: rows}
    raise SpreadsheetUnreadable("CSV 的第一行应为“机构”“角色”或“人员”表的列名。")
