"""Setting up: everything at the first start, nothing at the second, and on from where a first one was cut short."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.bus import CommandBus
from engine.commands.calendars import Calendars
from engine.identity.accounts import CreateUser
from engine.identity.errors import SignInRefused
from engine.identity.organisation import LoadOrganisation, OrganisationInvalid, read_organisation
from engine.identity.people import load_actor
from engine.identity.sign_in import sign_in
from engine.installation.settings import Settings, read_settings
from engine.installation.setup import ADMINISTRATOR, FIRST_PASSWORD, set_up
from engine.platform import Platform, open_platform
from engine.store.database import reading
from engine.store.tables import metadata
from engine.store.tables.identity import department, group, user
from engine.store.tables.repository import refusal
from tests.unit.installation.places import PASSWORD, installation
from webapi.forms import validate_form


@pytest.fixture
def settings(any_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv(FIRST_PASSWORD, raising=False)
    return installation(any_database_url, tmp_path)


@pytest.fixture
def platform(settings: Settings) -> Iterator[Platform]:
    opened = open_platform(settings.database_url, validate_form=validate_form, data_dir=settings.data_dir)
    yield opened
    opened.engine.dispose()


def tables(platform: Platform) -> dict[str, list[Any]]:
    with reading(platform.engine) as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def test_the_first_start_loads_organisation_people_calendar_and_procedures(
    settings: Settings, platform: Platform
) -> None:
    outcome = set_up(settings, validate_form)

    assert {(item["kind"], item["id"]) for item in outcome.content.deployed} == {("process", "p"), ("form", "f")}
    assert outcome.content.refused == {}
    with reading(platform.engine) as connection:
        departments = list(connection.execute(select(department.c.id).order_by(department.c.position)).scalars())
        groups = set(connection.execute(select(group.c.name)).scalars())
        zhou = load_actor(connection, "zhou", platform.clock.now())
        admin = load_actor(connection, ADMINISTRATOR, platform.clock.now())
        years = {year.year for year in Calendars().current(connection).years}
    assert departments == ["jld", "bgs"]
    assert groups == {"clerks", "系统管理员", "经办人@jld", "经办人@bgs"}
    assert (zhou.name, zhou.department, zhou.groups) == ("周静玲", "bgs", frozenset({"clerks", "经办人@bgs"}))
    assert admin.administrator
    assert years == {2026, 2027}


def test_the_first_sign_in_is_written_for_the_owner_alone_and_works(settings: Settings, platform: Platform) -> None:
    outcome = set_up(settings, validate_form)

    assert outcome.first_password
    written = settings.sign_in_file.read_text("utf-8")
    assert f"password: {outcome.first_password}\n" in written
    assert all(name in written for name in ("admin", "li", "zhou"))
    assert stat.S_IMODE(settings.sign_in_file.stat().st_mode) == 0o600
    for username in (ADMINISTRATOR, "zhou"):
        assert sign_in(platform.bus, username, outcome.first_password).user_id == username


def test_a_second_start_changes_nothing(settings: Settings, platform: Platform) -> None:
    (settings.content_root / "bpmn" / "broken.bpmn").write_bytes(b"<broken")
    first = set_up(settings, validate_form)
    before, written = tables(platform), settings.sign_in_file.read_text("utf-8")

    second = set_up(settings, validate_form)

    assert set(first.content.refused) == set(second.content.refused) == {"bpmn/broken.bpmn"}
    assert (second.migrated, second.first_password, second.content.deployed) == (False, None, ())
    assert tables(platform) == before
    assert settings.sign_in_file.read_text("utf-8") == written


def test_a_later_start_takes_up_what_is_new_and_forgets_what_was_mended(settings: Settings, platform: Platform) -> None:
    path = settings.content_root / "bpmn" / "broken.bpmn"
    path.write_bytes(b"<broken")
    set_up(settings, validate_form)
    path.write_bytes((settings.content_root / "bpmn" / "p.bpmn").read_bytes().replace(b'id="p"', b'id="q"'))

    outcome = set_up(settings, validate_form)

    assert [item["id"] for item in outcome.content.deployed] == ["q"]
    assert tables(platform)[refusal.name] == []


def test_a_given_password_is_used_and_need_not_be_changed(
    settings: Settings, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FIRST_PASSWORD, PASSWORD)

    assert set_up(settings, validate_form).first_password == PASSWORD

    assert sign_in(platform.bus, ADMINISTRATOR, PASSWORD)
    with reading(platform.engine) as connection:
        query = select(user.c.must_change_password).where(user.c.id == ADMINISTRATOR)
        assert connection.execute(query).scalar() is False


@pytest.mark.parametrize("cut_at", [LoadOrganisation, CreateUser])
def test_a_first_start_cut_short_is_finished_by_the_next_and_everybody_can_sign_in(
    settings: Settings, platform: Platform, monkeypatch: pytest.MonkeyPatch, cut_at: type
) -> None:
    original = CommandBus.execute

    def cut(self: CommandBus, command: Any, *args: Any, **more: Any) -> Any:
        if isinstance(command, cut_at):
            raise KeyboardInterrupt
        return original(self, command, *args, **more)

    monkeypatch.setattr(CommandBus, "execute", cut)
    with pytest.raises(KeyboardInterrupt):
        set_up(settings, validate_form)
    monkeypatch.setattr(CommandBus, "execute", original)

    outcome = set_up(settings, validate_form)

    assert outcome.first_password
    for username in (ADMINISTRATOR, "li", "zhou"):
        assert sign_in(platform.bus, username, outcome.first_password)


def test_without_sample_people_only_the_administrator_is_there(settings: Settings, platform: Platform) -> None:
    outcome = set_up(settings, validate_form, sample_people=False)

    assert outcome.first_password
    with pytest.raises(SignInRefused):
        sign_in(platform.bus, "zhou", outcome.first_password)
    with reading(platform.engine) as connection:
        assert list(connection.execute(select(user.c.id)).scalars()) == [ADMINISTRATOR]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("departments.yaml", "departments: [", "YAML"),
        ("departments.yaml", "[]", "缺少列表 departments"),
        ("departments.yaml", "departments:\n  - {id: a}", "第 1 项缺少 name、kind"),
        ("people.yaml", "users:\n  - 1", "第 1 项缺少"),
        ("roles.yaml", "groups: []", "缺少列表 department_groups"),
    ],
)
def test_a_mistake_in_the_organisation_is_said_with_its_file(tmp_path: Path, name: str, text: str, says: str) -> None:
    folder = installation("sqlite://", tmp_path).content_root / "organisation"
    (folder / name).write_text(text, encoding="utf-8")

    with pytest.raises(OrganisationInvalid, match=says) as caught:
        read_organisation(folder, people=True, password_hash=None)

    assert caught.value.place is not None
    assert caught.value.place.file == name


def test_settings_come_from_options_then_the_environment_then_what_is_usual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("BANJIE_DATABASE_URL", "BANJIE_DATA_DIR", "BANJIE_CONTENT_DIR"):
        monkeypatch.delenv(name, raising=False)
    usual = read_settings()
    monkeypatch.setenv("BANJIE_DATA_DIR", str(tmp_path / "env"))
    environment = read_settings()
    given = read_settings("postgresql://x/y", tmp_path / "given", tmp_path / "content")

    assert usual.data_dir == tmp_path / "data"
    assert usual.database_url == f"sqlite:///{tmp_path / 'data' / 'banjie.sqlite3'}"
    assert (usual.content_root / "bpmn").is_dir()
    assert environment.database_url == f"sqlite:///{tmp_path / 'env' / 'banjie.sqlite3'}"
    assert (given.database_url, given.data_dir) == ("postgresql://x/y", tmp_path / "given")
    assert given.content_root == tmp_path / "content"
    assert given.anchors_dir == tmp_path / "given" / "anchors"
