"""A real server: gunicorn with two processes on loopback, over an installation that ``banjie setup`` made."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from engine.installation.settings import Settings
from engine.installation.setup import set_up
from tests.integration.webapi.house import PASSWORD, write_content
from tests.support.requirements import ROOT
from webapi.forms import validate_form

PATIENCE = 60.0
"""Seconds until an answer must be there, however busy the machine is."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it is, and its master process."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> int:
        """Ask it to end and return its exit status."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


@pytest.fixture
def server(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Give a server on a free port; it is ended by its own process id."""
    monkeypatch.setenv("BANJIE_FIRST_PASSWORD", PASSWORD)
    content, data = tmp_path / "content", tmp_path / "data"
    write_content(content)
    set_up(Settings(database_url, data, content), validate_form)
    environment = {
        **os.environ,
        "BANJIE_DATABASE_URL": database_url,
        "BANJIE_DATA_DIR": str(data),
        "BANJIE_CONTENT_DIR": str(content),
    }
    log = tmp_path / "server.log"
    # The socket listens before the server is started, so that a first request waits instead of failing.
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening, log.open("wb") as output:
        command = [
            *(sys.executable, "-m", "gunicorn", "--config", "webapi/gunicorn_conf.py", "--no-control-socket"),
            *("--workers", "2", "--bind", f"fd://{listening.fileno()}", "webapi.wsgi:application"),
        ]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, pass_fds=[listening.fileno()], stdout=output, stderr=output
        ) as process:
            try:
                yield Server(f"http://127.0.0.1:{listening.getsockname()[1]}", process, log)
            finally:
                if process.poll() is None:
                    process.kill()


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody signed in over HTTP."""

    client: httpx.Client

    def get(self, path: str, **query: Any) -> httpx.Response:
        """Ask for a resource."""
        return self.client.get(f"/api{path}", params=query)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> httpx.Response:
        """Send a command."""
        headers = {} if key is None else {"Idempotency-Key": key}
        return self.client.post(f"/api{path}", json={} if body is None else body, headers=headers)

    def start(self, procedure: str, **variables: Any) -> str:
        """Start a case and return its key."""
        response = self.post("/process-instances", {"procedureId": procedure, "variables": variables})
        assert response.status_code == 201, response.text
        return str(response.json()["key"])

    def task(self, name: str) -> str:
        """Return the key of the one open task with this name."""
        (found,) = [item["key"] for item in self.get("/user-tasks").json()["items"] if item["name"] == name]
        return str(found)


@pytest.fixture
def sign_in(server: Server) -> Iterator[Callable[[str], Browser]]:
    """Return a function that signs somebody in, with the password, as a browser does."""
    clients: list[httpx.Client] = []

    def opened(username: str) -> Browser:
        client = httpx.Client(base_url=server.url, timeout=PATIENCE)
        clients.append(client)
        response = client.post("/api/session", json={"username": username, "password": PASSWORD})
        assert response.status_code == 200, response.text
        client.headers["X-CSRF-Token"] = response.json()["csrfToken"]
        return Browser(client)

    yield opened
    for client in clients:
        client.close()
