"""docs/camunda-api.md names every operation of the official client, and says of each truly whether it is served."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from flask import Flask

from webapi.keys import KeyConverter
from webapi.v2 import register

TABLE = Path(__file__).resolve().parents[2] / "docs" / "camunda-api.md"
_ROW = re.compile(r"^\| (\w+) \| (GET|POST|PUT|PATCH|DELETE) (\S+) \| (yes|different|no) \|", re.MULTILINE)
_ARGUMENT = re.compile(r"\{[^}]*\}|<[^>]*>")


def told() -> dict[tuple[str, str], tuple[str, str]]:
    """Return what the table says: method and address to operation and verdict."""
    rows = _ROW.findall(TABLE.read_text(encoding="utf-8"))
    return {
        (method, _ARGUMENT.sub("{}", address)): (operation, verdict) for operation, method, address, verdict in rows
    }


def served() -> dict[tuple[str, str], str]:
    """Return what the server serves: method and address to operation."""
    app = Flask(__name__)
    app.url_map.converters["key"] = KeyConverter
    register(app)
    return {
        (method, _ARGUMENT.sub("{}", rule.rule).removeprefix("/v2")): rule.endpoint.partition(".")[2]
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/v2/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_what_the_table_calls_served_is_served_and_nothing_else() -> None:
    said = {place: operation for place, (operation, verdict) in told().items() if verdict != "no"}
    assert said == served()


def test_every_operation_of_the_official_client_is_in_the_table() -> None:
    found = find_spec("camunda_orchestration_sdk")
    if found is None or found.origin is None:
        pytest.skip("missing here: camunda-orchestration-sdk: pip install -r requirements/dev.lock")
    operations = set()
    for file in (Path(found.origin).parent / "api").glob("*/*.py"):
        text = file.read_text(encoding="utf-8")
        method, address = re.search(r'"method":\s*"(\w+)"', text), re.search(r'"url":\s*"([^"]+)"', text)
        if method is not None and address is not None:
            operations.add((method[1].upper(), _ARGUMENT.sub("{}", address[1])))
    assert operations
    assert operations == set(told())
