"""An installation of the small bureau, its application with a clock that stands still, and people who use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.clock import FakeClock
from engine.identity.secrets import digest_of, new_secret
from engine.identity.sign_in import NOBODY, OpenSession
from engine.installation.settings import Settings
from engine.installation.setup import set_up
from tests.integration.webapi.house import PASSWORD, write_content
from webapi.app import create_app
from webapi.forms import validate_form
from webapi.security import COOKIE, CSRF_HEADER
from webapi.services import services_of


@pytest.fixture(scope="session")
def content_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bureau's content folder."""
    root = tmp_path_factory.mktemp("content")
    write_content(root)
    return root


@pytest.fixture
def settings(database_url: str, content_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings of an installation that has been set up."""
    monkeypatch.setenv("BANJIE_FIRST_PASSWORD", PASSWORD)
    found = Settings(database_url, tmp_path / "data", content_root)
    outcome = set_up(found, validate_form)
    assert outcome.content.refused == {}
    return found


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands at nine o'clock on a Monday in Weihai."""
    return FakeClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


@pytest.fixture
def app(settings: Settings, clock: FakeClock) -> Iterator[Flask]:
    """Give the application."""
    made = create_app(settings, clock)
    yield made
    services_of(made).platform.engine.dispose()


@dataclass
class Person:
    """Somebody at their browser, signed in."""

    client: FlaskClient
    csrf_token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **query: Any) -> TestResponse:
        """Ask for a resource of the API."""
        return self.client.get(f"/api{path}", query_string=query, headers=self.headers)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> TestResponse:
        """Send a command, once for ``key`` where one is given."""
        return self._send("POST", path, body, key)

    def put(self, path: str, body: Any = None) -> TestResponse:
        """Put something."""
        return self._send("PUT", path, body, None)

    def delete(self, path: str) -> TestResponse:
        """Take something away."""
        return self._send("DELETE", path, None, None)

    def _send(self, method: str, path: str, body: Any, key: str | None) -> TestResponse:
        headers = {**self.headers, CSRF_HEADER: self.csrf_token}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.client.open(f"/api{path}", method=method, json=body, headers=headers)

    def start(self, procedure: str = "shenqing", **variables: Any) -> str:
        """Start a case and return its key."""
        response = self.post("/process-instances", {"procedureId": procedure, "variables": variables})
        assert response.status_code == 201, response.text
        return str(response.json["key"])

    def tasks(self, **query: Any) -> list[dict[str, Any]]:
        """Return the first page of the inbox."""
        found: list[dict[str, Any]] = self.get("/user-tasks", **query).json["items"]
        return found

    def task(self, name: str, case: str | None = None) -> str:
        """Return the key of the one open task with this name (in a case)."""
        found = [
            task["key"]
            for task in self.tasks(limit=200)
            if task["name"] == name and case in (None, task["processInstanceKey"])
        ]
        assert len(found) == 1, found
        return str(found[0])

    def complete(self, task: str, **variables: Any) -> TestResponse:
        """Complete a user task."""
        return self.post(f"/user-tasks/{task}/completion", {"variables": variables})


@pytest.fixture
def person(app: Flask) -> Callable[[str], Person]:
    """Return a function that gives somebody signed in by user name, past the slow password check."""

    def sign_in(username: str) -> Person:
        secret, token = new_secret(), new_secret()
        services_of(app).platform.bus.execute(OpenSession(username, digest_of(secret), token), NOBODY)
        client = app.test_client()
        client.set_cookie(COOKIE, secret)
        return Person(client, token)

    return sign_in


@pytest.fixture
def anybody(app: Flask) -> Person:
    """Return somebody who is not signed in."""
    return Person(app.test_client())
