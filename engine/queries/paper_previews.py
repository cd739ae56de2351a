"""Papers shown before they are signed: made from the case as it stands and the form as it is filled in, as a Word file
at once, as a PDF file when it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.definitions.model import ProcessModel
from engine.definitions.papers import RENDER
from engine.definitions.repository import Definitions
from engine.documents.papers.headers import data_of, title_of
from engine.documents.papers.rendering import PREVIEW, render
from engine.errors import NotFound
from engine.queries.papers import case_context, papers_shown
from engine.queries.sight import Sight
from engine.queries.user_task import UserTaskInvisible, visible_row
from engine.queries.variables import visible_variables
from engine.queries.viewer import Viewer
from engine.queries.visibility import hidden_fields, shown
from engine.store.tables.records import paper_preview


class PaperNotPreviewable(NotFound):
    """The user task shows no preview of this paper."""

    code = "queries.paper-not-previewable"


class PrintedPreviewGone(NotFound):
    """There is no such preview: it was thrown away after some minutes, is not printed, or is another's."""

    code = "queries.printed-preview-gone"


@dataclass(frozen=True, slots=True)
class PaperPreview:
    """A paper that says 预览; ``name`` is without the file's ending."""

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
    return PaperPreview(f"{title}（{PREVIEW}）", content)


def printed_preview(connection: Connection, viewer: Viewer, key: int) -> dict[str, Any]:
    """Tell how far one's own preview is: ``state``, ``message``, ``file_name``. Raises PrintedPreviewGone."""
    columns = paper_preview.c
    query = select(columns.key, columns.state, columns.message, columns.file_name)
    row = connection.execute(query.where(columns.key == key, columns.actor_id == viewer.id)).mappings().first()
    if row is None:
        raise PrintedPreviewGone("预览已过期，请重新生成。")
    return dict(row)


def printed_content(connection: Connection, viewer: Viewer, key: int) -> bytes:
    """Return the PDF of one's own preview. Raises PrintedPreviewGone."""
    if printed_preview(connection, viewer, key)["state"] != "DONE":
        raise PrintedPreviewGone("预览还没有生成，请稍候。")
    content = connection.execute(select(paper_preview.c.pdf).where(paper_preview.c.key == key)).scalar_one()
    return bytes(content)


def _headers(model: ProcessModel, paper_id: str) -> Mapping[str, str]:
    """What the service task that issues the paper says of its data, so that the preview shows the same."""
    for node in model.body.walk():
        job = node.job
        if job is not None and job.type.source == RENDER and job.headers.get("document") == paper_id:
            return job.headers
    return {}
