"""Pages for A4 paper."""

from __future__ import annotations

from flask import Blueprint, Response

from engine.printing.facts import print_case, print_task
from engine.printing.pages import POLICY
from webapi.operations import operation
from webapi.security import actor
from webapi.services import moment, platform, read

blueprint = Blueprint("printing", __name__)
HTML = "text/html"


@blueprint.get("/process-instances/<key:key>/print")
@operation("案件的打印页（A4）", errors=(404,), media_type=HTML)
def print_process_instance(key: int) -> Response:
    """Give a case with its record, clocks and files, to be printed."""
    with read() as connection:
        return _page(print_case(connection, actor(), key, moment(connection), platform().sources.definitions))


@blueprint.get("/user-tasks/<key:key>/print")
@operation("表单的打印页（A4）", errors=(404,), media_type=HTML)
def print_user_task(key: int) -> Response:
    """Give a form as it was filled in, with opinion and signature, to be printed."""
    with read() as connection:
        return _page(print_task(connection, actor(), key, platform().sources.definitions))


def _page(text: str) -> Response:
    response = Response(text, mimetype=HTML)
    response.headers["Content-Security-Policy"] = POLICY
    return response
