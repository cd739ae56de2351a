"""Packages of ended cases, for archivists and auditors."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.archiving import OrderArchive
from engine.queries.archives import archive_of, archives, refused_archives
from engine.queries.paging import Page, Request
from webapi.operations import operation
from webapi.schemas.archives import (
    ArchiveQuerySchema,
    CaseArchiveSchema,
    OrderedArchiveSchema,
    PackagePageSchema,
    RefusedArchiveListSchema,
)
from webapi.security import actor
from webapi.services import execute, read

blueprint = Blueprint("archives", __name__)


@blueprint.get("/archives")
@operation("归档包（档案员、审计管理员）", query=ArchiveQuerySchema, answer=PackagePageSchema, errors=(400, 403))
def list_archives(query: dict[str, Any]) -> Page:
    """List packages, newest first."""
    with read() as connection:
        return archives(connection, actor(), Request(**query))


@blueprint.get("/archives/refused")
@operation("不能归档的案件及原因", answer=RefusedArchiveListSchema, errors=(403,))
def list_refused() -> dict[str, Any]:
    """List the cases that lack something."""
    with read() as connection:
        return {"items": refused_archives(connection, actor())}


@blueprint.get("/process-instances/<key:key>/archive")
@operation("案件的归档情况", answer=CaseArchiveSchema, errors=(403, 404))
def read_archive(key: int) -> dict[str, Any]:
    """Tell how far it is."""
    with read() as connection:
        return archive_of(connection, actor(), key)


@blueprint.post("/process-instances/<key:key>/archive")
@operation("归档（再次归档）", answer=OrderedArchiveSchema, status=201, errors=(403, 404, 409), command=True)
def order_archive(key: int) -> dict[str, Any]:
    """Order the package; it is made in the background."""
    return execute(OrderArchive(key))
