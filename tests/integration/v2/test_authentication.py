"""Basic and bearer authentication beside the session of the page."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from flask import Flask

from engine.identity.secrets import digest_of, new_secret
from engine.identity.sign_in import NOBODY, OpenSession
from tests.integration.v2.bureau import PASSWORD
from tests.integration.v2.conftest import Caller
from webapi.security import COOKIE, CSRF_HEADER
from webapi.services import services_of


def basic(text: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(text.encode()).decode()}


def test_a_password_is_as_good_as_a_token(app: Flask) -> None:
    caller = Caller(app.test_client(), basic(f"clerk:{PASSWORD}"))
    assert caller.get("/authentication/me").json["username"] == "clerk"
    assert caller.post("/process-instances/search").status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        *(basic(text)["Authorization"] for text in ("clerk:wrong", "nobody:x", "clerk", ":", "a\0b:c")),
        "Basic !!!",
        "Basic",
        "Bearer x",
        "Bearer",
        "Digest x",
        "",
    ],
)
def test_anything_else_is_refused_with_what_would_do(app: Flask, header: str) -> None:
    response = Caller(app.test_client(), {"Authorization": header}).get("/topology")
    assert response.status_code == 401
    assert response.json["title"] == "Unauthorized"
    assert "Basic" in response.headers["WWW-Authenticate"]


def test_a_session_needs_its_token_for_changes(app: Flask, boss: Caller) -> None:
    secret, token = new_secret(), new_secret()
    services_of(app).platform.bus.execute(OpenSession("clerk", digest_of(secret), token), NOBODY)
    client = app.test_client()
    client.set_cookie(COOKIE, secret)
    body = {"processDefinitionId": "two-tasks"}
    assert Caller(client, {}).get("/topology").status_code == 200
    assert Caller(client, {}).post("/process-instances", body).status_code == 403
    assert Caller(client, {CSRF_HEADER: token}).post("/process-instances", body).status_code == 200


def test_who_asks_is_told_with_roles_and_groups(caller: Callable[[str], Caller]) -> None:
    me = caller("boss").get("/authentication/me").json
    assert (me["displayName"], me["roles"], me["groups"]) == ("管某", ["admin"], ["文书", "系统管理员"])
    assert me["tenants"] == [{"name": "Default", "tenantId": "<default>", "description": None}]


def test_a_repeated_command_with_a_key_is_done_once(boss: Caller) -> None:
    body = {"processDefinitionId": "two-tasks"}
    first, again = (boss.post("/process-instances", body, headers={"Idempotency-Key": "k1"}) for _ in range(2))
    assert first.json == again.json
    assert len(boss.find("/process-instances")) == 1
