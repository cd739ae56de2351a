"""Put a version of a file of the organisation's data in force: series of numbers, seals."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from engine.commands.administration import require_administrator
from engine.commands.handlers import Answer, handler_of, handles
from engine.commands.register_dues import EnterAllInRegister
from engine.commands.unit import UnitOfWork
from engine.documents.organisation_files import read_file
from engine.history.paper_events import OrganisationFilePublished
from engine.registers.model import FOLDER
from engine.store.tables.issuing import organisation_file


@dataclass(frozen=True, slots=True)
class PublishOrganisationFile:
    """Publish ``content`` (YAML) as the file ``name``; it replaces the one in force as a whole."""

    name: str
    content: str
    source: str


@handles(PublishOrganisationFile)
def handle(command: PublishOrganisationFile, unit: UnitOfWork) -> Answer:
    """Publish. Raises AdministratorOnly, OrganisationFileUnknown, OrganisationFileInvalid.

    The version in force published again changes nothing; an earlier one comes back in force.
    """
    require_administrator(unit.actor)
    version = read_file(command.name, command.content).version
    table, columns = organisation_file, organisation_file.c
    position = unit.connection.execute(select(func.max(columns.position)).where(columns.name == command.name)).scalar()
    this = (columns.name == command.name) & (columns.version == version)
    known = unit.connection.execute(select(columns.position).where(this)).scalar()
    if known is not None and known == position:
        return {"version": version, "new": False}
    if known is not None:
        unit.connection.execute(delete(table).where(this))
    row = {
        "name": command.name,
        "version": version,
        "position": (position or 0) + 1,
        "content": command.content,
        "source": command.source,
        "actor_id": unit.actor.id,
        "published_at": unit.now,
    }
    unit.connection.execute(insert(table), row)
    if command.name.startswith(FOLDER):
        again = EnterAllInRegister(command.name.removeprefix(FOLDER))
        handler_of(again)(again, unit)
    unit.log(OrganisationFilePublished(name=command.name, version=version, source=command.source))
    return {"version": version, "new": True}
