"""The page: built files from ``webui/dist``. What carries a digest in its name never changes and is kept for a year."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory

from engine.errors import NotFound

DIST = Path(__file__).resolve().parents[1] / "webui" / "dist"
YEAR = 31_536_000
COMPRESSIBLE = frozenset({".js", ".css", ".svg", ".json", ".html"})

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
    response = _compressed(send_from_directory(DIST / "assets", name), DIST / "assets" / name)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


@blueprint.get("/<name>")
def file(name: str) -> Response:
    """Give one of the few files beside the page, such as its icon."""
    response = send_from_directory(DIST, name)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _compressed(response: Response, path: Path) -> Response:
    """Return a found text file compressed for browsers that take it; each is compressed once."""
    response.headers["Vary"] = "Accept-Encoding"
    if path.suffix not in COMPRESSIBLE or not request.accept_encodings["gzip"] or response.status_code != 200:
        return response
    response.direct_passthrough = False
    response.set_data(_gzipped(path, path.stat().st_mtime_ns))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.remove("Accept-Ranges")
    return response


@lru_cache(maxsize=256)
def _gzipped(path: Path, modified: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)
