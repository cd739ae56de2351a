"""OpenAPI as complete as the application, valid in itself, and readable without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask

from tests.integration.webapi.conftest import Person
from webapi.operations import operation_of


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def test_openapi_describes_every_operation_and_every_reference_resolves(app: Flask, anybody: Person) -> None:
    # when
    api = anybody.get("/openapi.json").json

    # then
    assert api["openapi"].startswith("3.")
    described = {(path, method.upper()) for path, operations in api["paths"].items() for method in operations}
    existing = {
        (re.sub(r"<(?:\w+:)?(\w+?)_?>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        if operation_of(app.view_functions[rule.endpoint]) is not None
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == existing
    for reference in _references(api):
        kind, name = re.fullmatch(r"#/components/(\w+)/(\w+)", reference).groups()  # type: ignore[union-attr]
        assert name in api["components"][kind]


def test_every_operation_says_its_parameters_answers_and_refusals(anybody: Person) -> None:
    api = anybody.get("/openapi.json").json
    names = [operation["operationId"] for operations in api["paths"].values() for operation in operations.values()]
    assert len(names) == len(set(names))
    for path, operations in api["paths"].items():
        for method, operation in operations.items():
            in_path = {item["name"] for item in operation["parameters"] if item["in"] == "path"}
            assert in_path == set(re.findall(r"{(\w+)}", path)), path
            assert any(status.startswith("2") for status in operation["responses"]), path
            assert operation["summary"]
            assert ("401" in operation["responses"]) == (bool(operation["security"]) or path == "/api/session"), path
            assert all("schema" in item for item in operation["parameters"]), (path, method)


def test_the_page_of_the_documentation_asks_nothing_from_outside(anybody: Person) -> None:
    page = anybody.get("/docs")

    assert page.mimetype == "text/html"
    assert "POST /api/process-instances" in page.text
    assert not re.search(r"(src|href)=[\"']?(https?:)?//", page.text)
    assert "<script" not in page.text


def test_health_tells_version_and_database(anybody: Person) -> None:
    assert anybody.get("/health").json == {"status": "ok", "version": "0.1.0", "database": "sqlite"}
