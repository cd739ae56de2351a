"""The page: built files from ``webui/dist``. What carries a digest in its name never changes and is kept for a year."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from engine.errors import NotFound

DIST = Path(__file__).resolve().parents[1] / "webui" / "dist"
YEAR = 31_536_000

blueprint = Blueprint("page", __name__)


class PageMissing(NotFound):
    """The page has not been built."""

    code = "webapi.page-missing"


@blueprint.get("/")
def index() -> Response:
    """Give the page; it is looked at anew each time, for it names the other files."""
    if not (DIST / "index.html").is_file():
        raise PageMissing("页面尚未构建，请运行 scripts/start，它会自动构建。")
    response = send_from_directory(DIST, "index.html")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/assets/<path:name>")
def asset(name: str) -> Response:
    """Give a file with a digest in its name."""
    response = send_from_directory(DIST / "assets", name)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


@blueprint.get("/<name>")
def file(name: str) -> Response:
    """Give one of the few files beside the page, such as its icon."""
    response = send_from_directory(DIST, name)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
