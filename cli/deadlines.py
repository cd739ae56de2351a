"""What administrators type about the working calendar: import a State Council notice."""

from __future__ import annotations

from pathlib import Path

import click

from cli.common import platform_of, settings_of, with_installation
from engine.commands.actor import INSTALLER
from engine.commands.calendar_proposals import ProposeCalendarYear
from engine.deadlines import CalendarYear, from_holiday_json, load_year
from engine.queries.calendar_proposals import proposals
from engine.store.database import reading


@click.group()
def calendar() -> None:
    """工作日历：导入国务院办公厅的放假安排。"""


@calendar.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--year", type=int, required=True, help="哪一年")
@click.option("--source", help="通知的名称或文号（默认取文件中的 papers）")
@with_installation
def import_year(
    file: Path,
    year: int,
    source: str | None,
    database_url: str | None,
    data_dir: str | None,
    content_dir: str | None,
) -> None:
    """导入一年的放假安排（holiday-cn JSON 或本系统的 YAML），显示变化；由管理员在页面上确认后生效。"""
    proposed = _read(file, year, source)
    with platform_of(settings_of(database_url, data_dir, content_dir)) as platform:
        answer = platform.bus.execute(ProposeCalendarYear(proposed.to_dict(), source or proposed.source), INSTALLER)
        with reading(platform.engine) as connection:
            current = platform.sources.calendars.current(connection)
            found = next(item for item in proposals(connection, current) if item["key"] == answer["key"])
    for change in found["changes"]:
        click.echo(f"{change['date']}  {change['old_reason']} → {change['new_reason']}")
    click.echo(f"已提出 {year} 年日历（提案 {answer['key']}，{len(found['changes'])} 天有变化），请另一位管理员确认。")


def _read(file: Path, year: int, source: str | None) -> CalendarYear:
    if file.suffix in (".yaml", ".yml"):
        found = load_year(file)
        if found.year != year:
            raise click.UsageError(f"文件是 {found.year} 年的日历，不是 {year} 年。")
        return found
    return from_holiday_json(year, file.read_bytes(), source=source)


COMMANDS = (calendar,)
