"""Papers shown before they are signed: made from the case as it stands and the form as it is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.definitions.model import ProcessModel
from engine.definitions.papers import RENDER
from engine.definitions.repository import Definitions
from engine.documents.papers.headers import data_of, file_name, title_of
from engine.documents.papers.rendering import PREVIEW, render
from engine.errors import NotFound
from engine.queries.papers import case_context, papers_shown
from engine.queries.sight import Sight
from engine.queries.user_task import UserTaskInvisible, visible_row
from engine.queries.variables import visible_variables
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields, shown


class PaperNotPreviewable(NotFound):
    """The user task shows no preview of this paper."""

    code = "queries.paper-not-previewable"


@dataclass(frozen=True, slots=True)
class PaperPreview:
    """A paper that says 预览; nothing of it is stored."""

    name: str
    content: bytes


def preview_paper(
    connection: Connection,
    viewer: Viewer,
    key: int,
    paper_id: str,
    variables: Mapping[str, Any],
    now: datetime,
    definitions: Definitions,
) -> PaperPreview:
    """Return the paper as the user task ``key`` would make it with the form's ``variables``.

    For those who see the content of the case; what is hidden from them stays blank. Raises UserTaskInvisible,
    PaperNotPreviewable, PaperFailed, RenderHeadersInvalid.
    """
    row, sight = visible_row(connection, viewer, key)
    if sight is not Sight.CONTENT:
        raise UserTaskInvisible(f"没有键为 {key} 的待办，或者您无权查看。")
    model = definitions.model(connection, row["definition_key"])
    hidden = hidden_fields(connection, definitions, viewer, row["root_key"])
    context = case_context(connection, row["root_key"])
    scope = {**shown(visible_variables(connection, row["bound_to"] or key), hidden), **variables, **context}
    if paper_id not in papers_shown(model.node(row["element_id"]), scope):
        raise PaperNotPreviewable(f"此待办没有可预览的文书 {paper_id}。")
    paper = definitions.latest_paper(connection, paper_id)
    headers = _headers(model, paper_id)
    data = {**data_of(headers, scope), **context}
    title = title_of(headers, scope, paper["title"])
    content = render(definitions.content(connection, paper["digest"]), data, now=now, preview=True)
    return PaperPreview(file_name(f"{title}（{PREVIEW}）", "docx"), content)


def _headers(model: ProcessModel, paper_id: str) -> Mapping[str, str]:
    """What the service task that issues the paper says of its data, so that the preview shows the same."""
    for node in model.body.walk():
        job = node.job
        if job is not None and job.type.source == RENDER and job.headers.get("document") == paper_id:
            return job.headers
    return {}
