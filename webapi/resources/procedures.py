"""Procedures: what may be started, their start forms and diagrams."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from engine.queries.catalogue import catalogue, start_form
from webapi.operations import operation
from webapi.schemas.administration import CatalogueSchema, StartFormSchema
from webapi.security import actor
from webapi.services import platform, read

blueprint = Blueprint("procedures", __name__)


@blueprint.get("/procedures")
@operation("可发起的流程，按科室", answer=CatalogueSchema)
def list_procedures() -> dict[str, Any]:
    """List."""
    with read() as connection:
        return catalogue(connection, actor())


@blueprint.get("/procedures/<id_>/start-form")
@operation("发起前填写的表单", answer=StartFormSchema, errors=(404,))
def read_start_form(id_: str) -> dict[str, Any]:
    """Read."""
    with read() as connection:
        return start_form(connection, id_, platform().sources.definitions)


@blueprint.get("/definitions/<key:key>/xml")
@operation("流程图文件", errors=(404,), media_type="application/xml")
def read_xml(key: int) -> Response:
    """Give the diagram as it was deployed."""
    with read() as connection:
        content = platform().sources.definitions.xml(connection, key)
    return Response(content, mimetype="application/xml", headers={"Cache-Control": "private, max-age=86400"})
