"""The organisation's data that is published in versions: which kinds there are, and the version in force of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from sqlalchemy import Connection, select

from engine.archive import retention
from engine.documents import number_series, seals
from engine.errors import NotFound
from engine.registers.model import FOLDER
from engine.registers.reading import read_register
from engine.store.tables.issuing import organisation_file

_CACHED = 128
"""How many versions of files are kept read."""


class OrganisationFileUnknown(NotFound):
    """There is no such file of the organisation's data, or none is in force yet."""

    code = "documents.organisation-file-unknown"


class NumberSeriesUnknown(NotFound):
    """There is no such series of numbers."""

    code = "issuing.number-series-unknown"


class SealUnknown(NotFound):
    """The list of seals has no seal of this name."""

    code = "issuing.seal-unknown"


class Versioned(Protocol):
    """What a file says, in one version."""

    @property
    def version(self) -> str:
        """The SM3 digest of its text."""
        ...


READERS: Mapping[str, Callable[[str, str], Versioned]] = {
    number_series.NAME: number_series.read_number_series,
    seals.NAME: seals.read_seals,
    retention.NAME: retention.read_retention,
}
"""By the file's name below ``organisation/``, without its ending. A reader raises OrganisationFileInvalid."""
FOLDERS: Mapping[str, Callable[[str, str], Versioned]] = {FOLDER: read_register}
"""The same for folders below it that hold any number of files."""

_read: dict[tuple[str, str], Versioned] = {}


def read_file(name: str, text: str) -> Versioned:
    """Return what a file says. Raises OrganisationFileUnknown, OrganisationFileInvalid."""
    folder = next((each for each in FOLDERS if name.startswith(each) and len(name) > len(each)), None)
    reader = READERS.get(name) if folder is None else FOLDERS[folder]
    if reader is None:
        raise OrganisationFileUnknown(f"没有名为 {name} 的机构数据，应为 {'、'.join((*READERS, *FOLDERS))} 之一。")
    return reader(text, f"organisation/{name}.yaml")


def files_in_force(connection: Connection, folder: str) -> list[Versioned]:
    """Return the version in force of every file in a folder."""
    names = select(organisation_file.c.name).where(organisation_file.c.name.startswith(folder)).distinct()
    return [in_force(connection, name) for name in sorted(connection.execute(names).scalars())]


def in_force(connection: Connection, name: str) -> Versioned:
    """Return the version in force of a file. Raises OrganisationFileUnknown."""
    table = organisation_file.c
    newest = select(table.version).where(table.name == name).order_by(table.position.desc()).limit(1)
    version = connection.execute(newest).scalar()
    if version is None:
        raise OrganisationFileUnknown(f"还没有发布 organisation/{name}.yaml，请系统管理员发布后重试。")
    key = (name, version)
    if key not in _read:
        content = select(table.content).where(table.name == name, table.version == version)
        found = read_file(name, connection.execute(content).scalar_one())
        if len(_read) >= _CACHED:
            _read.clear()
        _read[key] = found
    return _read[key]


def series_in_force(connection: Connection) -> number_series.SeriesRegistry:
    """Return the series of numbers in force. Raises OrganisationFileUnknown."""
    found = in_force(connection, number_series.NAME)
    if not isinstance(found, number_series.SeriesRegistry):
        raise TypeError("the reader of number series gives something else")
    return found


def seals_in_force(connection: Connection) -> seals.SealRegistry:
    """Return the seals in force. Raises OrganisationFileUnknown."""
    found = in_force(connection, seals.NAME)
    if not isinstance(found, seals.SealRegistry):
        raise TypeError("the reader of seals gives something else")
    return found


def series_of(connection: Connection, series_id: str) -> number_series.NumberSeries:
    """Return a series in force. Raises OrganisationFileUnknown, NumberSeriesUnknown."""
    found = series_in_force(connection).series.get(series_id)
    if found is None:
        raise NumberSeriesUnknown(f"没有编号系列 {series_id}，请在 organisation/number-series.yaml 中补充。")
    return found


def seal_of(connection: Connection, name: str) -> seals.Seal:
    """Return the seal with this id, name or other name. Raises OrganisationFileUnknown, SealUnknown."""
    found = seals_in_force(connection).find(name)
    if found is None:
        raise SealUnknown(f"印章清单中没有“{name}”，请在 organisation/seals.yaml 中补充。")
    return found
