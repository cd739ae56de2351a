"""Whatever is sent, the answer is a problem that says what is wrong, never an error of the server."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.integration.webapi.conftest import Person
from webapi.security import LARGEST_BODY

People = Callable[[str], Person]


def send(somebody: Person, data: bytes, path: str = "/process-instances", **headers: str) -> tuple[int, str]:
    """Post raw bytes as JSON and return status and code."""
    response = somebody.client.post(
        f"/api{path}",
        data=data,
        headers={"Content-Type": "application/json", "X-CSRF-Token": somebody.csrf_token, **headers},
    )
    assert response.mimetype == "application/problem+json", response.text
    assert response.json["status"] == response.status_code
    assert response.json["detail"]
    return response.status_code, response.json["code"]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"\xff\xfe",
        b'{"procedureId": "huiqian", "variables": {"x": NaN}}',
        b'{"procedureId": "huiqian", "variables": {"x": 1e999}}',
        b'{"procedureId": "huiqian", "variables": {"x": "a\\u0000"}}',
        b'{"procedureId": "huiqian", "variables": {"x": "\\ud800"}}',
        b'{"procedureId": "huiqian", "variables": {"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
        b'{"procedureId": "huiqian", "variables": {"x": ' + b"9" * 10_000 + b"}}",
    ],
    ids=["broken", "no text", "NaN", "infinite", "null character", "half a character", "deep", "huge number"],
)
def test_what_is_no_storable_json_is_refused(person: People, data: bytes) -> None:
    assert send(person("jia"), data) == (400, "webapi.body-invalid")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (b"[]", ""),
        (b"{}", "procedureId"),
        (b'{"procedureId": 5}', "procedureId"),
        (b'{"procedureId": "huiqian", "variables": []}', "variables"),
        (b'{"procedureId": "huiqian", "variablen": {}}', "variablen"),
        (b'{"procedureId": "huiqian", "businessKey": "' + b"x" * 201 + b'"}', "businessKey"),
    ],
)
def test_what_does_not_fit_the_schema_is_refused_at_its_field(person: People, data: bytes, field: str) -> None:
    jia = person("jia")

    response = jia.client.post(
        "/api/process-instances", data=data, content_type="application/json", headers={"X-CSRF-Token": jia.csrf_token}
    )

    assert response.status_code == 400
    assert list(response.json["fields"]) == [field]


def test_a_body_of_another_kind_is_refused(person: People) -> None:
    assert send(person("jia"), b"a=b", **{"Content-Type": "application/x-www-form-urlencoded"})[0] == 400


def test_a_body_that_is_too_large_is_refused(person: People) -> None:
    data = b'{"procedureId": "huiqian", "variables": {"x": "' + b"x" * LARGEST_BODY + b'"}}'

    assert send(person("jia"), data) == (413, "http.413")


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb"])
def test_an_odd_idempotency_key_is_refused(person: People, key: str) -> None:
    status, code = send(person("jia"), b'{"procedureId": "huiqian"}', **{"Idempotency-Key": key})

    assert (status, code) == (400, "webapi.idempotency-key-invalid")


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=viele", "tab=x", "unbekannt=1"])
def test_an_odd_query_is_refused(person: People, query: str) -> None:
    response = person("jia").client.get(f"/api/user-tasks?{query}")

    assert response.status_code == 400
    assert list(response.json["fields"]) == [query.partition("=")[0]]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nix", 404),
        ("GET", "/api/procedures/%00/start-form", 404),
        ("GET", "/api/user-tasks?search=%00", 404),
        ("PATCH", "/api/counts", 405),
        ("GET", "/api/process-instances/99999999999999999999", 404),
        ("GET", "/nix", 404),
        ("GET", "/assets/..%2f..%2fsetup.cfg", 404),
    ],
)
def test_what_is_not_there_is_a_problem_too(person: People, method: str, path: str, status: int) -> None:
    response = person("jia").client.open(path, method=method)

    assert response.status_code == status
    assert response.mimetype == "application/problem+json"


def test_every_answer_has_strict_headers(person: People) -> None:
    response = person("jia").get("/counts")

    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
