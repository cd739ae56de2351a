"""Signing in and out, CSRF, passwords, tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from engine.clock import FakeClock
from tests.integration.webapi.conftest import Person
from tests.integration.webapi.house import PASSWORD
from webapi.operations import operation_of

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]


def test_signing_in_gives_a_cookie_that_scripts_and_other_sites_cannot_use(anybody: Person) -> None:
    # when
    response = anybody.post("/session", {"username": "jia", "password": PASSWORD})

    # then
    assert response.status_code == 200
    assert response.json["user"] == {
        "id": "jia",
        "username": "jia",
        "name": "甲某",
        "department": {"id": "kjk", "name": "科技科"},
        "roles": [],
        "administrator": False,
        "auditor": False,
    }
    assert response.json["mustChangePassword"] is False
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("banjie_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert anybody.get("/session").json["csrfToken"] == response.json["csrfToken"]


@pytest.mark.parametrize("username", ["jia", "niemand"])
def test_a_wrong_password_and_an_unknown_name_are_refused_alike(anybody: Person, username: str) -> None:
    response = anybody.post("/session", {"username": username, "password": "falsch"})

    assert response.status_code == 401
    assert response.mimetype == "application/problem+json"
    assert response.json["code"] == "identity.sign-in-refused"
    assert response.json["detail"] == "用户名或密码不正确，请重新输入。"


def test_every_operation_but_the_open_ones_asks_who_it_is(app: Flask, anybody: Person) -> None:
    # given every operation that the application has
    asked = 0
    for rule in app.url_map.iter_rules():
        known = operation_of(app.view_functions[rule.endpoint])
        if known is None or known.everybody or not rule.rule.startswith("/api/"):
            continue
        path = re.sub(r"<key:[^>]+>", "1", rule.rule.removeprefix("/api"))
        path = re.sub(r"<[^>]+>", "x", re.sub(r"<int:[^>]+>", "2026", path))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            # when nobody in particular asks, then it is refused before anything else
            response = anybody.client.open(f"/api{path}", method=method, json=None if method == "GET" else {})
            assert response.status_code == 401, (method, path, response.text)
            assert response.json["code"] == "banjie.not-authenticated"
            asked += 1
    assert asked > 30


def test_a_change_without_the_csrf_token_is_refused_and_changes_nothing(person: People) -> None:
    # given
    jia = person("jia")
    started = {"procedureId": "huiqian", "variables": {}}

    # when
    without = jia.client.post("/api/process-instances", json=started)
    wrong = jia.client.post("/api/process-instances", json=started, headers={"X-CSRF-Token": "x"})

    # then
    assert (without.status_code, wrong.status_code) == (403, 403)
    assert without.json["code"] == "webapi.csrf-refused"
    assert jia.get("/counts").json["started"] == 0


def test_signing_out_ends_the_session(person: People) -> None:
    jia = person("jia")

    assert jia.delete("/session").status_code == 204

    assert jia.get("/session").status_code == 401


def test_a_session_ends_when_it_is_left_alone(person: People, clock: FakeClock) -> None:
    jia = person("jia")
    assert jia.get("/counts").status_code == 200

    clock.advance(timedelta(minutes=31))

    response = jia.get("/counts")
    assert response.status_code == 401
    assert response.json["code"] == "identity.session-over"


def test_changing_ones_password_ends_the_other_sessions(anybody: Person, person: People) -> None:
    # given
    here, elsewhere = person("jia"), person("jia")

    # when
    weak = here.put("/session/password", {"currentPassword": PASSWORD, "newPassword": "kurz"})
    wrong = here.put("/session/password", {"currentPassword": "falsch", "newPassword": "Neues-Wort-2026"})
    changed = here.put("/session/password", {"currentPassword": PASSWORD, "newPassword": "Neues-Wort-2026"})

    # then
    assert (weak.status_code, wrong.status_code, changed.status_code) == (400, 401, 204)
    assert "newPassword" in weak.json["fields"]
    assert here.get("/session").status_code == 200
    assert elsewhere.get("/session").status_code == 401
    assert anybody.post("/session", {"username": "jia", "password": "Neues-Wort-2026"}).status_code == 200


def test_a_token_stands_for_its_owner_and_needs_no_csrf_token(person: People, anybody: Person) -> None:
    # given
    jia = person("jia")
    issued = jia.post("/tokens", {"name": "脚本", "expiresInDays": 30})
    assert issued.status_code == 201
    anybody.headers["Authorization"] = f"Bearer {issued.json['token']}"

    # when
    response = anybody.client.post(
        "/api/process-instances", json={"procedureId": "huiqian", "variables": {}}, headers=anybody.headers
    )

    # then
    assert response.status_code == 201
    assert jia.get("/counts").json["started"] == 1
    listed = jia.get("/tokens").json["items"]
    assert [item["name"] for item in listed] == ["脚本"]
    assert issued.json["token"] not in str(listed)

    # and when it is withdrawn, by its owner alone
    assert person("wu").delete(f"/tokens/{issued.json['id']}").status_code == 404
    assert jia.delete(f"/tokens/{issued.json['id']}").status_code == 204
    assert anybody.get("/counts").status_code == 401


def test_a_token_expires(person: People, anybody: Person, clock: FakeClock) -> None:
    issued = person("jia").post("/tokens", {"name": "脚本", "expiresInDays": 1})
    anybody.headers["Authorization"] = f"Bearer {issued.json['token']}"
    assert anybody.get("/counts").status_code == 200

    clock.advance(timedelta(days=1))

    assert anybody.get("/counts").status_code == 401
