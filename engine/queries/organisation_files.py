"""Files of the organisation's data with their versions, for administrators."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.documents.organisation_files import OrganisationFileUnknown
from engine.queries import names
from engine.store.tables.issuing import organisation_file


def organisation_files(connection: Connection) -> list[dict[str, Any]]:
    """Return every version of every file, the one in force first."""
    columns = organisation_file.c
    query = select(columns.name, columns.version, columns.source, columns.actor_id, columns.published_at)
    rows = list(connection.execute(query.order_by(columns.name, columns.position.desc())).mappings())
    people = names.people(connection, (row["actor_id"] for row in rows))
    seen: set[str] = set()
    found = []
    for row in rows:
        found.append({**row, "by": people.get(row["actor_id"]), "in_force": row["name"] not in seen})
        seen.add(row["name"])
    return found


def organisation_file_content(connection: Connection, name: str) -> dict[str, Any]:
    """Return the text of the version in force. Raises OrganisationFileUnknown."""
    columns = organisation_file.c
    query = select(columns.version, columns.content).where(columns.name == name).order_by(columns.position.desc())
    row = connection.execute(query.limit(1)).mappings().first()
    if row is None:
        raise OrganisationFileUnknown(f"还没有发布 organisation/{name}.yaml。")
    return {"name": name, **row}
