"""Backup and restore: one consistent copy while cases go on, and nothing that is there is ever overwritten."""

from __future__ import annotations

import tarfile
from pathlib import Path
from threading import Event, Thread

import pytest

from engine.history.anchors import read_anchors
from engine.installation.backup import BackupImpossible, back_up, restore
from engine.installation.settings import Settings
from engine.platform import open_platform
from engine.store.database import reading
from engine.store.migrations import upgrade
from engine.verification import Verification, verify
from tests.unit.commands import diagrams as d
from tests.unit.commands.platforms import Bureau
from webapi.forms import validate_form


@pytest.fixture
def living(tmp_path: Path) -> Bureau:
    data = tmp_path / "data"
    data.mkdir()
    url = f"sqlite:///{data / 'banjie.sqlite3'}"
    upgrade(url)
    bureau = Bureau(url, data)
    bureau.deploy(d.parallel())
    return bureau


def settings_of(bureau: Bureau) -> Settings:
    return Settings(bureau.url, bureau.folder, bureau.folder)


def elsewhere(folder: Path) -> Settings:
    return Settings(f"sqlite:///{folder / 'banjie.sqlite3'}", folder, folder)


def verified(settings: Settings) -> Verification:
    platform = open_platform(settings.database_url, validate_form=validate_form, data_dir=settings.data_dir)
    try:
        with reading(platform.engine) as connection:
            return verify(connection, platform.sources, list(read_anchors(settings.anchors_dir)))
    finally:
        platform.engine.dispose()


def test_a_backup_made_while_cases_go_on_is_whole_and_verifies(living: Bureau, tmp_path: Path) -> None:
    enough, busy = Event(), Event()

    def work() -> None:
        while not enough.is_set():
            root = living.start()
            for element_id in ("left", "right", "after"):
                living.complete(root, element_id)
            busy.set()

    worker = Thread(target=work)
    worker.start()
    archives = [tmp_path / f"{number}.tar.gz" for number in range(4)]
    try:
        assert busy.wait(timeout=60)
        for archive in archives:
            back_up(settings_of(living), archive)
    finally:
        enough.set()
        worker.join(timeout=60)

    sizes = []
    for number, archive in enumerate(archives):
        restored = elsewhere(tmp_path / f"restored{number}")
        restore(restored, archive)
        result = verified(restored)
        assert result.findings == []
        assert result.anchors > 0
        sizes.append(result.cases)
    assert sizes == sorted(sizes)
    assert sizes[0] > 0
    assert living.verify().findings == []


def test_papers_and_anchors_come_back_with_the_database(living: Bureau, tmp_path: Path) -> None:
    living.start()
    (living.folder / "documents").mkdir()
    (living.folder / "documents" / "x.docx").write_bytes(b"paper")

    back_up(settings_of(living), tmp_path / "b.tar.gz")
    restored = elsewhere(tmp_path / "restored")
    restore(restored, tmp_path / "b.tar.gz")

    assert (restored.data_dir / "documents" / "x.docx").read_bytes() == b"paper"
    assert list(read_anchors(restored.anchors_dir)) == list(read_anchors(living.folder / "anchors"))


def test_a_restored_installation_goes_on(living: Bureau, tmp_path: Path) -> None:
    root = living.start()
    back_up(settings_of(living), tmp_path / "b.tar.gz")
    restored = elsewhere(tmp_path / "restored")
    restore(restored, tmp_path / "b.tar.gz")

    again = Bureau(restored.database_url, restored.data_dir)
    again.complete(root, "left")

    assert again.start() != root
    assert again.verify().findings == []
    again.close()


@pytest.mark.parametrize("there", ["banjie.sqlite3", "banjie.sqlite3-wal", "anchors/x.anchors", "documents/x"])
def test_nothing_that_is_there_is_overwritten(living: Bureau, tmp_path: Path, there: str) -> None:
    back_up(settings_of(living), tmp_path / "b.tar.gz")
    target = elsewhere(tmp_path / "other")
    path = target.data_dir / there
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mine")

    with pytest.raises(BackupImpossible) as caught:
        restore(target, tmp_path / "b.tar.gz")

    assert caught.value.code == "installation.backup-impossible"
    assert path.read_bytes() == b"mine"
    assert [found for found in target.data_dir.rglob("*") if found.is_file()] == [path]


def test_a_backup_is_never_written_over_another(living: Bureau, tmp_path: Path) -> None:
    target = tmp_path / "b.tar.gz"
    target.write_bytes(b"older")

    with pytest.raises(BackupImpossible):
        back_up(settings_of(living), target)

    assert target.read_bytes() == b"older"


def test_where_there_is_nothing_to_back_up_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(BackupImpossible, match="没有数据库"):
        back_up(elsewhere(tmp_path / "empty"), tmp_path / "b.tar.gz")

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["empty"]


def test_a_backup_that_fails_leaves_no_half_archive(
    living: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(tarfile.TarFile, "add", fail)
    with pytest.raises(OSError, match="no space"):
        back_up(settings_of(living), tmp_path / "b.tar.gz")

    assert not (tmp_path / "b.tar.gz").exists()


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.tar.gz").write_bytes(b"not an archive")
    with tarfile.open(tmp_path / "y.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "x.tar.gz", "something")

    for name in ("x.tar.gz", "y.tar.gz"):
        with pytest.raises(BackupImpossible):
            restore(elsewhere(tmp_path / f"to-{name}"), tmp_path / name)


def test_postgresql_is_backed_up_by_its_own_means(tmp_path: Path) -> None:
    settings = Settings("postgresql://x/y", tmp_path, tmp_path)

    with pytest.raises(BackupImpossible, match="pg_dump"):
        back_up(settings, tmp_path / "b.tar.gz")
