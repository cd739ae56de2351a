"""What administrators type: importing a year of the calendar, verifying a draw from its record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import banjie
from engine.commands.actor import Actor
from engine.commands.draw_experts import CommitExpertDraw, PerformExpertDraw
from engine.commands.import_experts import ImportExperts
from engine.store.tables.controls import calendar_proposal
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import Bureau

PERSONNEL = Actor("zgk", "孙永倩", "zgk", frozenset({"经办人@zgk"}))


@pytest.fixture
def bureau(sqlite_url: str, tmp_path: Path) -> Iterator[Bureau]:
    """Give a bureau on SQLite."""
    opened = Bureau(sqlite_url, tmp_path / "data")
    yield opened
    opened.close()


def typed(bureau: Bureau, *words: str) -> tuple[int, str]:
    options = ["--database-url", bureau.url, "--data-dir", str(bureau.folder)]
    result = CliRunner().invoke(banjie, [*words, *options])
    return result.exit_code, result.output


def test_an_imported_year_shows_its_changes_and_waits_for_a_second_person(bureau: Bureau, tmp_path: Path) -> None:
    bureau.publish_calendar()
    notice = {
        "year": 2027,
        "papers": ["国办发明电〔2026〕9号"],
        "days": [{"name": "元旦", "date": "2027-01-09", "isOffDay": False}],
    }
    path = tmp_path / "2027.json"
    path.write_text(json.dumps(notice, ensure_ascii=False), encoding="utf-8")

    code, output = typed(bureau, "calendar", "import", str(path), "--year", "2027")

    assert code == 0, output
    assert "2027-01-09" in output
    row = bureau.row(calendar_proposal)
    assert (row["state"], row["source"]) == ("PROPOSED", "国办发明电〔2026〕9号")


def test_a_draw_is_verified_from_its_record(bureau: Bureau) -> None:
    bureau.deploy(d.one_task())
    pool = [
        {"id": str(number), "name": f"专家{number}", "employer": f"单位{number}", "fields": ["装备"], "active": True}
        for number in range(9)
    ]
    bureau.bus.execute(ImportExperts(pool, "x"), PERSONNEL)
    key = bureau.start()
    committed = bureau.bus.execute(CommitExpertDraw(key, "装备", alternates=1), PERSONNEL)
    bureau.bus.execute(PerformExpertDraw(committed["key"], "见证"), PERSONNEL)

    code, output = typed(bureau, "draw", "verify", str(key))

    assert code == 0, output
    assert "与记录相符" in output
