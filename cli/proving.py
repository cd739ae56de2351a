"""What auditors and analysts type to prove things: verify, rehearse, bench."""

from __future__ import annotations

import sys

import click

from cli.common import platform_of, print_json, settings_of, with_installation
from engine.history.anchors import read_anchors
from engine.store.database import reading
from engine.verification import Severity, verify


@click.command("verify")
@click.argument("keys", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="全部案件、系统日志和已部署文件")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@with_installation
def verify_cases(
    keys: tuple[int, ...],
    everything: bool,
    as_json: bool,
    database_url: str | None,
    data_dir: str | None,
    content_dir: str | None,
) -> None:
    """核验案件：散列链、库外锚定、重新执行、台账数据与执行状态。退出状态 1 表示发现篡改。"""
    if not keys and not everything:
        raise click.UsageError("请给出案件编号，或用 --all 核验全部。")
    settings = settings_of(database_url, data_dir, content_dir)
    with platform_of(settings) as platform, reading(platform.engine) as connection:
        anchors = list(read_anchors(settings.anchors_dir))
        result = verify(connection, platform.sources, anchors, None if everything else keys)
    if as_json:
        print_json(
            {
                "passed": result.passed,
                "cases": result.cases,
                "events": result.events,
                "anchors": result.anchors,
                "findings": [
                    {
                        "severity": finding.severity.value,
                        "code": finding.code,
                        "case": str(finding.root_key),
                        "seq": finding.seq,
                        "message": finding.message,
                    }
                    for finding in result.findings
                ],
            }
        )
    else:
        for finding in result.findings:
            click.echo(f"{_WORDS[finding.severity]} {finding}")
        verdict = "通过：历史与数据相符" if result.passed else "未通过：发现篡改"
        click.echo(f"{verdict}。案件 {result.cases} 个，事件 {result.events} 条，锚定 {result.anchors} 条。")
    sys.exit(0 if result.passed else 1)


_WORDS = {Severity.TAMPERED: "篡改", Severity.DIFFERS: "不同", Severity.NOTE: "提示"}

COMMANDS = (verify_cases,)
