"""Series of numbers and their registers; the organisation's data in versions."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.number_registers import ReserveNumbers, RestoreNumber, VoidNumber
from engine.commands.publish_organisation_file import PublishOrganisationFile
from engine.queries.number_registers import register_of, series_list
from engine.queries.organisation_files import organisation_file_content, organisation_files
from engine.queries.paging import Request
from webapi.operations import operation
from webapi.schemas.common import ReasonSchema
from webapi.schemas.issuing import (
    NumberChangeSchema,
    NumberRegisterQuerySchema,
    NumberRegisterSchema,
    NumberSeriesListSchema,
    OrganisationFileContentSchema,
    OrganisationFileListSchema,
    PublishedFileSchema,
    PublishFileSchema,
    ReservationSchema,
    ReservedSchema,
)
from webapi.security import actor
from webapi.services import execute, now, read

blueprint = Blueprint("numbers", __name__)
administration = Blueprint("organisation_files", __name__)

NUMBER = "/number-series/<id_>/register/<key:period>/<key:number>"
ERRORS = (400, 403, 404, 409, 422)


@blueprint.get("/number-series")
@operation("编号系列", answer=NumberSeriesListSchema, errors=(403, 404))
def list_number_series() -> dict[str, Any]:
    """List all series with the number that comes next."""
    with read() as connection:
        return {"items": series_list(connection, actor(), now())}


@blueprint.get("/number-series/<id_>/register")
@operation("一个编号系列的登记簿", query=NumberRegisterQuerySchema, answer=NumberRegisterSchema, errors=(400, 403, 404))
def read_number_register(id_: str, query: dict[str, Any]) -> dict[str, Any]:
    """Give a page of the register of a year."""
    request = Request(limit=query["limit"], cursor=query["cursor"], search=query["search"], state=query["state"])
    with read() as connection:
        register = register_of(connection, actor(), id_, query["year"], request, now())
    return {
        "items": register.page.items,
        "next_cursor": register.page.next_cursor,
        "total": register.page.total,
        "period": register.period,
        "first": register.first,
        "last": register.last,
        "missing": register.missing,
    }


@blueprint.post("/number-series/<id_>/reservations")
@operation("预留号", body=ReservationSchema, answer=ReservedSchema, status=201, errors=ERRORS, command=True)
def reserve_numbers(id_: str, body: dict[str, Any]) -> dict[str, Any]:
    """Set the next numbers aside."""
    return execute(ReserveNumbers(id_, body["count"], body["reason"]))


@blueprint.post(f"{NUMBER}/voiding")
@operation("作废一个号", body=ReasonSchema, answer=NumberChangeSchema, errors=ERRORS, command=True)
def void_number(id_: str, period: int, number: int, body: dict[str, Any]) -> dict[str, Any]:
    """Void; the number stays in the register with the reason."""
    return execute(VoidNumber(id_, period, number, body["reason"]))


@blueprint.post(f"{NUMBER}/restoration")
@operation("恢复误作废的号", body=ReasonSchema, answer=NumberChangeSchema, errors=ERRORS, command=True)
def restore_number(id_: str, period: int, number: int, body: dict[str, Any]) -> dict[str, Any]:
    """Restore."""
    return execute(RestoreNumber(id_, period, number, body["reason"]))


@administration.get("/organisation-files")
@operation("机构数据文件及其版本", answer=OrganisationFileListSchema, errors=(403,), administrators=True)
def list_organisation_files() -> dict[str, Any]:
    """List every version, the one in force first."""
    with read() as connection:
        return {"items": organisation_files(connection)}


@administration.get("/organisation-files/<path:name>")
@operation("一个机构数据文件", answer=OrganisationFileContentSchema, errors=(403, 404), administrators=True)
def read_organisation_file(name: str) -> dict[str, Any]:
    """Give the text in force."""
    with read() as connection:
        return organisation_file_content(connection, name)


@administration.put("/organisation-files/<path:name>")
@operation(
    "发布机构数据文件",
    body=PublishFileSchema,
    answer=PublishedFileSchema,
    errors=ERRORS,
    administrators=True,
    command=True,
)
def publish_organisation_file(name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Put another text in force, as a whole."""
    return execute(PublishOrganisationFile(name, body["content"], body["source"]))
