"""Versions of a text (正文): read, compared, written, taken up again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.text_versions import RestoreTextVersion, SaveTextVersion
from engine.queries.texts import comparison, text_version_of, texts_of
from webapi.operations import operation
from webapi.schemas.issuing import (
    ComparisonQuerySchema,
    ComparisonSchema,
    RestoreTextSchema,
    SavedTextSchema,
    SaveTextSchema,
    TextListSchema,
    TextVersionContentSchema,
)
from webapi.security import actor
from webapi.services import execute, platform, read

blueprint = Blueprint("texts", __name__)

TEXT = "/process-instances/<key:key>/texts/<name>"
ERRORS = (400, 404, 409, 422)


@blueprint.get("/process-instances/<key:key>/texts")
@operation("一个案件的正文及其版本", answer=TextListSchema, errors=(404,))
def list_texts(key: int) -> dict[str, Any]:
    """List texts with their versions, the newest first."""
    with read() as connection:
        return {"items": texts_of(connection, actor(), key, platform().sources.definitions)}


@blueprint.get(f"{TEXT}/versions/<key:version>")
@operation("正文的一个版本", answer=TextVersionContentSchema, errors=(404,))
def read_text_version(key: int, name: str, version: int) -> dict[str, Any]:
    """Give the paragraphs."""
    with read() as connection:
        return text_version_of(connection, actor(), key, name, version, platform().sources.definitions)


@blueprint.get(f"{TEXT}/comparison")
@operation("比较正文的两个版本", query=ComparisonQuerySchema, answer=ComparisonSchema, errors=(400, 404))
def compare_texts(key: int, name: str, query: dict[str, Any]) -> dict[str, Any]:
    """Give both as paragraphs, with what was added and removed."""
    versions = (query["from_version"], query["to_version"])
    with read() as connection:
        return {"items": comparison(connection, actor(), key, name, versions, platform().sources.definitions)}


@blueprint.post("/user-tasks/<key:key>/texts/<name>/versions")
@operation("保存正文的新版本", body=SaveTextSchema, answer=SavedTextSchema, status=201, errors=ERRORS, command=True)
def save_text_version(key: int, name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Write a version in an open user task."""
    return execute(SaveTextVersion(key, name, **body))


@blueprint.post("/user-tasks/<key:key>/texts/<name>/restorations")
@operation("恢复正文的旧版本", body=RestoreTextSchema, answer=SavedTextSchema, status=201, errors=ERRORS, command=True)
def restore_text_version(key: int, name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Take an earlier version up again, as a new one."""
    return execute(RestoreTextVersion(key, name, **body))
