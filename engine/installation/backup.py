"""Backup and restore of an SQLite installation: the database as one consistent copy, and everything beside it."""

from __future__ import annotations

import os
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from engine.errors import BanjieError
from engine.installation.settings import Settings

_DATABASE = "banjie.sqlite3"
_BESIDE = ("anchors", "documents")
"""Folders of the data folder that belong to a backup."""


class BackupImpossible(BanjieError):
    """The installation can't be backed up or restored this way."""

    code = "installation.backup-impossible"


def back_up(settings: Settings, target: Path) -> None:
    """Write a backup archive to ``target`` while the platform may be running. Raises BackupImpossible.

    Anchors are copied before the database, so that no anchor in the archive is newer than its history.
    """
    source = _database_file(settings)
    if not source.exists():
        raise BackupImpossible(f"没有数据库 {source}，无从备份。请用 --data-dir 指明数据目录。")
    if target.exists():
        raise BackupImpossible(f"{target} 已存在，请换一个文件名。")
    if not target.parent.is_dir():
        raise BackupImpossible(f"没有文件夹 {target.parent}，请先建立。")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        finished = Path(folder) / "archive"
        with tarfile.open(finished, "w:gz") as archive:
            for name in _BESIDE:
                if (settings.data_dir / name).is_dir():
                    archive.add(settings.data_dir / name, name)
            copy = Path(folder) / _DATABASE
            # One step: a stepped online backup starts anew with every write and may never end.
            with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(copy)) as written:
                original.backup(written, pages=-1)
            archive.add(copy, _DATABASE)
        # Under its name stands a whole backup or none.
        os.replace(finished, target)


def restore(settings: Settings, archive_path: Path) -> None:
    """Unpack a backup into an empty data folder. Raises BackupImpossible where there is data already.

    A write-ahead log left beside the database would be played into the restored one; anchors left there would testify
    against it.
    """
    target = _database_file(settings)
    log = target.with_name(f"{target.name}-wal")
    for found in (target, log, *(settings.data_dir / name for name in _BESIDE)):
        if found.exists():
            raise BackupImpossible(f"{found} 已存在。请停止服务，把数据目录移走后再恢复，以免覆盖现有数据。")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(archive_path, "r:gz") as archive:
            archive.extractall(settings.data_dir, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise BackupImpossible(f"{archive_path} 不是可用的备份：{error}") from error
    unpacked = settings.data_dir / _DATABASE
    if not unpacked.exists():
        raise BackupImpossible(f"{archive_path} 中没有数据库，不是完整的备份。")
    if unpacked != target:
        os.replace(unpacked, target)


def _database_file(settings: Settings) -> Path:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BackupImpossible(
            "此命令只用于 SQLite。PostgreSQL 请用 pg_dump 备份数据库，并同时复制数据目录中的 anchors。"
        )
    return Path(url.database)
