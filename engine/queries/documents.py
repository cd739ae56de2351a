"""Stored files, for those who may see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.errors import NotFound
from engine.queries.sight import Sight, sight_of
from engine.queries.viewer import Viewer
from engine.store.keys import case_of
from engine.store.tables.general import document


class DocumentInvisible(NotFound):
    """There is no such document, or the viewer may not know that there is."""

    code = "queries.document-unknown"


def document_of(connection: Connection, viewer: Viewer, id_: str, now: datetime) -> Mapping[Any, Any]:
    """Return the row of a document: for who stored it, for auditors, and for those who see the content of its case.

    Raises DocumentInvisible, also once it has expired.
    """
    row = connection.execute(select(document).where(document.c.id == id_)).mappings().first()
    if row is None or not _seen(connection, viewer, row) or (row["expires_at"] or now) < now:
        raise DocumentInvisible(f"没有编号为 {id_} 的文件，或者您无权查看。")
    return row


def _seen(connection: Connection, viewer: Viewer, row: Mapping[Any, Any]) -> bool:
    if viewer.auditor or row["actor_id"] == viewer.id:
        return True
    key = row["process_instance_key"]
    return key is not None and sight_of(connection, viewer, case_of(key)) is Sight.CONTENT
