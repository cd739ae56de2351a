"""Going live from a spreadsheet: a preview with every mistake at once, then all of it or nothing."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from engine.identity.import_people import ImportPeople, Preview, preview_import
from engine.spreadsheets import SpreadsheetUnreadable
from engine.store.database import reading
from engine.store.tables.history import history_event
from engine.store.tables.identity import department, membership, user
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau, refused
from tests.unit.people.staff import employ

PEOPLE = ("用户名", "姓名", "机构", "角色", "邮箱", "在用")


def workbook(**sheets: list[tuple[str, ...]]) -> bytes:
    """Return an xlsx file; the first row of a sheet names its columns."""
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _preview(bureau: Bureau, content: bytes, name: str = "people.xlsx") -> Preview:
    with reading(bureau.engine) as connection:
        return preview_import(connection, content, name)


def test_what_is_previewed_is_what_is_done(bureau: Bureau) -> None:
    # given
    employ(bureau, old=("clerks",), leaver=("clerks",), same=("clerks",))
    content = workbook(
        机构=[("编号", "名称", "类型", "上级"), ("xin", "新设科", "internal", "办公室")],
        角色=[("角色", "名称", "机构"), ("科室负责人@xin", "新设科负责人", "新设科")],
        人员=[
            PEOPLE,
            ("new", "新来某", "新设科", "科室负责人@xin、clerks", "new@example.cn", "是"),
            ("old", "改名某", "bgs", "approvers", "", ""),
            ("leaver", "leaver某", "bgs", "clerks", "", "否"),
            ("same", "same某", "办公室", "clerks", "", ""),
        ],
    )

    # when
    preview = _preview(bureau, content)

    # then nothing has changed yet
    assert preview.problems == []
    assert [(change.action, change.id) for change in preview.changes] == [
        ("add", "xin"),
        ("add", "科室负责人@xin"),
        ("add", "new"),
        ("change", "old"),
        ("deactivate", "leaver"),
    ]
    assert bureau.rows(user, id="new") == []

    # and when
    bureau.bus.execute(ImportPeople(content, "people.xlsx", "hash", preview.digest), ADMIN)

    # then
    assert bureau.row(user, id="new")["email"] == "new@example.cn"
    assert bureau.row(user, id="new")["must_change_password"] is True
    assert {row["group_name"] for row in bureau.rows(membership, user_id="new")} == {"科室负责人@xin", "clerks"}
    assert bureau.row(user, id="old")["name"] == "改名某"
    assert bureau.row(user, id="leaver")["active"] is False
    assert bureau.row(department, id="xin")["parent_id"] == "bgs"
    assert _preview(bureau, content).changes == []
    assert len(bureau.rows(history_event, type="organisation_imported")) == 1
    assert bureau.verify().findings == []


def test_every_mistake_is_told_at_once_and_nothing_is_done(bureau: Bureau) -> None:
    employ(bureau, old=("clerks",))
    content = workbook(
        人员=[
            PEOPLE,
            ("a", "", "bgs", "", "", ""),
            ("b", "乙", "nowhere", "no-such-role", "", "也许"),
            ("a", "重复", "bgs", "", "", ""),
            ("", "没有用户名", "bgs", "", "", ""),
            ("c", "丙", "bgs", "系统管理员，审计管理员", "", ""),
        ]
    )

    problems = [(item["row"], item["column"]) for item in _preview(bureau, content).problems]

    assert problems == [(2, "姓名"), (3, "机构"), (3, "角色"), (3, "在用"), (4, "用户名"), (5, "用户名"), (6, "角色")]
    error = refused(bureau, ImportPeople(content, "people.xlsx"), ADMIN, "identity.import-refused")
    assert len(error.details["problems"]) == 7  # type: ignore[arg-type]


def test_what_changed_since_the_preview_stops_the_import(bureau: Bureau) -> None:
    employ(bureau, old=("clerks",))
    content = workbook(人员=[PEOPLE, ("old", "改名某", "bgs", "clerks", "", "")])
    digest = _preview(bureau, content).digest
    bureau.bus.execute(ImportPeople(content, "people.xlsx"), ADMIN)

    refused(bureau, ImportPeople(content, "people.xlsx", None, digest), ADMIN, "identity.import-outdated")
    refused(bureau, ImportPeople(content, "people.xlsx"), CLERK, "commands.administrator-only")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_file_in_either_encoding_is_one_sheet(small_bureau: Bureau, encoding: str) -> None:
    employ(small_bureau)
    content = "用户名,姓名,机构,角色\nnew,新来某,办公室,clerks\n".encode(encoding)

    (change,) = _preview(small_bureau, content, "people.CSV").changes

    assert (change.id, change.changes["roles"]) == ("new", ["clerks"])


def _with_doctype() -> bytes:
    content = io.BytesIO(workbook(人员=[PEOPLE, ("a", "甲", "bgs", "", "", "")]))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/evil.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>')
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"no spreadsheet", "a.xlsx"),
        (workbook(别的=[("甲",), ("乙",)]), "a.xlsx"),
        (workbook(人员=[("用户名", "姓名"), ("a", "b")]), "a.xlsx"),
        (_with_doctype(), "a.xlsx"),
        (b"x" * 5_000_001, "a.xlsx"),
        ("甲,乙\n1,2\n".encode(), "a.csv"),
        (b"", "a.csv"),
    ],
    ids=["bytes", "other-sheet", "missing-column", "doctype", "large", "other-columns", "empty"],
)
def test_what_is_no_such_spreadsheet_is_refused(small_bureau: Bureau, content: bytes, name: str) -> None:
    with reading(small_bureau.engine) as connection, pytest.raises(SpreadsheetUnreadable):
        preview_import(connection, content, name)
    with reading(small_bureau.engine) as connection:
        assert connection.execute(select(user.c.id)).all() == []
