"""Whatever is sent to any operation of either protocol, the server never fails (no 5xx), and says so in its own words.

Requests are made up from the API's own description; every other one is about things that exist. The same in every run:
HYPOTHESIS_PROFILE=explore looks further.
"""

from __future__ import annotations

import itertools
import os
from typing import Any

import hypothesis
import pytest
from flask import Flask

from tests.integration.v2.conftest import Caller
from tests.integration.v2.test_roles import keys

schemathesis = pytest.importorskip(
    "schemathesis", reason="missing here: schemathesis: pip install -r requirements/dev.lock"
)

pytestmark = pytest.mark.slow

EXAMPLES = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "explore" else 12
"""Requests to each operation."""
OWN = {"DELETE /api/session", "DELETE /api/tokens/{key}", "PUT /api/session/password"}
"""What would end the caller's own sign-in."""

__all__ = ["keys"]


def test_no_request_makes_the_server_fail(app: Flask, boss: Caller, keys: dict[str, str]) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    real = itertools.cycle(sorted(keys.values()))
    turn = itertools.count()
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if f"{operation.method.upper()} {operation.path}" not in OWN:
            asked += 1
            _send(operation, boss, turn, real)
    assert asked > 100


def _send(operation: Any, boss: Caller, turn: Any, real: Any) -> None:
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy())
    def send(case: Any) -> None:
        if case.path_parameters and next(turn) % 2:
            for name in case.path_parameters:
                case.path_parameters[name] = next(real)
        response = case.call(headers=boss.headers)
        assert response.status_code < 500, (case.as_curl_command(), response.text)
        if response.status_code >= 400:
            assert response.headers["content-type"][0] == "application/problem+json", case.as_curl_command()

    send()
