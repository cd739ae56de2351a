"""What people type about controls and draws: verify a draw from its record alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from cli.common import platform_of, read_json, settings_of, with_installation
from engine.queries.draws import recorded_draws, verify_draws
from engine.store.database import reading

_TYPES = ("expert_draw_committed", "experts_drawn")


@click.group()
def draw() -> None:
    """专家抽取。"""


@draw.command("verify")
@click.argument("key", type=int, required=False)
@click.option("--file", "exported", type=click.Path(exists=True, path_type=Path), help="导出的案件，不需要数据库")
@with_installation
def verify(
    key: int | None, exported: Path | None, database_url: str | None, data_dir: str | None, content_dir: str | None
) -> None:
    """按记录重算一个案件的专家抽取：种子与事先公布的摘要、名单与顺序。退出状态 1 表示不符。"""
    if (key is None) == (exported is None):
        raise click.UsageError("请给出案件编号，或用 --file 给出导出的案件。")
    if exported is not None:
        rows = read_json(f"@{exported}", "--file")["tables"]["hi_event"]
        events = [(row["type"], json.loads(row["payload"])) for row in rows if row["type"] in _TYPES and row["payload"]]
    else:
        with (
            platform_of(settings_of(database_url, data_dir, content_dir)) as platform,
            reading(platform.engine) as connection,
        ):
            events = recorded_draws(connection, key or 0)
    found = verify_draws(events)
    for item in found:
        named = "、".join(expert["name"] for expert in item["drawn"])
        said = "；".join(item["problems"]) or "与记录相符"
        click.echo(f"抽取 {item['key']}：{named}。{said}")
    if not found:
        click.echo("没有专家抽取的记录。")
    sys.exit(1 if any(item["problems"] for item in found) else 0)


COMMANDS: tuple[click.Command, ...] = (draw,)
