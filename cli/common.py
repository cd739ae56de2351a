"""What the commands share: settings from options, an open platform, output as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from engine.installation.settings import Settings, read_settings
from engine.platform import Platform, open_platform
from engine.store.migrations import upgrade
from webapi.forms import validate_form

Function = TypeVar("Function", bound=Callable[..., Any])


def with_installation(function: Function) -> Function:
    """Add the options that say which installation is meant."""
    for option in (
        click.option("--content-dir", help="内容目录（默认：程序所在目录）"),
        click.option("--data-dir", help="数据目录（默认：BANJIE_DATA_DIR 或 ./data）"),
        click.option("--database-url", help="数据库（默认：BANJIE_DATABASE_URL 或数据目录中的 SQLite）"),
    ):
        function = option(function)
    return function


def settings_of(database_url: str | None, data_dir: str | None, content_dir: str | None) -> Settings:
    """Return the settings that the options ask for."""
    return read_settings(database_url, data_dir, content_dir)


@contextmanager
def platform_of(settings: Settings) -> Iterator[Platform]:
    """Open the platform on a database brought up to date, and close it afterwards."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url)
    platform = open_platform(settings.database_url, validate_form=validate_form, data_dir=settings.data_dir)
    try:
        yield platform
    finally:
        platform.engine.dispose()


def print_json(value: Any) -> None:
    """Print JSON that people can read too."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def read_json(text: str, option: str) -> Any:
    """Read JSON given on the command line or as ``@file``."""
    try:
        if text.startswith("@"):
            with open(text[1:], encoding="utf-8") as file:
                return json.load(file)
        return json.loads(text)
    except (OSError, ValueError) as error:
        raise click.BadParameter(f"不是有效的 JSON：{error}", param_hint=option) from error
