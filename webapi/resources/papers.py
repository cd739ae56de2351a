"""Papers: previews before signing, and what a case issued."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response

from engine.commands.issue_paper import DOCX, PDF
from engine.commands.paper_previews import OrderPaperPreview
from engine.documents.papers.headers import file_name
from engine.queries.paper_previews import PaperPreview, preview_paper, printed_content, printed_preview
from engine.queries.papers import case_papers
from webapi.operations import operation
from webapi.resources.documents import SHOWN_POLICY
from webapi.schemas.papers import (
    IssuedPaperListSchema,
    OrderedPreviewSchema,
    PaperPreviewRequestSchema,
    PrintedPreviewSchema,
)
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
    made = _made(key, paper, body)
    response = Response(made.content, mimetype=DOCX)
    name = file_name(made.name, "docx")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/user-tasks/<key:key>/papers/<paper>/printed-previews")
@operation(
    "预览文书（PDF，在后台生成，十分钟后删除）",
    body=PaperPreviewRequestSchema,
    answer=OrderedPreviewSchema,
    status=201,
    errors=(400, 404, 409, 422),
)
def order_preview(key: int, paper: str, body: dict[str, Any]) -> dict[str, Any]:
    """Make the paper as the preview does and have it printed in the background."""
    made = _made(key, paper, body)
    order = OrderPaperPreview(file_name(made.name, "pdf"), made.content)
    return dict(platform().bus.execute(order, actor()))


@blueprint.get("/printed-previews/<key:key>")
@operation("自己的预览是否已生成", answer=PrintedPreviewSchema, errors=(404,))
def read_preview(key: int) -> dict[str, Any]:
    """Tell how far it is."""
    with read() as connection:
        return printed_preview(connection, actor(), key)


@blueprint.get("/printed-previews/<key:key>/content")
@operation("自己的预览（PDF）", errors=(404,), media_type=PDF)
def show_preview(key: int) -> Response:
    """Give the PDF, to be looked at in the browser."""
    with read() as connection:
        name = printed_preview(connection, actor(), key)["file_name"]
        content = printed_content(connection, actor(), key)
    response = Response(content, mimetype=PDF)
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = SHOWN_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/process-instances/<key:key>/documents")
@operation("案件生成的文书", answer=IssuedPaperListSchema, errors=(404,))
def list_papers(key: int) -> dict[str, Any]:
    """List the papers that the case issued."""
    with read() as connection:
        return {"items": case_papers(connection, actor(), key, platform().sources.definitions)}


def _made(key: int, paper: str, body: dict[str, Any]) -> PaperPreview:
    definitions = platform().sources.definitions
    with read() as connection:
        return preview_paper(connection, actor(), key, paper, body["variables"], now(), definitions)
