"""A lost second factor is taken away by the security administrator, for a reason, and its owner hears of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from engine.clock import FakeClock
from engine.commands.actor import INSTALLER
from engine.commands.totp import code_at, step_at
from engine.identity.accounts import CreateUser
from engine.identity.roles import SECURITY
from engine.store.database import reading
from engine.store.tables.actions import second_factor
from engine.store.tables.history import history_event
from engine.store.vault import is_sealed
from tests.integration.webapi.conftest import Person
from webapi.services import services_of

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]


@pytest.fixture
def security(app: Flask, person: People) -> Person:
    """Give the security administrator."""
    bus = services_of(app).platform.bus
    bus.execute(CreateUser("an", "安某", "bgs", (SECURITY,), "x", must_change_password=False), INSTALLER)
    return person("an")


def _enrol(who: Person, clock: FakeClock) -> None:
    secret = who.post("/second-factor", {}).json["secret"]
    code = code_at(secret, step_at(clock.now()))
    assert who.post("/second-factor/confirmation", {"code": code}).status_code == 204


def _rows(app: Flask, query: Any) -> list[Any]:
    with reading(services_of(app).platform.engine) as connection:
        return list(connection.execute(query).mappings())


def test_it_is_taken_away_recorded_and_told(app: Flask, person: People, security: Person, clock: FakeClock) -> None:
    # given
    jia = person("jia")
    _enrol(jia, clock)
    (kept,) = _rows(app, select(second_factor))
    assert is_sealed(kept["secret"])
    shown = {item["id"]: item["secondFactor"] for item in security.get("/admin/users").json["items"]}
    assert (shown["jia"], shown["yi"]) == (True, False)

    # when
    path = "/admin/users/jia/second-factor/removal"
    answer = security.post(path, {"reason": "手机遗失，本人持工作证到场核实"})

    # then
    assert answer.status_code == 204, answer.text
    assert jia.get("/second-factor").json == {"confirmed": False}
    (event,) = _rows(app, select(history_event).where(history_event.c.type == "lost_second_factor_removed"))
    assert event["actor_id"] == "an"
    assert "本人持工作证到场核实" in event["payload"]
    assert [item["kind"] for item in jia.get("/notices").json["items"]] == ["second-factor-removed"]
    assert security.post(path, {"reason": "再来一次"}).json["code"] == "identity.second-factor-unknown"


def test_nobody_else_may_and_never_without_a_reason(person: People, security: Person, clock: FakeClock) -> None:
    jia = person("jia")
    _enrol(jia, clock)
    path = "/admin/users/jia/second-factor/removal"

    for username in ("admin", "shen", "yi", "jia"):
        refused = person(username).post(path, {"reason": "x"})
        assert (refused.status_code, refused.json["code"]) == (403, "identity.security-administrator-only"), username
    assert security.post(path, {"reason": "  "}).json["fields"]["reason"]
    assert security.post(path, {}).status_code == 400
    assert jia.get("/second-factor").json == {"confirmed": True}


def test_not_ones_own(security: Person, clock: FakeClock) -> None:
    _enrol(security, clock)

    refused = security.post("/admin/users/an/second-factor/removal", {"reason": "换手机"})

    assert (refused.status_code, refused.json["code"]) == (403, "identity.not-oneself")


def test_it_is_done_once_for_a_key(person: People, security: Person, clock: FakeClock) -> None:
    _enrol(person("jia"), clock)
    path, body = "/admin/users/jia/second-factor/removal", {"reason": "手机遗失"}

    answers = [security.post(path, body, key="k").status_code for _ in range(2)]

    assert answers == [204, 204]


def test_lists_of_users_are_for_the_three_administrators(person: People, security: Person) -> None:
    assert [person(name).get("/admin/users").status_code for name in ("admin", "an", "shen")] == [200, 200, 200]
    assert person("yi").get("/admin/users").status_code == 403
