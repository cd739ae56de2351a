"""A tiny S3-compatible object store on loopback, in the test's own process: as much of it as contents need."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Objects:
    """What the store holds, what it was asked, and whether it is out of order."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.asked: list[str] = []
        self.largest_request = 0
        self.failing = False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    objects: Objects

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_PUT(self) -> None:
        body = self._body()
        key, query = self._asked("PUT")
        if "uploadId" in query:
            self.objects.parts[query["uploadId"][0]][int(query["partNumber"][0])] = body
        else:
            self.objects.contents[key] = body
        self._answer(200, headers={"ETag": '"x"'})

    def do_POST(self) -> None:
        self._body()
        key, query = self._asked("POST")
        if "uploads" in query:
            upload = f"u{len(self.objects.parts)}"
            self.objects.parts[upload] = {}
            begun = f"<UploadId>{upload}</UploadId>"
            self._answer(200, f"<InitiateMultipartUploadResult>{begun}</InitiateMultipartUploadResult>")
            return
        parts = self.objects.parts.pop(query["uploadId"][0])
        self.objects.contents[key] = b"".join(parts[number] for number in sorted(parts))
        self._answer(200, "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>")

    def do_HEAD(self) -> None:
        key, _ = self._asked("HEAD")
        content = self.objects.contents.get(key)
        self._answer(404 if content is None else 200, length=len(content or b""))

    def do_GET(self) -> None:
        key, query = self._asked("GET")
        if "list-type" in query:
            prefix = query.get("prefix", [""])[0]
            bucket = key.partition("/")[0]
            names = [name for name in sorted(self.objects.contents) if name.startswith(f"{bucket}/{prefix}")]
            listed = "".join(
                f"<Contents><Key>{escape(name.partition('/')[2])}</Key><LastModified>2026-01-01T00:00:00.000Z"
                "</LastModified><ETag>x</ETag><Size>1</Size></Contents>"
                for name in names
            )
            self._answer(200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>")
            return
        content = self.objects.contents.get(key)
        if content is None:
            self._answer(404, "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>")
        else:
            self._answer(200, content)

    def do_DELETE(self) -> None:
        key, _ = self._asked("DELETE")
        self.objects.contents.pop(key, None)
        self._answer(204)

    def _asked(self, method: str) -> tuple[str, dict[str, list[str]]]:
        parts = urlsplit(self.path)
        self.objects.asked.append(f"{method} {self.path}")
        return unquote(parts.path.lstrip("/")), parse_qs(parts.query, keep_blank_values=True)

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        self.objects.largest_request = max(self.objects.largest_request, length)
        return self.rfile.read(length)

    def _answer(
        self,
        status: int,
        body: str | bytes = b"",
        *,
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        data = body.encode() if isinstance(body, str) else body
        if self.objects.failing:
            status, data, length = 500, b"<Error><Code>InternalError</Code></Error>", None
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Last-Modified", formatdate(0, usegmt=True))
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


@contextmanager
def object_store() -> Iterator[tuple[str, Objects]]:
    """Give the address of a running store (``s3://…``) and what it holds."""
    objects = Objects()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"objects": objects}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"s3://papers/banjie?endpoint=http://127.0.0.1:{server.server_port}&region=cn-1", objects
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
