"""Papers: previews before signing, and what a case issued."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response

from engine.commands.issue_paper import DOCX
from engine.queries.paper_previews import preview_paper
from engine.queries.papers import case_papers
from webapi.operations import operation
from webapi.schemas.papers import IssuedPaperListSchema, PaperPreviewRequestSchema
from webapi.security import actor
from webapi.services import now, platform, read

blueprint = Blueprint("papers", __name__)


@blueprint.post("/user-tasks/<key:key>/papers/<paper>/preview")
@operation(
    "预览文书（Word 文件，每页标明“预览”，不保存）",
    body=PaperPreviewRequestSchema,
    errors=(400, 404, 422),
    media_type=DOCX,
)
def preview(key: int, paper: str, body: dict[str, Any]) -> Response:
    """Make a paper from the case as it stands and the form as it is filled in."""
    with read() as connection:
        made = preview_paper(connection, actor(), key, paper, body["variables"], now(), platform().sources.definitions)
    response = Response(made.content, mimetype=DOCX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/process-instances/<key:key>/documents")
@operation("案件生成的文书", answer=IssuedPaperListSchema, errors=(404,))
def list_papers(key: int) -> dict[str, Any]:
    """List the papers that the case issued."""
    with read() as connection:
        return {"items": case_papers(connection, actor(), key, platform().sources.definitions)}
