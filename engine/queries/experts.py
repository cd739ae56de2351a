"""The pool of experts and all draws from it, for those who draw and those who watch them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.errors import Forbidden
from engine.queries.controls import SUPERVISORS
from engine.queries.draws import draw_values
from engine.queries.paging import LARGEST_LIMIT
from engine.queries.viewer import Viewer
from engine.store.tables.controls import expert, expert_draw
from engine.store.tables.runtime import process_instance

DRAWERS = ("group:科室负责人@zgk", "group:经办人@zgk")
"""政工科 keeps the pool and draws from it (L2581)."""


class ExpertsHidden(Forbidden):
    """The pool is known to those who draw and those who watch them: applicants must not meet experts beforehand."""

    code = "queries.experts-hidden"


def experts(connection: Connection, viewer: Viewer) -> list[dict[str, Any]]:
    """Return the pool by id. Raises ExpertsHidden."""
    _require(viewer)
    return [dict(row) for row in connection.execute(select(expert).order_by(expert.c.id)).mappings()]


def draws(connection: Connection, viewer: Viewer) -> list[dict[str, Any]]:
    """Return the latest draws of all cases, newest first, with what proves them. Raises ExpertsHidden."""
    _require(viewer)
    query = (
        select(expert_draw, process_instance.c.title)
        .join(process_instance, process_instance.c.key == expert_draw.c.root_key)
        .order_by(expert_draw.c.key.desc())
        .limit(LARGEST_LIMIT)
    )
    rows = list(connection.execute(query).mappings())
    return [
        {**values, "process_instance_key": row["root_key"], "case_title": row["title"]}
        for row, values in zip(rows, draw_values(connection, rows), strict=True)
    ]


def _require(viewer: Viewer) -> None:
    if not viewer.auditor and not set(viewer.principals) & {*DRAWERS, *SUPERVISORS}:
        raise ExpertsHidden("专家库和专家抽取供政工科、派驻纪检监察组、办公室负责人和审计管理员查看。")
