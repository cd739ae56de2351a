"""What ``banjie setup`` does. Everything in it can be done again without harm."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.commands.actor import INSTALLER
from engine.commands.deploy_folder import FolderOutcome, deploy_folder
from engine.commands.publish_calendar import PublishCalendar
from engine.commands.seal_secrets import SealSecrets
from engine.commands.unit import FormValidator
from engine.deadlines import load_calendar
from engine.definitions.source import ContentFolders
from engine.identity.accounts import CreateUser
from engine.identity.organisation import read_organisation
from engine.identity.passwords import hash_password, random_password
from engine.identity.people import ADMINISTRATORS
from engine.installation.controls import load_controls
from engine.installation.experts import load_sample_experts
from engine.installation.organisation_files import load_organisation_files
from engine.installation.settings import Settings
from engine.platform import Platform, open_platform
from engine.store.database import reading
from engine.store.migrations import upgrade
from engine.store.tables.deadlines import calendar
from engine.store.tables.identity import user

ADMINISTRATOR = "admin"
FIRST_PASSWORD = "BANJIE_FIRST_PASSWORD"  # noqa: S105 - the name of a variable
"""Environment variable: a password for the administrator and the sample people instead of a random one.

Whoever gives it knows it already, so it need not be changed at the first sign-in as one printed at random must be."""

_PASSWORD = "password: "  # noqa: S105 - what stands before it


@dataclass(frozen=True, slots=True)
class SetupOutcome:
    """What setting up did."""

    migrated: bool
    first_password: str | None
    """The password of the administrator and the sample people, at the very first start only."""
    content: FolderOutcome


def set_up(settings: Settings, validate_form: FormValidator, *, sample_people: bool = True) -> SetupOutcome:
    """Migrate the database, load what is missing of organisation and calendars, deploy what is new in the folders."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrated = upgrade(settings.database_url)
    platform = open_platform(settings.database_url, validate_form=validate_form, data_dir=settings.data_dir)
    try:
        platform.bus.execute(SealSecrets(), INSTALLER)
        password = _load_people(platform, settings, sample_people)
        _load_calendar(platform, settings.content_root / "organisation" / "calendars")
        load_controls(platform, settings.content_root / "organisation" / "controls.yaml")
        load_organisation_files(platform, settings.content_root / "organisation")
        if sample_people:
            load_sample_experts(platform, settings.content_root / "organisation" / "experts.yaml")
        content = deploy_folder(platform.bus, ContentFolders(settings.content_root).read_all())
    finally:
        platform.engine.dispose()
    return SetupOutcome(migrated, password, content)


def _load_people(platform: Platform, settings: Settings, sample_people: bool) -> str | None:
    """At the first start: departments, roles, sample people and the administrator; return the password they got.

    The password is written down before anybody has it, and taken from there by a start that goes on where one was cut
    short: otherwise nobody could ever sign in.
    """
    with reading(platform.engine) as connection:
        if connection.execute(select(user.c.id).where(user.c.id == ADMINISTRATOR)).first() is not None:
            return None
    password = os.environ.get(FIRST_PASSWORD) or _written_password(settings.sign_in_file) or random_password()
    _write_sign_in(settings.sign_in_file, password, [])
    kept = hash_password(password)
    folder = settings.content_root / "organisation"
    if folder.is_dir():
        load = read_organisation(folder, people=sample_people, password_hash=kept)
        platform.bus.execute(load, INSTALLER)
    # The first password is this installation's own, drawn or given, and lies in a file of the owner's alone: it may be
    # used by programs that set the installation up. The page and the file ask that it be changed.
    first = CreateUser(ADMINISTRATOR, "系统管理员", None, (ADMINISTRATORS,), kept, must_change_password=False)
    platform.bus.execute(first, INSTALLER)
    _write_sign_in(settings.sign_in_file, password, _usernames(platform))
    return password


def _written_password(path: Path) -> str | None:
    if not path.exists():
        return None
    lines = path.read_text("utf-8").splitlines()
    return next((line.removeprefix(_PASSWORD) for line in lines if line.startswith(_PASSWORD)), None)


def _usernames(platform: Platform) -> list[Mapping[Any, Any]]:
    with reading(platform.engine) as connection:
        return list(connection.execute(select(user.c.username, user.c.name).order_by(user.c.username)).mappings())


def _write_sign_in(path: Path, password: str, people: list[Mapping[Any, Any]]) -> None:
    """Write the first sign-in for the owner of the data folder alone."""
    lines = [
        "# 首次登录 First sign-in. 登录后请立即修改管理员密码并删除本文件。",
        f"{_PASSWORD}{password}",
        "users:",
        *(f"  {person['username']}  # {person['name']}" for person in people),
    ]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def _load_calendar(platform: Platform, folder: Path) -> None:
    """Publish the calendar from the files when none is in force yet; later ones are imported by people."""
    with reading(platform.engine) as connection:
        if connection.execute(select(calendar.c.version).limit(1)).first() is not None or not folder.is_dir():
            return
    years = tuple(year.to_dict() for year in load_calendar(folder).years)
    platform.bus.execute(PublishCalendar(years, "organisation/calendars"), INSTALLER)
