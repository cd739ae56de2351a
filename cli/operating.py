"""What operators type: setup, backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from cli.common import settings_of, with_installation
from engine.installation.backup import back_up
from engine.installation.backup import restore as restore_backup
from engine.installation.setup import ADMINISTRATOR, set_up
from webapi.forms import validate_form


@click.command()
@click.option("--sample-people/--no-sample-people", default=True, help="首次启动时载入样例人员")
@with_installation
def setup(sample_people: bool, database_url: str | None, data_dir: str | None, content_dir: str | None) -> None:
    """准备数据库、机构人员、日历，部署内容目录中的新文件；可重复执行。"""
    settings = settings_of(database_url, data_dir, content_dir)
    outcome = set_up(settings, validate_form, sample_people=sample_people)
    for item in outcome.content.deployed:
        click.echo(f"已部署 {item['kind']} {item['id']} v{item['version']}")
    for name, problems in outcome.content.refused.items():
        for problem in problems:
            place = f"{name}:{problem['line'] or ''} [{problem['element'] or ''}]"
            click.echo(f"未部署 {place} {problem['message']}", err=True)
    if outcome.first_password is not None:
        click.echo(f"管理员 Administrator: {ADMINISTRATOR}  密码 password: {outcome.first_password}")
        if sample_people:
            click.echo(f"样例人员使用同一密码，名单见 Sample people share it, listed in: {settings.sign_in_file}")


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@with_installation
def backup(archive: Path, database_url: str | None, data_dir: str | None, content_dir: str | None) -> None:
    """把 SQLite 数据库、锚定文件和文书写成一个备份文件；可在运行中进行。"""
    back_up(settings_of(database_url, data_dir, content_dir), archive)
    click.echo(f"已备份到 {archive}")


@click.command()
@click.argument("archive", type=click.Path(exists=True, path_type=Path))
@with_installation
def restore(archive: Path, database_url: str | None, data_dir: str | None, content_dir: str | None) -> None:
    """从备份恢复到空的数据目录。"""
    settings = settings_of(database_url, data_dir, content_dir)
    restore_backup(settings, archive)
    click.echo(f"已恢复到 {settings.data_dir}。请用 banjie verify --all 核验。")


COMMANDS = (setup, backup, restore)
