"""An installation of the small bureau and those who use it through the protocol, each with a token of their own."""

from __future__ import annotations

import io
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
from engine.identity.accounts import issue_api_token
from engine.identity.people import load_actor
from engine.installation.settings import Settings
from engine.installation.setup import set_up
from engine.store.database import reading
from tests.integration.v2.bureau import FILES, PASSWORD, write_organisation
from webapi.app import create_app
from webapi.forms import validate_form
from webapi.services import services_of
from webapi.v2.waiting import EXTENSION, Waiting


@pytest.fixture(scope="session")
def v2_content_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bureau's content folder: people only, everything else is deployed through the protocol."""
    root = tmp_path_factory.mktemp("v2-content")
    write_organisation(root)
    return root


@pytest.fixture
def settings(database_url: str, v2_content_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings of an installation that has been set up."""
    monkeypatch.setenv("BANJIE_FIRST_PASSWORD", PASSWORD)
    found = Settings(database_url, tmp_path / "data", v2_content_root)
    set_up(found, validate_form)
    return found


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands at nine o'clock on a Monday in Weihai."""
    return FakeClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


@dataclass
class Sleeper:
    """Lets no time pass, but does what is to happen meanwhile."""

    pauses: list[float] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    def __call__(self, seconds: float) -> None:
        """Note the pause."""
        self.pauses.append(seconds)
        self.meanwhile()


@pytest.fixture
def sleeper() -> Sleeper:
    """Return what waiting requests sleep with."""
    return Sleeper()


@pytest.fixture
def app(settings: Settings, clock: FakeClock, sleeper: Sleeper) -> Iterator[Flask]:
    """Give the application."""
    made = create_app(settings, clock)
    made.extensions[EXTENSION] = Waiting(sleeper)
    yield made
    services_of(made).platform.engine.dispose()


@dataclass
class Caller:
    """Somebody who speaks the protocol."""

    client: FlaskClient
    headers: dict[str, str]

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> TestResponse:
        """Send a request."""
        if body is not None:
            more["json"] = body
        headers = {**self.headers, **more.pop("headers", {})}
        return self.client.open(f"/v2{path}", method=method, headers=headers, **more)

    def get(self, path: str, **query: Any) -> TestResponse:
        """Ask for something."""
        return self.call("GET", path, query_string=query)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        """Send something."""
        return self.call("POST", path, {} if body is None else body, **more)

    def find(self, path: str, **filters: Any) -> list[dict[str, Any]]:
        """Return the items of a search."""
        response = self.post(f"{path}/search", {"filter": filters})
        assert response.status_code == 200, response.text
        found: list[dict[str, Any]] = response.json["items"]
        return found

    def only(self, path: str, **filters: Any) -> dict[str, Any]:
        """Return the one item of a search."""
        found = self.find(path, **filters)
        assert len(found) == 1, found
        return found[0]

    def deploy(self, **files: bytes) -> TestResponse:
        """Deploy files; ``__`` in a name stands for a dot, no files for all of the bureau's."""
        sent = {name.replace("__", "."): content for name, content in files.items()} or FILES
        data = {"resources": [(io.BytesIO(content), name) for name, content in sent.items()]}
        return self.call("POST", "/deployments", data=data, content_type="multipart/form-data")

    def start(self, process_id: str, **variables: Any) -> str:
        """Start a process instance and return its key."""
        response = self.post("/process-instances", {"processDefinitionId": process_id, "variables": variables})
        assert response.status_code == 200, response.text
        return str(response.json["processInstanceKey"])

    def work(self, type_: str, **more: Any) -> list[dict[str, Any]]:
        """Activate jobs, without waiting."""
        body = {"type": type_, "worker": "w", "timeout": 60_000, "maxJobsToActivate": 10, "requestTimeout": -1, **more}
        response = self.post("/jobs/activation", body)
        assert response.status_code == 200, response.text
        jobs: list[dict[str, Any]] = response.json["jobs"]
        return jobs


@pytest.fixture
def caller(app: Flask) -> Callable[[str], Caller]:
    """Return a function that gives somebody with a token, by user name."""

    def with_token(username: str) -> Caller:
        bus = services_of(app).platform.bus
        with reading(bus.engine) as connection:
            found = load_actor(connection, username)
        _, secret = issue_api_token(bus, found, "test", None)
        return Caller(app.test_client(), {"Authorization": f"Bearer {secret}"})

    return with_token


@pytest.fixture
def boss(caller: Callable[[str], Caller]) -> Caller:
    """Return an administrator who does a clerk's work too, after deploying everything."""
    found = caller("boss")
    response = found.deploy()
    assert response.status_code == 200, response.text
    return found


@pytest.fixture
def clerk(caller: Callable[[str], Caller], boss: Caller) -> Caller:
    """Return an ordinary user."""
    return caller("clerk")
