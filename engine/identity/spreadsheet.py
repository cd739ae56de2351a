"""Reading the organisation and its people from a spreadsheet (xlsx) or from CSV, without changing anything.

Sheets: 机构 (编号, 名称, 类型, 上级), 角色 (角色, 名称, 机构), 人员 (用户名, 姓名, 机构, 角色, 岗位, 邮箱, 类型, 在用).
A CSV file is one sheet; its columns say which. Cells may hold several roles, parted by 、 or commas.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from engine.errors import InvalidInput

LARGEST_FILE = 5_000_000
MOST_ROWS = 20_000

SHEETS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "机构": (("编号", "名称", "类型"), ("上级",)),
    "角色": (("角色", "名称"), ("机构",)),
    "人员": (("用户名", "姓名", "机构"), ("角色", "岗位", "邮箱", "类型", "在用")),
}
"""Each sheet with the columns it must have and may have."""


class SpreadsheetUnreadable(InvalidInput):
    """The file is no spreadsheet, too large, or has none of the sheets."""

    code = "identity.spreadsheet-unreadable"


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
    if len(content) > LARGEST_FILE:
        raise SpreadsheetUnreadable(f"文件超过 {LARGEST_FILE // 1_000_000} MB，请分成几个文件导入。")
    tables = _csv(content) if file_name.lower().endswith(".csv") else _xlsx(content)
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


def _xlsx(content: bytes) -> dict[str, list[list[str]]]:
    """Read values only: no formula is evaluated, no link followed; what swells when unpacked is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_odd_parts(archive)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise SpreadsheetUnreadable("不是可读的 xlsx 文件。请用 Excel 或 WPS 另存为 .xlsx 或 .csv 后重试。") from error
    try:
        return {name: _values(book[name].iter_rows(values_only=True)) for name in SHEETS if name in book.sheetnames}
    finally:
        book.close()


def _refuse_odd_parts(archive: zipfile.ZipFile) -> None:
    """Refuse what swells when unpacked, and document types, which no spreadsheet program writes."""
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > 20 * LARGEST_FILE:
        raise SpreadsheetUnreadable("文件解开后过大，请检查是否为正常的电子表格。")
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels", ".vml")):
            part = archive.read(entry)
            if any("<!DOCTYPE".encode(encoding) in part for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
                raise SpreadsheetUnreadable("文件含有不允许的内容（DOCTYPE），请用 Excel 或 WPS 另存后重试。")


def _values(rows: Iterator[tuple[object, ...]]) -> list[list[str]]:
    found: list[list[str]] = []
    for row in rows:
        if len(found) > MOST_ROWS:
            raise SpreadsheetUnreadable(f"一张表超过 {MOST_ROWS} 行，请分成几个文件导入。")
        found.append(["" if cell is None else str(cell) for cell in row])
    return found


def _csv(content: bytes) -> dict[str, list[list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError as error:
            raise SpreadsheetUnreadable("CSV 文件应为 UTF-8 或 GB18030 编码。") from error
    try:
        rows = _values(iter(tuple(row) for row in csv.reader(io.StringIO(text))))
    except csv.Error as error:
        raise SpreadsheetUnreadable(f"不是可读的 CSV 文件：{error}") from error
    heading = {cell.strip() for cell in rows[0]} if rows else set()
    for sheet, (required, _) in SHEETS.items():
        if heading.issuperset(required):
            return {sheet: rows}
    raise SpreadsheetUnreadable("CSV 的第一行应为“机构”“角色”或“人员”表的列名。")
