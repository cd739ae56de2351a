"""A running server of the small bureau, for clients that know nothing of it but its address."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn

import pytest
from werkzeug.serving import make_server

from engine.installation.settings import Settings
from engine.installation.setup import set_up
from tests.integration.v2.bureau import FILES, PASSWORD, write_organisation
from webapi.app import create_app
from webapi.forms import validate_form
from webapi.services import services_of


@dataclass(frozen=True, slots=True)
class Served:
    """Where the server is, one password for all its people, and the bureau's files in a folder."""

    address: str
    password: str
    files: Path


@pytest.fixture
def served(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Serve on a free port of this machine, in a thread, until the test is over."""
    monkeypatch.setenv("BANJIE_FIRST_PASSWORD", PASSWORD)
    monkeypatch.setattr(logging.getLogger("werkzeug"), "level", logging.ERROR)
    content = tmp_path / "content"
    write_organisation(content)
    files = tmp_path / "files"
    files.mkdir()
    for name, data in FILES.items():
        (files / name).write_bytes(data)
    settings = Settings(database_url, tmp_path / "data", content)
    set_up(settings, validate_form)
    app = create_app(settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    assert isinstance(server, ThreadingMixIn)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="served")
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}", PASSWORD, files)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        services_of(app).platform.engine.dispose()
