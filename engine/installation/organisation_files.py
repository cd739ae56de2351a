"""Publishing the organisation's data from the files below ``organisation/``."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from engine.commands.actor import INSTALLER
from engine.commands.publish_organisation_file import PublishOrganisationFile
from engine.documents.organisation_files import FOLDERS, READERS, read_file
from engine.platform import Platform
from engine.store.database import reading
from engine.store.tables.issuing import organisation_file


def load_organisation_files(platform: Platform, folder: Path) -> list[str]:
    """Publish each file in ``folder`` whose very version never was in force; return the names of those published.

    So what people published since is not undone at the next start. Raises OrganisationFileInvalid.
    """
    inside = (f"{within}{path.stem}" for within in FOLDERS for path in sorted((folder / within).glob("*.yaml")))
    return [name for name in (*READERS, *inside) if _load(platform, name, folder / f"{name}.yaml")]


def _load(platform: Platform, name: str, path: Path) -> bool:
    if not path.is_file():
        return False
    content = path.read_text(encoding="utf-8")
    version = read_file(name, content).version
    columns = organisation_file.c
    with reading(platform.engine) as connection:
        query = select(columns.version).where(columns.name == name, columns.version == version)
        if connection.execute(query).first() is not None:
            return False
    return bool(
        platform.bus.execute(PublishOrganisationFile(name, content, f"organisation/{name}.yaml"), INSTALLER)["new"]
    )
