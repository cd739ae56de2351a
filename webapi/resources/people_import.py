"""Going live: importing the organisation and its people, and entering cases already in progress."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from engine.commands.enter_case import EnterCase, EnteredClock
from engine.identity.import_people import ImportPeople, preview_import
from engine.identity.passwords import hash_password, random_password
from engine.identity.spreadsheet import LARGEST_FILE
from webapi.operations import operation
from webapi.requests import BodyInvalid
from webapi.schemas import organisation as schemas
from webapi.services import execute, read

blueprint = Blueprint("people_import", __name__)


@blueprint.post("/people/import-preview")
@operation("预览人员导入", answer=schemas.ImportPreviewSchema, errors=(400, 403, 413), administrators=True)
def preview() -> dict[str, Any]:
    """Say what a spreadsheet would change, and every mistake in it; change nothing."""
    content, name = _file()
    with read() as connection:
        found = preview_import(connection, content, name)
    return {**found.to_dict(), "applied": False, "first_password": None}


@blueprint.post("/people/import")
@operation("导入人员", answer=schemas.ImportPreviewSchema, errors=(400, 403, 409, 413), administrators=True)
def import_file() -> dict[str, Any]:
    """Import; the form field ``digest`` of the preview guards against changes since. New people share a password."""
    content, name = _file()
    password = random_password()
    answer = execute(ImportPeople(content, name, hash_password(password), request.form.get("digest") or None))
    added = any(change["action"] == "add" and change["sheet"] == "人员" for change in answer["changes"])
    return {**answer, "applied": True, "first_password": password if added else None}


@blueprint.post("/entered-cases")
@operation(
    "录入在办案件",
    body=schemas.EnteredCaseSchema,
    answer=schemas.KeySchema,
    status=201,
    errors=(400, 403, 404, 422),
    administrators=True,
    command=True,
)
def enter_case(body: dict[str, Any]) -> dict[str, Any]:
    """Enter a case at the step where it stands, with its clocks."""
    if not isinstance(body["variables"], dict):
        raise BodyInvalid("variables 应为变量名到值的对象。")
    clocks = tuple(EnteredClock(each["limit_id"], each["started_on"], each["evidence"]) for each in body["clocks"])
    command = EnterCase(
        body["procedure_id"],
        tuple(body["elements"]),
        body["initiator"],
        body["began_on"],
        body["reason"],
        body["variables"],
        clocks,
        body["title"],
        body["case_number"],
    )
    return {"key": execute(command)["process_instance_key"]}


def _file() -> tuple[bytes, str]:
    request.max_content_length = LARGEST_FILE + 100_000
    uploaded = request.files.get("file")
    if uploaded is None or not uploaded.filename:
        raise BodyInvalid("请以 multipart/form-data 的 file 字段上传电子表格（.xlsx 或 .csv）。")
    return uploaded.read(LARGEST_FILE + 1), uploaded.filename
