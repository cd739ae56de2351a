"""Outside systems that diagrams may call: named, pinned, shown without their secrets, taken away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from engine.store.connections import opened_headers
from engine.store.database import reading
from engine.store.tables.general import connection as connection_table
from engine.store.vault import is_sealed
from tests.integration.webapi.conftest import Person
from webapi.services import services_of

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]
URL = "http://127.0.0.1:9/registry"


def _headers(app: Flask) -> dict[str, str]:
    with reading(services_of(app).platform.engine) as connection:
        kept: dict[str, str] = connection.execute(select(connection_table.c.headers)).scalar_one()
        assert all(is_sealed(value) for value in kept.values())
        return opened_headers(kept, services_of(app).platform.bus.vault, "registry")


def test_a_connection_is_named_shown_without_secrets_and_forgotten(app: Flask, person: People) -> None:
    admin = person("admin")
    body = {"baseUrl": URL, "headers": {"X-Key": "geheim"}, "timeoutSeconds": 10}

    assert admin.put("/admin/connections/registry", body).json == {"name": "registry", "address": "127.0.0.1"}

    listed = admin.get("/admin/connections")
    assert "geheim" not in listed.text
    (item,) = listed.json["items"]
    assert (item["baseUrl"], item["headers"], item["timeoutSeconds"]) == (URL, ["X-Key"], 10)
    assert item["changedBy"]["id"] == "admin"
    assert admin.delete("/admin/connections/registry").status_code == 204
    assert admin.get("/admin/connections").json["items"] == []
    assert admin.delete("/admin/connections/registry").json["code"] == "commands.connection-unknown"


def test_headers_not_given_stay_as_they_are(app: Flask, person: People) -> None:
    admin = person("admin")
    admin.put("/admin/connections/registry", {"baseUrl": URL, "headers": {"X-Key": "geheim"}})

    admin.put("/admin/connections/registry", {"baseUrl": URL, "timeoutSeconds": 5})
    assert _headers(app) == {"X-Key": "geheim"}

    admin.put("/admin/connections/registry", {"baseUrl": URL, "headers": {}})
    assert _headers(app) == {}


@pytest.mark.parametrize(
    "body",
    [
        {"baseUrl": "ftp://127.0.0.1"},
        {"baseUrl": "http://169.254.169.254/"},
        {"baseUrl": URL, "headers": {"X Key": "x"}},
        {"baseUrl": URL, "headers": {"X-Key": "a\r\nB: c"}},
        {"baseUrl": URL, "timeoutSeconds": 0},
    ],
)
def test_what_may_not_be_called_is_refused(person: People, body: dict[str, object]) -> None:
    assert person("admin").put("/admin/connections/registry", body).status_code == 400


def test_only_system_administrators_see_and_name_them(person: People) -> None:
    for name in ("shen", "jia"):
        assert person(name).get("/admin/connections").status_code == 403
        assert person(name).put("/admin/connections/registry", {"baseUrl": URL}).status_code == 403
