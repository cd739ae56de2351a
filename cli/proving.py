"""What auditors and analysts type to prove things: verify, rehearse, bench."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from cli.common import platform_of, print_json, read_json, settings_of, with_installation
from engine.clock import SystemClock
from engine.history.anchors import read_anchors
from engine.rehearsal import Performance, Stage, coverage, read_scenarios
from engine.rehearsal.benchmark import run_benchmark
from engine.rehearsal.scenario import SUFFIX
from engine.store.database import reading
from engine.store.types import canonical_json
from engine.verification import Severity, export_case, verify, verify_export
from webapi.forms import validate_form


@click.command("verify")
@click.argument("keys", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="全部案件、系统日志和已部署文件")
@click.option("--file", "exported", type=click.Path(exists=True, path_type=Path), help="核验导出的案件，不需要数据库")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@with_installation
def verify_cases(
    keys: tuple[int, ...],
    everything: bool,
    exported: Path | None,
    as_json: bool,
    database_url: str | None,
    data_dir: str | None,
    content_dir: str | None,
) -> None:
    """核验案件：散列链、库外锚定、重新执行、台账数据与执行状态。退出状态 1 表示发现篡改。"""
    if not keys and not everything and exported is None:
        raise click.UsageError("请给出案件编号，或用 --all 核验全部，或用 --file 核验导出的案件。")
    if exported is not None:
        result = verify_export(read_json(f"@{exported}", "--file"))
    else:
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


@click.command()
@click.argument("ids", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--content-dir", help="内容目录（默认：程序所在目录）")
def rehearse(ids: tuple[str, ...], as_json: bool, content_dir: str | None) -> None:
    """演练流程：在假时钟上按情景办理，比较路径、结果、决策和期限；报告流向覆盖率。有失败时退出状态 1。"""
    root = settings_of(None, None, content_dir).content_root
    files = sorted((root / "bpmn").rglob(f"*{SUFFIX}"))
    scenarios = [scenario for file in files for scenario in read_scenarios(file)]
    chosen = [scenario for scenario in scenarios if not ids or scenario.procedure in ids]
    unknown = set(ids) - {scenario.procedure for scenario in scenarios}
    if unknown:
        raise click.UsageError(f"没有这些流程的情景：{'、'.join(sorted(unknown))}")
    stage = Stage(root, validate_form)
    try:
        performances = [stage.perform(scenario) for scenario in chosen]
    finally:
        stage.close()
    covered = coverage(performances)
    wanted = {scenario.procedure for scenario in chosen}
    report = {id_: (len(taken), len(flows), sorted(flows - taken)) for id_, (taken, flows) in covered.items()}
    complete = all(not missing for id_, (_, _, missing) in report.items() if id_ in wanted)
    passed = all(performance.passed for performance in performances)
    if as_json:
        print_json(_rehearsal_values(performances, report))
    else:
        _print_rehearsal(performances, report)
    sys.exit(0 if passed and complete else 1)


def _print_rehearsal(performances: Sequence[Performance], report: Mapping[str, tuple[int, int, Sequence[str]]]) -> None:
    for performance in performances:
        mark = "通过" if performance.passed else "失败"
        click.echo(f"{mark}  {performance.scenario.procedure:<16} {performance.scenario.name}")
        for problem in performance.problems:
            click.echo(f"      {problem}")
    for id_, (taken, total, missing) in sorted(report.items()):
        rest = f"  未走到：{'、'.join(missing)}" if missing else ""
        click.echo(f"流向  {id_:<16} {taken}/{total}{rest}")
    failed = sum(not performance.passed for performance in performances)
    click.echo(f"{len(performances)} 个情景，{failed} 个失败")


def _rehearsal_values(
    performances: Sequence[Performance], report: Mapping[str, tuple[int, int, Sequence[str]]]
) -> dict[str, object]:
    return {
        "scenarios": [
            {
                "procedure": performance.scenario.procedure,
                "name": performance.scenario.name,
                "passed": performance.passed,
                "problems": performance.problems,
                "path": performance.trace.path if performance.trace else [],
            }
            for performance in performances
        ],
        "flows": {
            id_: {"taken": taken, "total": total, "missing": list(missing)}
            for id_, (taken, total, missing) in sorted(report.items())
        },
    }


@click.command()
@click.option("--instances", default=100, show_default=True, help="办理多少个案件（每个七次办理）")
@click.option("--keep", type=click.Path(path_type=Path), help="把产生的数据目录保留在此处（须不存在）")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def bench(instances: int, keep: Path | None, as_json: bool) -> None:
    """测量：七次办理的流程，SQLite（synchronous=FULL），全部历史，随后核验产生的数据。"""
    with tempfile.TemporaryDirectory(prefix="banjie-bench-") as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=keep is None)
        url = f"sqlite:///{folder.resolve() / 'banjie.sqlite3'}"
        measured = run_benchmark(url, folder.resolve(), SystemClock(), instances, validate_form)
    values = {
        "completions_per_cpu_second": round(measured.completions_per_cpu_second, 1),
        "completions": measured.completions,
        "cpu_seconds": round(measured.cpu_seconds, 3),
        "wall_seconds": round(measured.wall_seconds, 3),
        "database": "sqlite",
        "synchronous": "FULL",
        "verified": measured.verified,
    }
    if as_json:
        print_json(values)
    else:
        for name, value in values.items():
            click.echo(f"{name:<28} {value}")
    sys.exit(0 if measured.verified else 1)


@click.command("export")
@click.argument("key", type=int)
@click.argument("file", type=click.Path(path_type=Path))
@with_installation
def export(key: int, file: Path, database_url: str | None, data_dir: str | None, content_dir: str | None) -> None:
    """把一个案件连同流程图、日历和锚定导出为文件，可在别处用 verify --file 核验。"""
    settings = settings_of(database_url, data_dir, content_dir)
    with platform_of(settings) as platform, reading(platform.engine) as connection:
        data = export_case(connection, key, read_anchors(settings.anchors_dir))
    file.write_text(canonical_json(data), "utf-8")
    click.echo(f"已导出到 {file}")


COMMANDS = (verify_cases, rehearse, bench, export)
