"""Year files and the import of notices."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from engine.deadlines import (
    Calendar,
    CalendarInvalid,
    DayKind,
    HolidayImportInvalid,
    YearStatus,
    from_holiday_json,
    load_calendar,
    load_year,
    year_to_yaml,
)


def holiday_json(**changes: object) -> bytes:
    days = [
        {"name": "元旦", "date": "2026-01-01", "isOffDay": True},
        {"name": "元旦", "date": "2026-01-02", "isOffDay": True},
        {"name": "元旦", "date": "2026-01-03", "isOffDay": True},
        {"name": "元旦", "date": "2026-01-04", "isOffDay": False},
    ]
    return json.dumps({"year": 2026, "papers": ["https://www.gov.cn/notice"], "days": days, **changes}).encode()


def test_every_year_file_is_written_back_unchanged(calendar: Calendar) -> None:
    folder = Path(__file__).parents[3] / "organisation" / "calendars"

    for year in calendar.years:
        assert (folder / f"{year.year}.yaml").read_text(encoding="utf-8") == year_to_yaml(year)


def test_a_name_that_yaml_would_read_otherwise_survives(tmp_path: Path, calendar: Calendar) -> None:
    strange = calendar.years[-1].with_override(date(2027, 3, 1), True, "off: [yes] # 2027")
    path = tmp_path / "2027.yaml"
    path.write_text(year_to_yaml(strange), encoding="utf-8")

    assert load_year(path) == strange


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2]",
        "year: 2026\nstatus: official\nsource: 通知\n",
        "year: '2026'\nstatus: official\nsource: 通知\ndays: []\n",
        "year: 2026\nstatus: certain\nsource: 通知\ndays: []\n",
        "year: 2025\nstatus: official\nsource: 通知\ndays: []\n",
        "year: 2026\nstatus: official\nsource: 通知\ndays: [{date: 2026-13-01, off: true, name: 甲, kind: weekend}]\n",
        "year: 2026\nstatus: official\nsource: 通知\ndays: [{date: 2026-10-01, off: 1, name: 甲, kind: statutory}]\n",
        "year: 2026\nstatus: official\nsource: !!python/object/apply:os.getcwd []\ndays: []\n",
        "year: 2026\n  status: {",
    ],
)
def test_a_malformed_year_file_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "2026.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CalendarInvalid) as caught:
        load_year(path)

    assert caught.value.place is not None
    assert caught.value.place.file == str(path)


def test_a_folder_without_year_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalendarInvalid):
        load_calendar(tmp_path)


def test_an_imported_notice_becomes_an_official_year_with_kinds() -> None:
    year = from_holiday_json(2026, holiday_json())

    assert year.status is YearStatus.OFFICIAL
    assert year.source == "https://www.gov.cn/notice"
    assert [day.kind for day in year.days] == [
        DayKind.STATUTORY,
        DayKind.COMPENSATION,
        DayKind.WEEKEND,
        DayKind.WORKING_WEEKEND,
    ]


def test_the_preview_of_an_import_can_name_statutory_days_the_notice_lacks() -> None:
    assert date(2026, 10, 1) in from_holiday_json(2026, holiday_json()).missing_statutory_days()


def test_a_whole_official_year_survives_export_and_import(calendar: Calendar) -> None:
    original = next(year for year in calendar.years if year.year == 2026)
    days = [{"name": day.name, "date": day.date.isoformat(), "isOffDay": day.off} for day in original.days]

    imported = from_holiday_json(2026, holiday_json(days=days), source=original.source)

    assert imported == original


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no json", "JSON"),
        (b"[]", "顶层"),
        (b"[" * 50_000, "JSON"),
        (b" " * 200_000, "过大"),
        (holiday_json(year=2025), "2025"),
        (holiday_json(days=[]), "尚未公布"),
        (holiday_json(papers=[]), "来源"),
        (holiday_json(days=[{"name": "元旦", "date": "2026-01-01"}]), "第 1 个日期"),
        (holiday_json(days=[{"name": "元旦", "date": "2026-01-32", "isOffDay": True}]), "第 1 个日期"),
        (holiday_json(days=[{"name": "元旦", "date": "2026-01-01", "isOffDay": "yes"}]), "isOffDay"),
        (holiday_json(days=[{"name": "", "date": "2026-01-01", "isOffDay": True}]), "name"),
        (holiday_json(days=[{"name": "元旦", "date": "2026-01-05", "isOffDay": False}]), "周六或周日"),
        (holiday_json(days=[{"name": "元旦", "date": "2026-01-01", "isOffDay": True}] * 2), "重复"),
        (holiday_json(days=[{"name": "元旦", "date": "2026-01-01", "isOffDay": True}] * 201), "200"),
        (holiday_json(days=["2026-01-01"]), "第 1 个日期"),
    ],
)
def test_an_unusable_notice_is_refused_with_its_reason(content: bytes, words: str) -> None:
    with pytest.raises(HolidayImportInvalid, match=words):
        from_holiday_json(2026, content)


def test_all_problems_of_a_notice_are_named_at_once() -> None:
    with pytest.raises(HolidayImportInvalid) as caught:
        from_holiday_json(2026, holiday_json(year=2025, papers=None, days=[{"name": 1}, {}]))

    problems = caught.value.details["problems"]
    assert isinstance(problems, list)
    assert len(problems) == 4
