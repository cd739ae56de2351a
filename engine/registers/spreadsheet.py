"""A register as a spreadsheet, written row by row: memory stays bounded whatever its length."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from engine.clock import LEGAL_ZONE
from engine.feel.json import TAG
from engine.registers.model import Column, ColumnType, Register
from engine.registers.sorting import shown_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_000
"""Characters that a cell holds."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_FORMATS = {ColumnType.MONEY: "#,##0.00", ColumnType.DATE: "yyyy-mm-dd", ColumnType.MOMENT: "yyyy-mm-dd hh:mm"}
_FORBIDDEN = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


class Spreadsheet:
    """One sheet with a head, being written."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(_sheet_title(register.title))
        self._sheet.freeze_panes = "A2"
        for number, column in enumerate(register.columns, start=1):
            self._sheet.column_dimensions[get_column_letter(number)].width = column.width + 2
        self._sheet.append([self._head(column.label) for column in register.columns])

    def add(self, values: Mapping[str, Any]) -> None:
        """Write a row."""
        self._sheet.append([self._cell(column, values.get(column.id)) for column in self._register.columns])

    def save(self, file: BinaryIO) -> None:
        """End the sheet and write the book."""
        self._book.save(file)

    def _head(self, label: str) -> Any:
        cell = WriteOnlyCell(self._sheet, value=harmless(label))
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center")
        return cell

    def _cell(self, column: Column, value: Any) -> Any:
        written = cell_value(column.type, value)
        if column.type not in _FORMATS or isinstance(written, str) or written is None:
            return written
        cell = WriteOnlyCell(self._sheet, value=written)
        cell.number_format = _FORMATS[column.type]
        return cell


def cell_value(type_: ColumnType, value: Any) -> Any:
    """Return what a cell holds: numbers as numbers, dates as dates, everything else as harmless text."""
    if value is None:
        return None
    tagged = value.get("value") if isinstance(value, dict) and TAG in value else value
    if type_ in (ColumnType.NUMBER, ColumnType.MONEY) and isinstance(tagged, int | float) and tagged is not True:
        return tagged
    if type_ in (ColumnType.DATE, ColumnType.MOMENT) and isinstance(tagged, str):
        found = _moment(tagged)
        if found is not None:
            return found
    return harmless(shown_text(value))


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula (OWASP: CSV injection), nor refuses to hold."""
    cleaned = text.translate(_FORBIDDEN)[:LONGEST]
    return f"'{cleaned}" if cleaned.startswith(_FORMULA) else cleaned


def _moment(text: str) -> date | datetime | None:
    """A date, or a moment as it is in Weihai: spreadsheets know no zones."""
    try:
        if len(text) == len("2026-01-01"):
            return date.fromisoformat(text)
        found = datetime.fromisoformat(text.partition("@")[0])
    except ValueError:
        return None
    return found if found.tzinfo is None else found.astimezone(LEGAL_ZONE).replace(tzinfo=None)


def _sheet_title(title: str) -> str:
    return "".join(each for each in title if each not in "[]:*?/\\")[:31] or "台账"
