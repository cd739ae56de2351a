"""What archivists type: make the package of a case, verify a package."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from cli.common import platform_of, settings_of, with_installation
from engine.archive.packaging import ARCHIVER
from engine.archive.verify_package import main as verify
from engine.commands.archiving import OrderArchive
from engine.documents.papers.printing import find_printer
from engine.jobs.archiving import archive_case
from engine.queries.archives import archive_of
from engine.store.database import reading


@click.command("archive")
@click.argument("key", type=int)
@click.option("--output", type=click.Path(path_type=Path), help="把归档包写到此文件或目录")
@with_installation
def archive(
    key: int, output: Path | None, database_url: str | None, data_dir: str | None, content_dir: str | None
) -> None:
    """归档一个已办结的案件，打印归档包的摘要；不完整的案件退出状态 1。"""
    settings = settings_of(database_url, data_dir, content_dir)
    with platform_of(settings) as platform:
        platform.bus.execute(OrderArchive(key), ARCHIVER)
        archive_case(platform.bus, key, find_printer(settings.content_root / "organisation"))
        with reading(platform.engine) as connection:
            found = archive_of(connection, ARCHIVER, key)
        if found["state"] != "DONE":
            raise click.ClickException("；".join(found["problems"]) or "归档由另一进程进行中，请稍后查看。")
        package = found["packages"][0]
        click.echo(f"{package['file_name']}  保管期限 {package['period']}  {package['size']} 字节")
        click.echo(f"SM3 {package['sm3']}\nSHA-256 {package['sha256']}")
        if output is not None:
            path = output / package["file_name"] if output.is_dir() else output
            stream = platform.sources.contents.open(package["sm3"])
            if stream is None:
                raise click.ClickException("归档包的内容已不在存储中。")
            with stream, path.open("wb") as file:
                shutil.copyfileobj(stream, file)
            click.echo(f"已写入 {path}")


@click.command("verify-package")
@click.argument("package", type=click.Path(exists=True))
@click.option("--digest", help="归档登记的 SM3")
@click.option("--anchors", multiple=True, type=click.Path(exists=True), help="锚定文件或目录")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def verify_package(package: str, digest: str | None, anchors: tuple[str, ...], as_json: bool) -> None:
    """核验归档包的四性（与包内 verify.py 相同），不需要数据库。"""
    options = [*(("--digest", digest) if digest else ()), *(["--json"] if as_json else [])]
    for each in anchors:
        options += ["--anchors", each]
    sys.exit(verify([package, *options]))


COMMANDS: tuple[click.Command, ...] = (archive, verify_package)
