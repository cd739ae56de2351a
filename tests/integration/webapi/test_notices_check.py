"""Administrators try out on themselves whether notices leave the house."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.integration.webapi.conftest import Person

pytestmark = pytest.mark.both_databases
People = Callable[[str], Person]


def test_a_check_goes_to_oneself_by_the_channels_that_are_switched_on(person: People) -> None:
    # given
    admin = person("admin")
    assert admin.put("/admin/settings/notices.email.enabled", {"value": True}).status_code == 204
    address = {"email": "admin@example.gov.cn"}
    assert admin._send("PATCH", "/admin/users/admin", address, None).status_code == 204

    # when
    answer = admin.post("/admin/outbox/check")

    # then
    assert answer.json == {"channels": ["email"]}
    (letter,) = admin.get("/admin/outbox").json["items"]
    assert (letter["address"], letter["status"], letter["userId"]) == ("admin@example.gov.cn", "ready", "admin")
    assert [notice["kind"] for notice in admin.get("/notices").json["items"]] == ["check"]


def test_with_nothing_switched_on_it_says_what_to_do_and_leaves_nothing(person: People) -> None:
    refused = person("admin").post("/admin/outbox/check")

    assert (refused.status_code, refused.json["code"]) == (409, "notices.nothing-to-check")
    assert person("admin").get("/notices").json["items"] == []


def test_it_is_for_those_who_look_after_it(person: People) -> None:
    for name in ("jia", "shen"):
        assert person(name).post("/admin/outbox/check").status_code == 403
