"""The pool of experts and draws from it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from engine.commands.draw_experts import CommitExpertDraw, PerformExpertDraw
from engine.commands.import_experts import ImportExperts
from engine.controls.expert_files import read_experts
from engine.queries.draws import draws_of
from webapi.operations import operation
from webapi.schemas.controls import (
    DrawKeySchema,
    DrawListSchema,
    DrawnSchema,
    DrawRequestSchema,
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
