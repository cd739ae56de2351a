"""What the bureau prints: the book of its procedures."""

from __future__ import annotations

from pathlib import Path

import click

from cli.common import settings_of
from engine.book import gather, write_pages


@click.command("book")
@click.option(
    "--output", default="book", type=click.Path(path_type=Path, file_okay=False), help="写到此目录（默认 book）"
)
@click.option("--content-dir", help="内容目录（默认：程序所在目录）")
def write_book(output: Path, content_dir: str | None) -> None:
    """生成流程汇编：按科室，每个流程的图、步骤、角色、期限和法律、规则、表单、控制；用浏览器看，也可以打印。"""
    pages = write_pages(gather(settings_of(None, None, content_dir).content_root))
    output.mkdir(parents=True, exist_ok=True)
    for name, page in pages.items():
        (output / name).write_text(page, "utf-8")
    click.echo(f"已写 {len(pages)} 页，请打开 {output / 'index.html'}")


COMMANDS = (write_book,)
