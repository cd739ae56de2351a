"""The pool of experts and draws from it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from engine.commands.draw_experts import CommitExpertDraw, PerformExpertDraw
from engine.commands.import_experts import ImportExperts
from engine.controls.expert_files import read_expert_file, read_experts
from engine.queries import experts as queries
from engine.queries.draws import draws_of
from engine.spreadsheets import LARGEST_FILE
from webapi.operations import operation
from webapi.requests import BodyInvalid
from webapi.schemas.controls import (
    DrawKeySchema,
    DrawListSchema,
    DrawnSchema,
    DrawOfCaseListSchema,
    DrawRequestSchema,
    ExpertListSchema,
    ExpertsRequestSchema,
    ImportedSchema,
    WitnessSchema,
)
from webapi.security import actor
from webapi.services import execute, read

blueprint = Blueprint("draws", __name__)
ERRORS = (400, 403, 404, 409, 422)


@blueprint.put("/experts")
@operation("导入专家库", body=ExpertsRequestSchema, answer=ImportedSchema, errors=(400, 403), command=True)
def import_experts(body: dict[str, Any]) -> dict[str, Any]:
    """Replace the pool by a CSV or YAML file; every mistake is told at once. For 政工科."""
    experts = read_experts(body["content"], csv_file=body["format"] == "csv")
    return execute(ImportExperts(experts, body["source"]))


@blueprint.get("/experts")
@operation("专家库", answer=ExpertListSchema, errors=(403,))
def list_experts() -> dict[str, Any]:
    """List the pool, for 政工科 and those who watch the draws."""
    with read() as connection:
        return {"items": queries.experts(connection, actor())}


@blueprint.post("/experts/import")
@operation("以文件导入专家库", answer=ImportedSchema, errors=(400, 403, 413), command=True)
def import_expert_file() -> dict[str, Any]:
    """Replace the pool by an uploaded file: .xlsx, .csv or .yaml. For 政工科."""
    request.max_content_length = LARGEST_FILE + 100_000
    uploaded = request.files.get("file")
    if uploaded is None or not uploaded.filename:
        raise BodyInvalid("请以 multipart/form-data 的 file 字段上传专家名单（.xlsx、.csv 或 .yaml）。")
    experts = read_expert_file(uploaded.read(LARGEST_FILE + 1), uploaded.filename)
    return execute(ImportExperts(experts, uploaded.filename))


@blueprint.get("/draws")
@operation("全部专家抽取", answer=DrawOfCaseListSchema, errors=(403,))
def list_all_draws() -> dict[str, Any]:
    """List the latest draws with everything that proves them, for 政工科 and those who watch the draws."""
    with read() as connection:
        return {"items": queries.draws(connection, actor())}


@blueprint.get("/process-instances/<key:key>/draws")
@operation("一个案件的专家抽取", answer=DrawListSchema, errors=(404,))
def list_expert_draws(key: int) -> dict[str, Any]:
    """List draws with everything that proves them."""
    with read() as connection:
        return {"items": draws_of(connection, actor(), key)}


@blueprint.post("/process-instances/<key:key>/draws")
@operation("公布专家抽取", body=DrawRequestSchema, answer=DrawKeySchema, status=201, errors=ERRORS, command=True)
def commit_expert_draw(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Announce a draw: the pool, who is excluded, and the digest of the seed."""
    return execute(CommitExpertDraw(key, **body))


@blueprint.post("/draws/<key:key>/drawing")
@operation("抽取专家", body=WitnessSchema, answer=DrawnSchema, errors=ERRORS, command=True)
def perform_expert_draw(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Open the seed and draw."""
    return execute(PerformExpertDraw(key, body["witness"]))
