"""One HTTP call to a named connection: pinned address, no redirects, bounded answer."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from engine.errors import BanjieError

MAXIMUM_ANSWER = 1_000_000
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})


class CallFailed(BanjieError):
    """The outside system could not be reached, or what it answered is of no use."""

    code = "jobs.call-failed"


@dataclass(frozen=True, slots=True)
class Target:
    """A connection as an administrator named it."""

    base_url: str
    address: str
    headers: Mapping[str, str]
    timeout_seconds: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What the outside system answered; ``body`` is JSON where it said so, else text."""

    status: int
    body: Any


class _Pinned(http.client.HTTPConnection):
    """Connects to the pinned address whatever the name resolves to now."""

    def __init__(self, host: str, port: int, address: str, timeout: int, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address = address
        self._context = context

    def connect(self) -> None:
        connected = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = (
            connected if self._context is None else self._context.wrap_socket(connected, server_hostname=self.host)
        )


def call(target: Target, method: str, path: str, body: Any, key: str, *, maximum: int = MAXIMUM_ANSWER) -> Reply:
    """Call once; ``key`` goes along as Idempotency-Key, so that a repeated job is recognised. Raises CallFailed.

    ``maximum`` is how many bytes the answer may have.
    """
    parts = urlsplit(target.base_url)
    if method not in METHODS or "\r" in path or "\n" in path or ".." in path.split("/"):
        raise CallFailed(f"不允许的调用：{method} {path}")
    context = ssl.create_default_context() if parts.scheme == "https" else None
    port = parts.port or (443 if context else 80)
    connection = _Pinned(parts.hostname or "", port, target.address, target.timeout_seconds, context)
    headers = {"Accept": "application/json", "Idempotency-Key": key, **target.headers}
    data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    if data is not None:
        headers["Content-Type"] = "application/json"
    try:
        connection.request(method, f"{parts.path}/{path.lstrip('/')}", data, headers)
        answer = connection.getresponse()
        raw = answer.read(maximum + 1)
    except (OSError, http.client.HTTPException) as error:
        raise CallFailed(f"调用外部系统失败：{error}") from error
    finally:
        connection.close()
    if len(raw) > maximum:
        raise CallFailed(f"外部系统的答复超过 {maximum} 字节。")
    if answer.status >= 300:
        raise CallFailed(f"外部系统答复状态 {answer.status}（不跟随重定向）。")
    return Reply(answer.status, _decode(raw, answer.headers.get_content_type()))


def _decode(raw: bytes, content_type: str) -> Any:
    text = raw.decode("utf-8", "replace")
    if content_type != "application/json" or not text:
        return text or None
    try:
        return json.loads(text)
    except ValueError as error:
        raise CallFailed(f"外部系统的答复不是有效的 JSON：{error}") from error
