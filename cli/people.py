"""What administrators type at going live: importing people, entering cases already in progress."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from cli.common import platform_of, print_json, settings_of, with_installation
from engine.commands.actor import INSTALLER
from engine.commands.enter_case import EnterCase, EnteredClock
from engine.identity.import_people import ImportPeople, preview_import
from engine.identity.passwords import hash_password, random_password
from engine.store.database import reading

Installation = str | None
_ACTIONS = {"add": "新增", "change": "修改", "deactivate": "停用", "activate": "启用"}


@click.group()
def people() -> None:
    """机构和人员。"""


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "apply_", is_flag=True, help="按预览导入；不加此项只预览")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@with_installation
def import_file(
    file: Path,
    apply_: bool,
    as_json: bool,
    database_url: Installation,
    data_dir: Installation,
    content_dir: Installation,
) -> None:
    """从电子表格（.xlsx 或 .csv）导入机构、角色、人员：先预览全部变化和全部错误，再导入。"""
    content = file.read_bytes()
    password = None
    with platform_of(settings_of(database_url, data_dir, content_dir)) as platform:
        with reading(platform.engine) as connection:
            found = preview_import(connection, content, file.name).to_dict()
        if apply_ and not found["problems"]:
            password = random_password()
            command = ImportPeople(content, file.name, hash_password(password), found["digest"])
            platform.bus.execute(command, INSTALLER)
    applied = apply_ and not found["problems"]
    if as_json:
        print_json({**found, "applied": applied, "first_password": password})
    else:
        _print(found, applied, password)
    if found["problems"]:
        raise click.exceptions.Exit(1)


@click.group("case")
def case_() -> None:
    """案件。"""


@case_.command("enter")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_installation
def enter(file: Path, database_url: Installation, data_dir: Installation, content_dir: Installation) -> None:
    """录入在办案件：FILE 为 JSON，一个对象或列表，成员同接口 POST /api/admin/entered-cases。"""
    try:
        data = json.loads(file.read_text("utf-8"))
        commands = [_command(item) for item in (data if isinstance(data, list) else [data])]
    except (ValueError, KeyError, TypeError) as error:
        raise click.BadParameter(f"{file} 不是有效的录入文件：{error}") from error
    with platform_of(settings_of(database_url, data_dir, content_dir)) as platform:
        for command in commands:
            answer = platform.bus.execute(command, INSTALLER)
            click.echo(f"已录入 {answer['process_instance_key']} {answer['title']}")


def _command(item: dict[str, Any]) -> EnterCase:
    return EnterCase(
        process_id=item["procedureId"],
        elements=tuple(item["elements"]),
        initiator_id=item["initiator"],
        began_on=item["beganOn"],
        reason=item["reason"],
        variables=item.get("variables", {}),
        clocks=tuple(
            EnteredClock(each["limitId"], each["startedOn"], each["evidence"]) for each in item.get("clocks", [])
        ),
        title=item.get("title"),
        business_key=item.get("caseNumber"),
    )


def _print(found: dict[str, Any], applied: bool, password: str | None) -> None:
    for change in found["changes"]:
        details = "" if change["action"] == "add" else f"：{json.dumps(change['changes'], ensure_ascii=False)}"
        click.echo(f"{_ACTIONS[change['action']]} {change['sheet']} {change['id']} {change['name']}{details}")
    for problem in found["problems"]:
        place = f"{problem['sheet']} 第 {problem['row']} 行 {problem['column'] or ''}"
        click.echo(f"错误 {place}：{problem['message']}", err=True)
    if applied:
        click.echo(f"已导入 {len(found['changes'])} 处变化。新人员的初始密码：{password}（首次登录须修改）")
    elif not found["problems"]:
        click.echo(f"共 {len(found['changes'])} 处变化，尚未导入；确认后加 --apply。")


COMMANDS = (people, case_)
