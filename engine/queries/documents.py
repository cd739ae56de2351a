"""Stored files, for those who may see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.repository import Definitions
from engine.errors import NotFound
from engine.queries import names
from engine.queries.papers import variable_of
from engine.queries.sight import Sight, require_sight, sight_of
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields
from engine.store.keys import case_of
from engine.store.tables.general import document
from engine.store.tables.records import case_document

ARCHIVISTS = "档案员"
"""The role that keeps the archive."""
UPLOAD = "upload"
"""The purpose of documents that people upload, to be taken by a form or a case."""
ARCHIVE, EXPORT = "archive", "export"
"""Purposes of documents that are no part of a case's record: packages, and lists somebody ordered."""


class DocumentInvisible(NotFound):
    """There is no such document, or the viewer may not know that there is."""

    code = "queries.document-unknown"


def document_of(
    connection: Connection, viewer: Viewer, id_: str, now: datetime, definitions: Definitions
) -> Mapping[Any, Any]:
    """Return the row of a document: for who stored it, for auditors, and for those who see the content of its case.

    A file in a variable that is hidden from the viewer is hidden too, packages are for archivists, exports for who
    ordered them. Raises DocumentInvisible, also once it has expired.
    """
    row = connection.execute(select(document).where(document.c.id == id_)).mappings().first()
    if row is None or not _seen(connection, viewer, row, definitions) or (row["expires_at"] or now) < now:
        raise DocumentInvisible(f"没有编号为 {id_} 的文件，或者您无权查看。")
    return row


def case_documents(connection: Connection, viewer: Viewer, key: int, definitions: Definitions) -> list[dict[str, Any]]:
    """Return the files that a case took, oldest first; raise CaseInvisible."""
    root_key, _ = require_sight(connection, viewer, key, Sight.CONTENT)
    hidden = hidden_fields(connection, definitions, viewer, root_key)
    query = select(case_document).where(case_document.c.root_key == root_key)
    ordered = query.order_by(case_document.c.at, case_document.c.document_id)
    rows = [row for row in connection.execute(ordered).mappings() if row["field"] not in hidden]
    people = names.people(connection, (row["actor_id"] for row in rows))
    return [{**row, "uploaded_by": people.get(row["actor_id"])} for row in rows]


def is_archivist(viewer: Viewer) -> bool:
    """Return whether somebody sees packages: archivists and auditors."""
    return viewer.auditor or ARCHIVISTS in viewer.groups


def _seen(connection: Connection, viewer: Viewer, row: Mapping[Any, Any], definitions: Definitions) -> bool:
    if row["purpose"] == ARCHIVE:
        return is_archivist(viewer)
    if viewer.auditor or row["actor_id"] == viewer.id:
        return True
    key = row["process_instance_key"]
    if row["purpose"] == EXPORT or key is None:
        return False
    root_key = case_of(key)
    if sight_of(connection, viewer, root_key) is not Sight.CONTENT:
        return False
    query = select(case_document.c.field).where(case_document.c.document_id == row["id"])
    field = connection.execute(query).scalar() or variable_of(connection, row["id"], root_key)
    return field is None or field not in hidden_fields(connection, definitions, viewer, root_key)
