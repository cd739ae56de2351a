"""One's own exports of registers, and how far they are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.errors import NotFound
from engine.queries.viewer import Viewer
from engine.store.tables.records import export

SHOWN = 50


class ExportUnknown(NotFound):
    """There is no such export, or it is another's."""

    code = "registers.export-unknown"


def exports(connection: Connection, viewer: Viewer) -> list[dict[str, Any]]:
    """Return a person's exports, newest first."""
    query = select(export).where(export.c.actor_id == viewer.id).order_by(export.c.key.desc()).limit(SHOWN)
    return [dict(row) for row in connection.execute(query).mappings()]


def export_of(connection: Connection, viewer: Viewer, key: int) -> dict[str, Any]:
    """Return one export; raise ExportUnknown."""
    query = select(export).where(export.c.key == key, export.c.actor_id == viewer.id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise ExportUnknown(f"没有编号为 {key} 的导出。")
    return dict(row)
