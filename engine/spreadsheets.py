"""Reading spreadsheets (xlsx) and CSV as rows of texts: no formula, link or entity is followed."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from engine.errors import InvalidInput

LARGEST_FILE = 5_000_000
MOST_ROWS = 20_000

Rows = list[list[str]]


class SpreadsheetUnreadable(InvalidInput):
    """The file is no spreadsheet, too large, or has none of the sheets or columns that are looked for."""

    code = "spreadsheets.unreadable"


def is_csv(file_name: str) -> bool:
    """Return whether a file is CSV by its name; anything else is taken for xlsx."""
    return file_name.lower().endswith(".csv")


def require_size(content: bytes) -> None:
    """Raise SpreadsheetUnreadable for a file that is too large to be read in one go."""
    if len(content) > LARGEST_FILE:
        raise SpreadsheetUnreadable(f"文件超过 {LARGEST_FILE // 1_000_000} MB，请分成几个文件导入。")


def read_xlsx(content: bytes, sheets: Sequence[str] | None = None) -> dict[str, Rows]:
    """Return the rows of the sheets with these names that there are; without names, of the first sheet.

    Raises SpreadsheetUnreadable, also for what swells when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_odd_parts(archive)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise SpreadsheetUnreadable("不是可读的 xlsx 文件。请用 Excel 或 WPS 另存为 .xlsx 或 .csv 后重试。") from error
    try:
        wanted = book.sheetnames[:1] if sheets is None else [name for name in sheets if name in book.sheetnames]
        return {name: _values(book[name].iter_rows(values_only=True)) for name in wanted}
    finally:
        book.close()


def read_csv(content: bytes) -> Rows:
    """Return the rows of a CSV file in UTF-8 or GB18030. Raises SpreadsheetUnreadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError as error:
            raise SpreadsheetUnreadable("CSV 文件应为 UTF-8 或 GB18030 编码。") from error
    try:
        return _values(iter(tuple(row) for row in csv.reader(io.StringIO(text))))
    except csv.Error as error:
        raise SpreadsheetUnreadable(f"不是可读的 CSV 文件：{error}") from error


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


def _values(rows: Iterator[tuple[object, ...]]) -> Rows:
    found: Rows = []
    for row in rows:
        if len(found) > MOST_ROWS:
            raise SpreadsheetUnreadable(f"一张表超过 {MOST_ROWS} 行，请分成几个文件导入。")
        found.append(["" if cell is None else str(cell) for cell in row])
    return found
