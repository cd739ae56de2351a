"""What analysts type: procedures, check, deploy, feel, decide, layout."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from sqlalchemy import func, select

from cli.common import platform_of, print_json, read_json, settings_of, with_installation
from cli.law import report
from engine import dmn, feel
from engine.commands.actor import INSTALLER
from engine.commands.deploy_resources import DeployResources, problem_values
from engine.controls.checking import check_controls
from engine.definitions.content import KINDS, Content, examine
from engine.definitions.conventions import check_conventions
from engine.definitions.convert import convert
from engine.definitions.kinds import kind_of
from engine.definitions.papers import DESCRIPTION, TEMPLATE, is_paper_file, partner
from engine.definitions.problems import Kind, Problem, sort_problems
from engine.definitions.source import ContentFolders
from engine.documents.checking import check_issuing
from engine.documents.organisation_files import READERS
from engine.feel.json import to_json
from engine.layout import check_layout, layout
from engine.registers.checking import check_registers, variables_of
from engine.registers.model import FOLDER
from engine.store.database import reading
from engine.store.tables.repository import process_definition


@click.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@with_installation
def procedures(as_json: bool, database_url: str | None, data_dir: str | None, content_dir: str | None) -> None:
    """列出已部署的流程：标识、科室、版本、种类、状态、标题、标记。"""
    with (
        platform_of(settings_of(database_url, data_dir, content_dir)) as platform,
        reading(platform.engine) as connection,
    ):
        newest = (
            select(process_definition.c.process_id, func.max(process_definition.c.version).label("version"))
            .group_by(process_definition.c.process_id)
            .subquery()
        )
        query = (
            select(process_definition)
            .join(
                newest,
                (process_definition.c.process_id == newest.c.process_id)
                & (process_definition.c.version == newest.c.version),
            )
            .order_by(process_definition.c.department, process_definition.c.process_id)
        )
        rows = [
            {
                "id": row["process_id"],
                "department": row["department"],
                "title": row["name"],
                "version": row["version"],
                "state": "startable" if row["startable"] else "not startable",
                "family": row["family"],
                "kind": kind_of(row["badges"], row["family"]).value,
                "badges": row["badges"],
            }
            for row in connection.execute(query).mappings()
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        badges = f"  [{'、'.join(row['badges'])}]" if row["badges"] else ""
        state = "可发起" if row["state"] == "startable" else "不可发起"
        place = f"{row['id']:<18} {row['department'] or '-':<5} v{row['version']:<3}"
        click.echo(f"{place} {row['kind']}  {state}  {row['title']}{badges}")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--law", is_flag=True, help="列出履职清单与现行法律的差异")
@click.option("--content-dir", help="内容目录（默认：程序所在目录）")
def check(paths: tuple[Path, ...], as_json: bool, law: bool, content_dir: str | None) -> None:
    """检查流程图、决策表、表单、文书模板：每个错误给出文件、行、元素和原因。

    退出状态：0 没有错误；1 有不合规范的错误（invalid）；2 只有本平台不执行、或别的文件还没有给出的内容（unsupported）。
    """
    settings = settings_of(None, None, content_dir)
    if law:
        report(settings.content_root, as_json)
        return
    files = _files(paths) if paths else ContentFolders(settings.content_root).read_all()
    references = {} if not paths else ContentFolders(settings.content_root).read_all()
    content = examine(files, _Content(references))
    controls = _control_problems(settings.content_root / "organisation" / "controls.yaml", content)
    listed = _register_problems(settings.content_root, content)
    issuing = _issuing_problems(settings.content_root, content)
    drawing = _drawing_problems(files, content)
    problems = sort_problems((*content.problems, *drawing, *controls, *listed, *issuing))
    if as_json:
        print_json([problem_values(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(str(problem))
        errors = sum(problem.severity == "error" for problem in problems)
        click.echo(f"检查 {len(files)} 个文件：{errors} 个错误，{len(problems) - errors} 个提示")
    sys.exit(_exit_status(problems))


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@with_installation
def deploy(paths: tuple[Path, ...], database_url: str | None, data_dir: str | None, content_dir: str | None) -> None:
    """部署文件（同时给出的一起部署，或全不部署）；运行中的案件保持原版本。"""
    with platform_of(settings_of(database_url, data_dir, content_dir)) as platform:
        answer = platform.bus.execute(DeployResources(_files(paths), "command line"), INSTALLER)
    for item in answer["deployed"]:
        word = "新版本" if item["new"] else "未变"
        click.echo(f"{word} {item['kind']} {item['id']} v{item['version']}  {item['name']}")


@click.command("feel")
@click.argument("expression")
@click.option("--context", default="{}", help="变量，JSON 或 @文件")
def evaluate_feel(expression: str, context: str) -> None:
    """计算一个 FEEL 表达式，并显示告警。"""
    warnings: list[Any] = []
    try:
        compiled = feel.compile_expression(expression)
        value = compiled.evaluate(read_json(context, "--context"), warnings=warnings)
    except feel.FeelError as error:
        raise click.ClickException(str(error)) from error
    click.echo(feel.text.to_feel_string(value) if value is not None else "null")
    _print_warnings(warnings)


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.argument("decision")
@click.option("--input", "inputs", default="{}", help="输入，JSON 或 @文件")
def decide(file: Path, decision: str, inputs: str) -> None:
    """计算一个 DMN 决策：结果、命中的规则、告警；模型本身有错时退出状态 1。"""
    try:
        outcome = dmn.load(file).evaluate_with_trace(decision, read_json(inputs, "--input"))
    except dmn.DmnError as error:
        raise click.ClickException(str(error)) from error
    print_json(to_json(outcome.value))
    for trace in outcome.decisions:
        rules = "、".join(f"第 {rule.index + 1} 行" for rule in trace.matched_rules) or "—"
        click.echo(f"{trace.name}: {to_json(trace.value)}  命中 {rules}", err=True)
    _print_warnings(outcome.warnings)
    if any(warning.severity == "error" for warning in outcome.warnings):
        sys.exit(1)


@click.command("convert")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="写到此文件（默认：只报告，不写）")
def convert_file(path: Path, output: Path | None) -> None:
    """把 Camunda 7、Flowable、Activiti 的流程图改写为本平台的写法，并报告未能改写的内容（有则退出状态 2）。"""
    conversion = convert(path.read_bytes(), path.as_posix())
    for item in conversion.converted:
        click.echo(f"{item.place}: {item.before} → {item.after}")
    for problem in conversion.left:
        click.echo(str(problem))
    if output is not None:
        output.write_bytes(conversion.xml)
    click.echo(f"改写 {len(conversion.converted)} 处，未能改写 {len(conversion.left)} 处")
    sys.exit(2 if conversion.left else 0)


@click.command("layout")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def lay_out(paths: tuple[Path, ...]) -> None:
    """为流程图重新排版（原地改写图形坐标，其余不变）。"""
    for path in paths:
        path.write_bytes(layout(path.read_bytes()))
        click.echo(f"已排版 {path}")


class _Content:
    """What lies in the content folders, for references that leave the files given."""

    def __init__(self, files: dict[str, bytes]) -> None:
        content = examine(files)
        self._processes = {process.id for diagram in content.diagrams.values() for process in diagram.processes}
        self._decisions = {decision.id for model in content.decisions.values() for decision in model.decisions}
        self._forms = {str(schema["id"]) for schema in content.forms.values()}
        self._papers = {paper.id for paper in content.papers.values()}

    def has_process(self, process_id: str) -> bool:
        """Return whether a diagram in the folders has this process."""
        return process_id in self._processes

    def has_decision(self, decision_id: str) -> bool:
        """Return whether a table in the folders has this decision."""
        return decision_id in self._decisions

    def has_form(self, form_id: str) -> bool:
        """Return whether a form in the folders has this id."""
        return form_id in self._forms

    def has_paper(self, paper_id: str) -> bool:
        """Return whether a template in the folders has this id."""
        return paper_id in self._papers


def _drawing_problems(files: Mapping[str, bytes], content: Content) -> Iterator[Problem]:
    """What departs from the drawing conventions (docs/modelling.md): told, never a reason to refuse a file."""
    for name, diagram in content.diagrams.items():
        yield from check_conventions(diagram, files[name])
        for found in check_layout(files[name], name):
            yield Problem(Kind.CONVENTION, found.code, found.message, found.place)


def _control_problems(path: Path, content: Content) -> Iterator[Problem]:
    """What is wrong with the register of controls, and with what the diagrams say of it."""
    if path.is_file():
        named = ((name, process) for name, diagram in content.diagrams.items() for process in diagram.processes)
        yield from check_controls(path.read_text(encoding="utf-8"), "organisation/controls.yaml", named)


def _register_problems(root: Path, content: Content) -> Iterator[Problem]:
    """What is wrong with the registers, beside everything that the content folders hold."""
    folder = root / "organisation" / FOLDER
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}
    if texts:
        known = examine(ContentFolders(root).read_all()) if len(content.diagrams) < 2 else content
        processes = [process for diagram in known.diagrams.values() for process in diagram.processes]
        forms = {str(schema["id"]): schema for schema in known.forms.values()}
        given = {process.id: variables_of(process, forms) for process in processes}
        yield from check_registers(texts, processes, given)


def _issuing_problems(root: Path, content: Content) -> Iterator[Problem]:
    """What is wrong with the series of numbers and the list of seals, and with what the diagrams say of them."""
    paths = {name: root / "organisation" / f"{name}.yaml" for name in READERS}
    texts = {name: path.read_text(encoding="utf-8") for name, path in paths.items() if path.is_file()}
    processes = [(name, process) for name, diagram in content.diagrams.items() for process in diagram.processes]
    yield from check_issuing(texts, processes)


def _files(paths: Iterable[Path]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for path in paths:
        for item in _inside(path) if path.is_dir() else [path]:
            files[item.as_posix()] = item.read_bytes()
            beside = Path(partner(item.as_posix())) if is_paper_file(item.name) else None
            if beside is not None and beside.is_file():
                files[beside.as_posix()] = beside.read_bytes()
    return files


def _inside(folder: Path) -> Iterator[Path]:
    """What can be deployed; of the many .yaml files only those that stand beside a template."""
    for item in sorted(folder.rglob("*")):
        paired = item.suffix != DESCRIPTION or item.with_suffix(TEMPLATE).is_file()
        if item.suffix in KINDS and paired and not item.name.startswith("~$"):
            yield item


def _exit_status(problems: Iterable[Problem]) -> int:
    kinds = {problem.kind for problem in problems}
    return 1 if Kind.INVALID in kinds else 2 if Kind.UNSUPPORTED in kinds else 0


def _print_warnings(warnings: Iterable[Any]) -> None:
    for warning in warnings:
        click.echo(f"告警：{warning.message}", err=True)


COMMANDS = (procedures, check, deploy, evaluate_feel, decide, convert_file, lay_out)
