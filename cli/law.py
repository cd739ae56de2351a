"""``banjie check --law``: where the duty list and today's law differ."""

from __future__ import annotations

from pathlib import Path

import click

from cli.common import print_json
from engine.clock import LEGAL_ZONE, SystemClock
from engine.queries.law_differences import law_differences


def report(root: Path, as_json: bool) -> None:
    """Print every difference between the duty list and the law of today; open ones are marked."""
    found = law_differences(root, SystemClock().now().astimezone(LEGAL_ZONE).date())
    if as_json:
        print_json([difference.values() for difference in found])
        return
    for difference in found:
        mark = "未了结" if difference.open else "已处理"
        where = f"（{'、'.join(difference.procedures)}）" if difference.procedures else ""
        click.echo(f"[{mark}] {difference.topic}{where}")
        click.echo(f"    清单 {difference.lines}：{difference.seed}")
        click.echo(f"    法律：{difference.law}")
        click.echo(f"    处理：{difference.handled}")
    still = sum(difference.open for difference in found)
    click.echo(f"共 {len(found)} 处差异，{still} 处未了结。")
